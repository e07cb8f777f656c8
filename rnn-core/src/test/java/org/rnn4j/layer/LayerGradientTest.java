package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.GradientCheck;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Variable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;
import org.rnn4j.testing.Layout;

/** The gradients of every parameter and every input of every layer. */
class LayerGradientTest {
  private static final double LIMIT = 1e-6;

  static Stream<Arguments> layersLayoutsAndSeeds() {
    return LayerCase.withLayoutsAndSeeds(4);
  }

  @ParameterizedTest(name = "{0}, {1}, seed {2}")
  @MethodSource("layersLayoutsAndSeeds")
  void gradients_equal_differences(LayerCase layerCase, Layout layout, long seed) {
    Sequences sequences = layerCase.sequences(layout, seed);
    Layer layer = layerCase.create(DType.FLOAT64, seed);
    moveAwayFromZero(layer, seed);
    Variable x =
        Variable.differentiable(
            layerCase.features(DType.FLOAT64, sequences, LayerCase.WIDTH, seed));
    Activations input = layerCase.activations(sequences, x);

    GradientCheck check =
        GradientCheck.of(
                pass -> {
                  Variable y = layer.forward(pass, input).values();
                  return pass.objective(Draw.weightedSum(pass, seed, y, x));
                })
            .seed(seed)
            .variable("x", x)
            .variables(layer.parameters());

    check.run().requireBelow(LIMIT);
  }

  /** Biases start at zero, where some mistakes do not show. */
  private static void moveAwayFromZero(Layer layer, long seed) {
    RandomStream random = new RandomStream(seed).derive("weights");
    for (Parameter parameter : layer.parameters()) {
      int[] dimensions = parameter.value().shape().dimensions();
      parameter.value().assign(Draw.tensor(DType.FLOAT64, random, 1, dimensions));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void dropout_sends_gradients_through_what_it_kept_only(long seed) {
    Sequences sequences = Sequences.ofLengths(20, 30);
    Variable x = Draw.leaf(new RandomStream(seed), sequences.tokens(), 4);
    LayerCase dropout = new LayerCase(Dropout.spec(0.25), Signal.tokens(4));
    Layer layer = dropout.create(DType.FLOAT64, seed);

    GradientCheck.Report report =
        GradientCheck.of(
                pass -> {
                  Variable y = layer.forward(pass, Activations.tokens(sequences, x)).values();
                  return Draw.weightedSum(pass, seed, y);
                })
            .seed(seed)
            .variable("x", x)
            .run()
            .requireBelow(LIMIT);

    RandomStream weighting = new RandomStream(seed).derive("weighting");
    List<Double> factors =
        report.entries().stream()
            .map(entry -> entry.analytic() / (2 * weighting.nextDouble() - 1))
            .toList();
    List<Double> kept = factors.stream().filter(factor -> factor != 0).toList();
    assertThat(kept.size()).isBetween(120, 180);
    assertThat(kept).allSatisfy(factor -> assertThat(factor).isCloseTo(1 / 0.75, within(1e-12)));
  }
}
