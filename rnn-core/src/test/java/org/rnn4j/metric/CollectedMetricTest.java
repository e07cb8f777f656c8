package org.rnn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class CollectedMetricTest {
  private static final List<CollectedMetric> ALL = CollectedMetric.all();

  private static Tensor column(double... values) {
    Tensor tensor = Tensor.zeros(DType.FLOAT64, values.length, 1);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return tensor;
  }

  @Test
  void batches_of_any_size_give_what_all_rows_at_once_give() {
    Predictions whole = Predictions.binary(new double[] {0.9, 0.2, 0.6, 0.4, 0.7}, 1, 0, 0, 1, 1);
    for (CollectedMetric metric : ALL) {
      Metric.Tally tally = metric.start();
      assertThat(tally.value()).as("%s of nothing", metric).isNaN();
      assertThat(tally.running()).as("%s of nothing", metric).isNaN();

      tally.add(column(0.9), new int[] {1});
      tally.add(column(0.2, 0.6, 0.4), new int[] {0, 0, 1});
      tally.add(column(0.7), new int[] {1});

      assertThat(tally.value()).as("%s", metric).isEqualTo(metric.of(whole));
    }
  }

  @Test
  void heads_of_two_neurons_give_the_same_as_one() {
    Tensor two = Tensor.matrix(DType.FLOAT64, new double[][] {{0.25, 0.75}, {0.5, 0.5}});
    for (CollectedMetric metric : ALL) {
      Metric.Tally ofTwo = metric.start();
      Metric.Tally ofOne = metric.start();
      ofTwo.add(two, new int[] {1, 0});
      ofOne.add(column(0.75, 0.5), new int[] {1, 0});
      assertThat(ofTwo.value()).as("%s", metric).isEqualTo(ofOne.value());
    }
  }

  @Test
  void what_is_shown_while_rows_come_lags_behind_and_waits_for_every_class() {
    Metric.Tally tally = CollectedMetric.rocAuc().start();

    tally.add(column(0.3, 0.2), new int[] {1, 1});
    assertThat(tally.running()).isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(tally::value)
        .withMessage("Expected rows of every class for the metric rocAuc, got none of class 0");

    tally.add(column(0.1, 0.1, 0.1, 0.1, 0.1, 0.1), new int[] {0, 0, 0, 0, 0, 0});
    assertThat(tally.running()).isEqualTo(1);

    tally.add(column(0.9), new int[] {0});
    assertThat(tally.running()).as("fewer than a quarter more rows").isEqualTo(1);
    assertThat(tally.value()).isEqualTo(12.0 / 14);
  }

  @Test
  void what_will_not_be_defined_is_refused_beforehand() {
    CollectedMetric.rocAuc().check("validation", new int[] {1, 1, 1});
    CollectedMetric.macroF1().check("validation", new int[] {1, 0});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectedMetric.rocAuc().check("validation", new int[] {3, 0, 2}))
        .withMessage(
            "Expected validation examples of every class for the metric rocAuc, got none of class"
                + " 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectedMetric.f1().check("training", new int[] {3, 1, 2}))
        .withMessage("Expected two classes for the metric f1, got 3");
  }
}
