package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Activations;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.LayerNorm;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Signal;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * What PyTorch computes in float64 for attention, its penalty and layer normalisation, to 1e-10.
 */
class TorchAttentionTest {
  private static final Golden CASES = Golden.resource("torch_attention.json").at("cases");

  private final Tape tape = new Tape();
  private final Pass pass =
      Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);

  static Stream<String> attentions() {
    return CASES.names().stream().filter(name -> !name.startsWith("layer_norm"));
  }

  static Stream<String> normalisations() {
    return CASES.names().stream().filter(name -> name.startsWith("layer_norm"));
  }

  @Test
  void the_golden_file_holds_the_cases_it_should() {
    assertThat(CASES.names())
        .containsExactly(
            "additive",
            "structured",
            "structured_sum",
            "structured_mean",
            "layer_norm",
            "layer_norm_large_epsilon");
  }

  @ParameterizedTest
  @MethodSource("attentions")
  void attention_gives_pytorchs_weights_outputs_and_gradients(String name) {
    Golden golden = CASES.at(name);
    double[][] weights = golden.matrix("weights");
    LayerSpec spec =
        new Attention.Spec(
            weights[0].length,
            golden.integer("hops"),
            golden.has("bias"),
            Attention.Penalty.valueOf(golden.string("penalty")),
            golden.number("coefficient"));
    Layer layer = layer(golden, spec, Signal.tokens(weights.length));
    Sequences sequences = Sequences.ofLengths(golden.integers("lengths"));
    double[][][] rows = golden.sequences("inputs");
    Variable inputs =
        Variable.differentiable(sequences.packRows(DType.FLOAT64, weights.length, rows));
    List<Tensor> attended = new ArrayList<>();

    Activations outputs =
        layer.forward(pass.watching(attended::add), Activations.tokens(sequences, inputs));

    checkWeights(golden, sequences.unpackRows(attended.get(0)));
    backward(golden, outputs.values());
    checkParameters(golden, layer);
    Closeness.GOLDEN.check(
        golden + ":gradients.inputs",
        sequences.unpackRows(inputs.gradient()),
        golden.sequences("gradients.inputs"));
  }

  private static void checkWeights(Golden golden, double[][][] byToken) {
    double[][][] byHop = golden.sequences("attention");
    for (int text = 0; text < byHop.length; text++) {
      for (int hop = 0; hop < byHop[text].length; hop++) {
        for (int t = 0; t < byHop[text][hop].length; t++) {
          String what = golden + ":attention[" + text + "][" + hop + "][" + t + "]";
          Closeness.GOLDEN.check(what, byToken[text][t][hop], byHop[text][hop][t]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("normalisations")
  void layer_normalisation_gives_pytorchs_outputs_and_gradients(String name) {
    Golden golden = CASES.at(name);
    double[][] rows = golden.matrix("inputs");
    LayerSpec spec = LayerNorm.withDefaults().epsilon(golden.number("epsilon"));
    Layer layer = layer(golden, spec, Signal.texts(rows[0].length));
    Variable inputs = Variable.differentiable(Tensor.matrix(DType.FLOAT64, rows));

    backward(golden, layer.forward(pass, Activations.texts(inputs)).values());

    checkParameters(golden, layer);
    Closeness.GOLDEN.check(
        golden + ":gradients.inputs", inputs.gradient().toArray(), golden.flat("gradients.inputs"));
  }

  private static Layer layer(Golden golden, LayerSpec spec, Signal input) {
    return spec.create(
        input,
        (name, trainable, initializer, dimensions) ->
            new Parameter(
                name,
                Tensor.of(DType.FLOAT64, Shape.of(dimensions), golden.flat(name)),
                trainable));
  }

  /** Compares the outputs and the loss with its penalty, and sends its gradient back. */
  private void backward(Golden golden, Variable outputs) {
    Closeness.GOLDEN.check(
        golden + ":outputs", Fixtures.rows(outputs.value()), golden.matrix("outputs"));
    Tensor weighting = Tensor.matrix(DType.FLOAT64, golden.matrix("outputWeighting"));
    Variable loss = pass.objective(Cell.weightedSum(pass, Map.of(outputs, weighting)));
    Closeness.GOLDEN.check(golden + ":loss", loss.value().get(0), golden.number("loss"));
    tape.backward(loss);
  }

  private static void checkParameters(Golden golden, Layer layer) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    layer.parameters().forEach(p -> gradients.put(p.name(), p.gradient().toArray()));
    gradients.put("inputs", new double[0]); // compared by the caller
    assertThat(golden.at("gradients").names())
        .containsExactlyInAnyOrderElementsOf(gradients.keySet());
    gradients.remove("inputs");
    gradients.forEach(
        (name, gradient) ->
            Closeness.GOLDEN.check(
                golden + ":gradients." + name, gradient, golden.flat("gradients." + name)));
  }
}
