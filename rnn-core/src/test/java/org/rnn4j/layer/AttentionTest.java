package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Attention.Penalty;
import org.rnn4j.optim.Adam;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;
import org.rnn4j.train.Trainer;

/** What attention weighs, what its penalty is, and what training makes of both. */
class AttentionTest {
  private static final int VOCABULARY = 20;
  private static final Sequences TEXTS =
      Sequences.pack(new int[] {3, 1}, new int[] {}, new int[] {4, 1, 5, 9, 2}, new int[] {6});

  private static Sequential.Builder builder() {
    return Sequential.builder(3).embedding(VOCABULARY, 6).gru(5);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void the_weights_of_each_hop_sum_to_one_over_the_tokens_of_each_text(DType type) {
    Sequential model = builder().type(type).attention(4, 3).dense(2, Activation.SOFTMAX).build();

    double[][][] weights = model.attention(TEXTS);

    assertThat(weights.length).isEqualTo(4);
    int[] lengths = {2, 0, 5, 1};
    for (int text = 0; text < 4; text++) {
      assertThat(weights[text].length).isEqualTo(3);
      for (double[] hop : weights[text]) {
        assertThat(hop).hasSize(lengths[text]);
        double sum = 0;
        for (double weight : hop) {
          sum += weight;
        }
        assertThat(sum).isCloseTo(lengths[text] == 0 ? 0 : 1, within(1e-6));
      }
    }
    assertThat(weights[2][0]).isNotEqualTo(weights[2][1]);
  }

  @Test
  void the_weights_stand_in_the_order_of_texts_and_tokens() {
    Sequential model = builder().attention(4, 2).dense(2, Activation.SOFTMAX).build();

    double[][][] together = model.attention(TEXTS);

    assertThat(together[2])
        .isDeepEqualTo(model.attention(Sequences.pack(new int[] {4, 1, 5, 9, 2}))[0]);
    assertThat(together[0]).isDeepEqualTo(model.attention(Sequences.pack(new int[] {3, 1}))[0]);
  }

  @Test
  void the_hops_of_several_layers_follow_each_other() {
    LayerSpec two = Attention.structured(4, 2);
    LayerSpec one = Attention.additive(3);
    Sequential model =
        builder().layer(Concatenate.branch(two).branch(one)).dense(1, Activation.SIGMOID).build();

    assertThat(model.attention(TEXTS)[2].length).isEqualTo(3);
  }

  @Test
  void a_network_without_attention_has_no_weights_to_give() {
    Sequential model = builder().lastState().dense(1, Activation.SIGMOID).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> model.attention(TEXTS))
        .withMessage(
            "Expected a network with a layer of attention, got the layers [embedding, gru,"
                + " over_time, dense]");
  }

  /** The penalty of weights that are all alike: each hop of a text of n tokens is 1/n. */
  private static double penaltyOfEvenWeights(Penalty penalty, DType type) {
    Attention.Spec spec = Attention.structured(4, 3).penalty(penalty, 0.5);
    Layer layer = spec.create(Signal.tokens(2), Weights.drawn(type, new RandomStream(1)));
    layer.parameters().get(0).value().fill(0); // u = 0
    Sequences sequences = Sequences.ofLengths(2, 0, 4);
    Variable x = Variable.constant(Tensor.zeros(type, 6, 2));
    Pass pass =
        Pass.recording(
            type == DType.FLOAT64
                ? ReferenceBackend.INSTANCE
                : new FastBackend(KernelSelection.kernels()),
            new Workspace(type),
            new Tape());
    layer.forward(pass, Activations.tokens(sequences, x));
    Variable loss = Variable.differentiable(Tensor.zeros(type, Shape.of()));
    return pass.objective(loss).value().get(0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void the_penalty_is_the_distance_of_the_overlaps_from_the_identity(DType type) {
    // overlaps are all 1/n: diagonals miss 1 by 1 − 1/n, six others 0 by 1/n; the empty text adds 0
    double two = 3 * 0.25 + 6 * 0.25;
    double four = 3 * 0.5625 + 6 * 0.0625;
    double expected = 0.5 * (two + four) / 3;

    assertThat(penaltyOfEvenWeights(Penalty.SUM, type)).isCloseTo(expected, within(1e-6));
    assertThat(penaltyOfEvenWeights(Penalty.MEAN, type)).isCloseTo(expected / 9, within(1e-6));
  }

  private static double overlap(Sequential model, List<Example> examples) {
    double overlap = 0;
    for (Example example : examples) {
      double[][] hops = model.attention(Sequences.pack(example.ids()))[0];
      for (int t = 0; t < hops[0].length; t++) {
        overlap += hops[0][t] * hops[1][t];
      }
    }
    return overlap / examples.size();
  }

  @Test
  void training_with_the_penalty_takes_the_hops_apart() {
    List<Example> examples = new ArrayList<>();
    RandomStream random = new RandomStream(5);
    for (int i = 0; i < 40; i++) {
      examples.add(new Example(Draw.ids(random, 6, VOCABULARY), i % 2));
    }
    List<Double> overlaps = new ArrayList<>();
    for (double coefficient : new double[] {0, 1}) {
      Sequential model =
          builder()
              .layer(Attention.structured(8, 2).penalty(Penalty.SUM, coefficient))
              .dense(2, Activation.SOFTMAX)
              .build();
      Trainer.of(model)
          .optimizer(Adam.withDefaults().learningRate(0.02))
          .batchSize(8)
          .epochs(12)
          .fit(examples);
      overlaps.add(overlap(model, examples));
    }
    assertThat(overlaps.get(1)).isLessThan(0.3 * overlaps.get(0));
  }

  @Test
  void what_cannot_be_put_together_is_refused_before_weights_are_drawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.structured(4, 0))
        .withMessage("Expected hops of attention to be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.additive(0))
        .withMessage("Expected size of attention to be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.additive(1).penalty(Penalty.SUM, Double.NaN))
        .withMessage("Expected coefficient of attention to be 0 or more, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().lastState().attention(4).dense(1, Activation.SIGMOID).build())
        .withMessage(
            "Expected attention to follow a layer that gives TOKENS, got TEXTS of width 5");
  }
}
