package org.rnn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class NormalTest {
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
  void between_a_quantile_and_its_negative_lies_the_level() {
    assertThat(Normal.quantile(0.95)).isCloseTo(1.959963984540054, within(1e-14));
    for (double level = 0.01; level < 1; level += 0.01) {
      double z = Normal.quantile(level);
      assertThat(Normal.below(z) - Normal.below(-z)).isCloseTo(level, within(1e-14));
    }
  }
}
