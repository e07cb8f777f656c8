package org.rnn4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.FaultyBackend.Fault;
import org.rnn4j.autograd.FaultyBackend.Where;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Dropout;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.Loss;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;
import org.rnn4j.testing.Layout;

/**
 * Every parameter of whole networks, three recurrent layers deep, from token ids to the loss; the
 * embedding's rows are the stack's inputs.
 */
class StackGradientTest {
  private static final double LIMIT = 1e-6;
  private static final int VOCABULARY = 4;
  private static final int HIDDEN = 2;

  /** Three layers, and what comes after them. */
  enum Stack {
    LSTM(
        List.of(Lstm.spec(HIDDEN), Lstm.spec(3), Lstm.spec(HIDDEN)),
        OverTime.Take.LAST,
        BinaryCrossEntropy.binaryCrossEntropy(),
        1),
    GRU(
        List.of(Gru.spec(HIDDEN), Gru.spec(3), Gru.spec(HIDDEN)),
        OverTime.Take.LAST,
        BinaryCrossEntropy.binaryCrossEntropy(),
        2),
    GRU_RESET_BEFORE(
        List.of(
            Gru.spec(HIDDEN).resetAfter(false),
            Gru.spec(3).resetAfter(false),
            Gru.spec(HIDDEN).resetAfter(false)),
        OverTime.Take.MEAN,
        BinaryCrossEntropy.summed(),
        2),
    MIXED(
        List.of(Gru.spec(HIDDEN), Lstm.spec(3), Gru.spec(HIDDEN).resetAfter(false)),
        OverTime.Take.MAX,
        SoftmaxCrossEntropy.softmaxCrossEntropy(),
        3);

    private final List<LayerSpec> recurrent;
    private final OverTime.Take take;
    private final Loss loss;
    private final int outputs;

    Stack(List<LayerSpec> recurrent, OverTime.Take take, Loss loss, int outputs) {
      this.recurrent = recurrent;
      this.take = take;
      this.loss = loss;
      this.outputs = outputs;
    }

    Sequential build(long seed, double dropout) {
      Sequential.Builder builder =
          Sequential.builder(seed).type(DType.FLOAT64).embedding(VOCABULARY, HIDDEN);
      for (LayerSpec spec : recurrent) {
        builder.layer(Dropout.spec(dropout)).layer(spec);
      }
      Activation head = outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX;
      builder.layer(OverTime.spec(take)).layer(Dropout.spec(dropout)).dense(outputs, head);
      Sequential model = builder.build();
      RandomStream random = new RandomStream(seed).derive("weights");
      for (Parameter parameter : model.parameters().values()) {
        int[] dimensions = parameter.value().shape().dimensions();
        parameter.value().assign(Draw.tensor(DType.FLOAT64, random, 1, dimensions));
      }
      return model;
    }

    GradientCheck check(Sequential model, Layout layout, long seed) {
      GradientCheck check = loss(model, layout, seed);
      model.parameters().forEach(check::variable);
      return check;
    }

    /** A check of the whole network that has no variables yet. */
    GradientCheck loss(Sequential model, Layout layout, long seed) {
      RandomStream random = new RandomStream(seed).derive("batch");
      Sequences sequences = layout.sequences(random, VOCABULARY);
      int[] labels = Draw.ids(random, sequences.batch(), model.classes());
      return GradientCheck.of(pass -> loss.apply(pass, model.logits(pass, sequences), labels))
          .seed(seed)
          .step(1e-3);
    }
  }

  static Stream<Arguments> stacksLayoutsAndSeeds() {
    return Stream.of(Stack.values())
        .flatMap(
            stack ->
                Layout.withSeeds(2).map(more -> Arguments.of(stack, more.get()[0], more.get()[1])));
  }

  @ParameterizedTest(name = "{0}, {1}, seed {2}")
  @MethodSource("stacksLayoutsAndSeeds")
  void gradients_through_three_layers_equal_differences(Stack stack, Layout layout, long seed) {
    Sequential model = stack.build(seed, 0);

    GradientCheck.Report report = stack.check(model, layout, seed).run().requireBelow(LIMIT);

    long elements = model.parameters().values().stream().mapToLong(p -> p.value().size()).sum();
    assertThat(report.entries()).hasSize((int) elements);
  }

  @ParameterizedTest(name = "{0}, {1}, seed {2}")
  @MethodSource("stacksLayoutsAndSeeds")
  void gradients_through_dropout_with_fixed_masks_equal_differences(
      Stack stack, Layout layout, long seed) {
    Sequential model = stack.build(seed, 0.2);

    stack.check(model, layout, seed).run().requireBelow(LIMIT);
  }

  static Stream<Arguments> faults() {
    List<Arguments> faults = new ArrayList<>();
    for (Stack stack : List.of(Stack.LSTM, Stack.GRU, Stack.GRU_RESET_BEFORE)) {
      int gates = stack == Stack.LSTM ? 4 : 3;
      for (int layer = 1; layer <= 3; layer++) {
        for (Where where : List.of(Where.INPUT_WEIGHTS, Where.RECURRENT_WEIGHTS, Where.BIAS)) {
          for (int gate = 0; gate < gates; gate++) {
            faults.add(Arguments.of(stack, layer, where, gate));
          }
        }
      }
    }
    return faults.stream();
  }

  @ParameterizedTest(name = "{0}, layer {1}, {2}, gate {3}")
  @MethodSource("faults")
  void one_percent_too_much_in_one_gate_of_one_layer_fails_there(
      Stack stack, int layer, Where where, int gate) {
    Sequential model = stack.build(1, 0);
    String kind = stack == Stack.LSTM ? "lstm" : "gru";
    String name = layer == 1 ? kind : kind + "_" + layer;
    Tensor ownWeights = model.parameter(name + ".recurrent_weights").value();
    Fault fault = new Fault(where, gate, 1.01);
    FaultyBackend faulty = new FaultyBackend(fault, weights -> weights == ownWeights);
    String tensor =
        Map.of(
                Where.INPUT_WEIGHTS, "input_weights",
                Where.RECURRENT_WEIGHTS, "recurrent_weights",
                Where.BIAS, "bias")
            .get(where);

    GradientCheck.Report report =
        stack
            .loss(model, Layout.RAGGED, 1)
            .backend(faulty)
            .variables(model.layers().get(name).parameters())
            .run();

    assertThatThrownBy(() -> report.requireBelow(LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(" at " + tensor + "[");
    assertThat(report.worst().error()).isCloseTo(0.01 / 1.01, within(LIMIT));
  }
}
