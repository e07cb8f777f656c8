package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.Adam;

/** What Keras computes in float64, values and all gradients, to 1e-10. */
class KerasGoldenTest {
  private static final Golden CELLS = Golden.resource("keras_cells.json").at("cases");
  private static final Golden DROPOUTS =
      Golden.resource("keras_recurrent_dropout.json").at("cases");
  private static final Golden LOSSES = Golden.resource("keras_losses.json").at("cases");
  private static final Golden TRAININGS = Golden.resource("keras_adam.json").at("cases");

  static Stream<String> cells() {
    return CELLS.names().stream();
  }

  static Stream<String> dropouts() {
    return DROPOUTS.names().stream();
  }

  static Stream<String> trainings() {
    return TRAININGS.names().stream();
  }

  @Test
  void the_golden_files_hold_the_cases_they_should() {
    assertThat(CELLS.names())
        .containsExactly(
            "lstm",
            "lstm_with_initial_state",
            "gru_reset_after",
            "gru_reset_after_with_initial_state",
            "gru_reset_before",
            "gru_reset_before_with_initial_state");
    assertThat(DROPOUTS.names())
        .containsExactly("lstm", "gru_reset_after", "gru_reset_before", "simple_rnn");
    assertThat(LOSSES.names()).hasSize(3);
    assertThat(TRAININGS.names()).containsExactly("lstm");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void a_recurrent_layer_gives_keras_outputs_states_and_gradients(String name) {
    Golden golden = CELLS.at(name);
    boolean lstm = golden.string("cell").equals("lstm");
    int states = golden.has("initialHidden") ? lstm ? 2 : 1 : 0;
    int weights = !lstm && golden.flag("resetAfter") ? 4 : 3;
    assertThat(CellGoldens.check(golden)).isEqualTo(1 + weights + states);
  }

  @ParameterizedTest
  @MethodSource("dropouts")
  void recurrent_dropout_gives_keras_outputs_and_gradients_for_the_same_masks(String name) {
    Golden golden = DROPOUTS.at(name);
    int weights = name.equals("gru_reset_after") ? 4 : 3;
    assertThat(CellGoldens.check(golden)).isEqualTo(1 + weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax_binary_crossentropy", "softmax_binary_crossentropy_one_text"})
  void two_softmax_neurons_give_keras_binary_crossentropy_of_the_probabilities(String name) {
    Golden golden = LOSSES.at(name);
    int[] labels = golden.integers("labels");
    LossGoldens.check(golden, BinaryCrossEntropy.binaryCrossEntropy(), 2, labels);
    LossGoldens.check(golden, SoftmaxCrossEntropy.softmaxCrossEntropy(), 2, labels);
  }

  /**
   * Keras on TensorFlow looks behind the softmax for the logits and then takes them for those of
   * sigmoids: what it trains is two neurons, each told whether its class is right.
   */
  @Test
  void keras_own_softmax_head_is_trained_as_two_sigmoid_neurons() {
    Golden golden = LOSSES.at("keras_softmax_binary_crossentropy");
    int[] oneHot =
        Arrays.stream(golden.integers("labels"))
            .flatMap(label -> IntStream.of(1 - label, label))
            .toArray();
    LossGoldens.check(golden, BinaryCrossEntropy.binaryCrossEntropy(), 1, oneHot);
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void ten_adam_steps_on_two_recurrent_layers_follow_keras(String name) {
    TrainingGoldens training = new TrainingGoldens(TRAININGS.at(name), ReferenceBackend.INSTANCE);
    assertThat(training.check(Adam.Form.KERAS, Closeness.GOLDEN)).isEqualTo(10);
  }
}
