package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keras computes in float64, values and all gradients, to 1e-10. */
class KerasGoldenTest {
  private static final Golden CELLS = Golden.resource("keras_cells.json").at("cases");

  static Stream<String> cells() {
    return CELLS.names().stream();
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
}
