package org.rnn4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void an_odd_number_of_values_has_its_middle_one_as_median() {
    assertThat(new Samples(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
  }

  @Test
  void an_even_number_of_values_has_the_mean_of_the_two_in_the_middle_as_median() {
    assertThat(new Samples(List.of(4.0, 1.0, 2.0, 8.0)).median()).isEqualTo(3);
  }

  @Test
  void quartiles_lie_between_values_in_proportion() {
    Samples samples = new Samples(List.of(7.0, 1.0, 3.0, 2.0, 5.0, 6.0, 4.0));

    assertThat(samples.lowerQuartile()).isEqualTo(2.5);
    assertThat(samples.upperQuartile()).isEqualTo(5.5);
  }

  @Test
  void one_value_is_its_own_median_and_quartiles() {
    Samples samples = new Samples(List.of(2.0));

    assertThat(List.of(samples.lowerQuartile(), samples.median(), samples.upperQuartile()))
        .containsOnly(2.0);
  }

  @Test
  void no_values_are_refused() {
    assertThatThrownBy(() -> new Samples(List.of()))
        .hasMessage("Expected at least one value, got none");
  }
}
