package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpectedImprovementTest {
  @Test
  void expected_improvement_is_that_of_scipy() {
    for (Object value : Goldens.list("improvements")) {
      double[] golden = Goldens.numbers(value);
      // Where the difference of two near numbers is left, SciPy's has lost digits too.
      double tolerance = 1e-15 + 1e-9 * golden[3];
      assertThat(ExpectedImprovement.of(golden[0], golden[1], golden[2]))
          .as("mean %s, deviation %s, threshold %s", golden[0], golden[1], golden[2])
          .isCloseTo(Math.max(0, golden[3]), within(tolerance));
    }
  }

  @Test
  void without_doubt_the_improvement_is_the_difference() {
    assertThat(ExpectedImprovement.of(3, 0, 1)).isEqualTo(2);
    assertThat(ExpectedImprovement.of(1, 0, 3)).isZero();
  }
}
