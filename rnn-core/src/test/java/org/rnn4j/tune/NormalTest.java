package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalTest {
  @Test
  void expected_improvement_is_that_of_scipy() {
    for (Object value : Goldens.list("improvements")) {
      double[] golden = Goldens.numbers(value);
      // Where the difference of two near numbers is left, SciPy's has lost digits too.
      double tolerance = 1e-15 + 1e-9 * golden[3];
      assertThat(Normal.expectedImprovement(golden[0], golden[1], golden[2]))
          .as("mean %s, deviation %s, threshold %s", golden[0], golden[1], golden[2])
          .isCloseTo(Math.max(0, golden[3]), within(tolerance));
    }
  }

  @Test
  void the_distribution_is_that_of_tables_and_symmetric() {
    assertThat(Normal.below(0)).isEqualTo(0.5);
    assertThat(Normal.below(1.959963984540054)).isCloseTo(0.975, within(1e-15));
    assertThat(Normal.below(-1.2815515655446004)).isCloseTo(0.1, within(1e-15));
    assertThat(Normal.below(-6) / 9.865876450376946e-10).isCloseTo(1, within(1e-12));
    assertThat(Normal.below(-20) / 2.7536241186062337e-89).isCloseTo(1, within(1e-12));
    for (double z = -8; z <= 8; z += 0.01) {
      assertThat(Normal.below(z) + Normal.below(-z)).isCloseTo(1, within(1e-15));
    }
    double before = Normal.below(3 - 1e-9);
    assertThat(Normal.below(3 + 1e-9) - before).isBetween(0.0, 1e-11);
  }

  @Test
  void without_doubt_the_improvement_is_the_difference() {
    assertThat(Normal.expectedImprovement(3, 0, 1)).isEqualTo(2);
    assertThat(Normal.expectedImprovement(1, 0, 3)).isZero();
  }
}
