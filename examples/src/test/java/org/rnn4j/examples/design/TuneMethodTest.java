package org.rnn4j.examples.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.examples.testing.RunsOnce;
import org.rnn4j.tune.Halving;
import org.rnn4j.tune.Rung;

@RunsOnce
class TuneMethodTest {

  @ParameterizedTest
  @CsvSource({
    "20, 2, 20x1 10x2",
    "20, 3, 20x1 7x3",
    "20, 4, 20x1 10x2 5x4",
    "20, 5, 20x1 10x2 5x4",
    "20, 6, 20x2 7x6",
    "20, 8, 20x1 10x2 5x4 3x8",
    "20, 9, 20x1 7x3 3x9",
    "3, 9, 3x3 1x9",
    "1, 5, 1x5"
  })
  void halving_is_by_what_comes_nearest_to_all_epochs_of_three_two_and_four(
      int trials, int epochs, String expected) {
    Halving halving = (Halving) TuneMethod.HALVING.method(trials, 3, epochs);

    assertThat(written(halving.rungs(epochs))).isEqualTo(expected);
    assertThat(TuneMethod.HALVING.rungs(trials, epochs)).isEqualTo(halving.rungs(epochs));
  }

  @Test
  void what_is_said_of_hyperband_is_all_of_its_brackets() {
    assertThat(written(TuneMethod.HYPERBAND.rungs(20, 3))).isEqualTo("3x1 1x3 2x3");
  }

  private static String written(List<Rung> rungs) {
    return String.join(
        " ", rungs.stream().map(r -> r.configurations() + "x" + r.budget()).toList());
  }
}
