package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

class ProjectedTableTest {
  private static final Sequences TEXTS = Sequences.pack(new int[] {4, 0, 4}, new int[] {1});

  private final FastBackend backend = new FastBackend(KernelSelection.kernels());
  private final Tensor embedding = drawn("embedding", 5, 3);
  private final ProjectedTable table = new ProjectedTable(embedding);

  private static Tensor drawn(String name, int rows, int columns) {
    Tensor tensor = Tensor.zeros(DType.FLOAT32, Shape.of(rows, columns));
    Initializer.uniform(1).fill(tensor, new RandomStream(3).derive(name));
    return tensor;
  }

  private static LstmWeights weights(String name, int input) {
    return new LstmWeights(
        drawn(name + " W", input, 8), drawn(name + " U", 2, 8), drawn(name + " b", 1, 8), null);
  }

  private double[] looked(LstmWeights weights) {
    return backend.lstm(weights, TEXTS, table, new Workspace(DType.FLOAT32)).toArray();
  }

  private double[] computed(LstmWeights weights) {
    Workspace workspace = new Workspace(DType.FLOAT32);
    Tensor values = Tensor.zeros(DType.FLOAT32, Shape.of(TEXTS.tokens(), 3));
    for (int token = 0; token < TEXTS.tokens(); token++) {
      Rows.copy(embedding, TEXTS.id(token), values, token);
    }
    RecurrentInput input = new RecurrentInput(TEXTS, false, values, null, null);
    return backend.lstm(weights, input, workspace).outputs().toArray();
  }

  @Test
  void two_layers_over_one_table_are_told_apart() {
    LstmWeights one = weights("one", 3);
    LstmWeights other = weights("other", 3);

    assertThat(looked(one)).isEqualTo(computed(one));
    assertThat(looked(other)).isEqualTo(computed(other)).isNotEqualTo(computed(one));
    assertThat(looked(one)).isEqualTo(computed(one));
  }

  @Test
  void changed_weights_and_changed_words_are_noticed() {
    LstmWeights weights = weights("one", 3);
    double[] before = looked(weights);

    weights.input().set(0, 0, 7);
    weights.input().changed();
    assertThat(looked(weights)).isEqualTo(computed(weights)).isNotEqualTo(before);
    double[] between = looked(weights);
    embedding.set(4, 1, -7);
    embedding.changed();
    assertThat(looked(weights)).isEqualTo(computed(weights)).isNotEqualTo(between);
  }

  @Test
  void a_table_of_another_width_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> looked(weights("wide", 4)))
        .withMessageContaining("as wide as the layer's input, 4, got one of shape [5, 3]");
  }

  @Test
  void an_id_outside_the_table_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend.lstm(
                    weights("one", 3),
                    Sequences.pack(new int[] {5}),
                    table,
                    new Workspace(DType.FLOAT32)))
        .withMessage("Expected ids from 0 to 4, got 5");
  }

  @Test
  void the_backward_of_a_run_that_kept_nothing_is_refused() {
    RecurrentInput input =
        new RecurrentInput(
            TEXTS, false, drawn("x", TEXTS.tokens(), 3), null, null, null, 0, null, false);
    RecurrentRun run = backend.lstm(weights("one", 3), input, new Workspace(DType.FLOAT32));
    Tensor gradient = drawn("gradient", TEXTS.tokens(), 2);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                run.backward(
                    new RecurrentGradients(
                        gradient, null, null, null, null, null, null, null, null, null, null)))
        .withMessageContaining("got one for inference");
  }
}
