package org.rnn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

/** Bootstrap and McNemar's test on drawn predictions. */
@RunsOnce
class IntervalsTest {
  /** Predictions that are right about as often as skill is great. */
  private static Predictions drawn(long seed, int rows, double skill) {
    RandomStream random = new RandomStream(seed).derive("rows");
    double[] probabilities = new double[rows];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = random.nextInt(2);
      double score = skill * (2 * labels[row] - 1) + random.nextGaussian();
      probabilities[row] = 1 / (1 + StrictMath.exp(-score));
    }
    return Predictions.binary(probabilities, labels);
  }

  @Test
  void the_same_seed_draws_the_same_interval_and_another_seed_another() {
    Predictions predictions = drawn(1, 200, 0.7);
    Bootstrap bootstrap = new Bootstrap(200, 0.95, 3);

    Interval interval = bootstrap.interval(predictions, CollectedMetric.rocAuc()::of);

    assertThat(bootstrap.interval(predictions, CollectedMetric.rocAuc()::of)).isEqualTo(interval);
    assertThat(new Bootstrap(200, 0.95, 4).interval(predictions, CollectedMetric.rocAuc()::of))
        .isNotEqualTo(interval);
    assertThat(interval.estimate()).isEqualTo(CollectedMetric.rocAuc().of(predictions));
    assertThat(interval.contains(interval.estimate())).isTrue();
  }

  @Test
  void several_metrics_share_their_draws() {
    Predictions predictions = drawn(2, 100, 0.5);
    Bootstrap bootstrap = new Bootstrap(100, 0.9, 1);

    List<Interval> both =
        bootstrap.intervals(
            predictions, List.of(CollectedMetric.macroF1()::of, CollectedMetric.logLoss()::of));

    assertThat(both.get(0))
        .isEqualTo(bootstrap.interval(predictions, CollectedMetric.macroF1()::of));
    assertThat(both.get(1))
        .isEqualTo(bootstrap.interval(predictions, CollectedMetric.logLoss()::of));
  }

  @Test
  void each_draw_has_as_many_rows_of_each_class_as_there_are() {
    Predictions predictions =
        Predictions.binary(new double[] {0.1, 0.2, 0.3, 0.4, 0.9}, 0, 0, 0, 0, 1);

    Interval counts = new Bootstrap(50, 0.99, 1).interval(predictions, drawn -> drawn.counts()[1]);

    assertThat(counts).isEqualTo(new Interval(1, 1, 1, 0.99));
  }

  @Test
  void the_interval_of_a_mean_is_about_that_of_the_normal_distribution() {
    Predictions predictions = drawn(5, 2_000, 1);

    Interval interval = new Bootstrap(2_000, 0.95, 1).interval(predictions, Predictions::accuracy);

    double p = predictions.accuracy();
    double half = 1.96 * Math.sqrt(p * (1 - p) / predictions.rows());
    assertThat(interval.lower()).isCloseTo(p - half, within(half / 10));
    assertThat(interval.upper()).isCloseTo(p + half, within(half / 10));
  }

  @Test
  void mcnemar_counts_rows_that_only_one_has_right() {
    int[] labels = {0, 1, 0, 1, 1};
    Predictions first = Predictions.binary(new double[] {0.1, 0.9, 0.2, 0.8, 0.3}, labels);
    Predictions second = Predictions.binary(new double[] {0.1, 0.4, 0.7, 0.8, 0.6}, labels);

    McNemar test = McNemar.of(first, second);

    assertThat(test).isEqualTo(new McNemar(5, 2, 1));
    assertThat(test.pValue()).isEqualTo(1);
    assertThat(test.isSignificant()).isFalse();
    assertThat(test.difference(0.95).estimate()).isEqualTo(0.2);
    assertThat(McNemar.of(first, first).pValue()).isEqualTo(1);
    assertThat(new McNemar(100, 10, 0).isSignificant()).isTrue();
  }

  @Test
  void predictions_of_other_rows_are_not_compared() {
    Predictions first = Predictions.binary(new double[] {0.1, 0.9}, 0, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> McNemar.of(first, first.select(0)))
        .withMessage("Expected predictions of the same rows, got 2 and 1 of them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> McNemar.of(first, first.select(1, 0)))
        .withMessage("Expected predictions of the same rows, got the labels 0 and 1 in row 0");
  }
}
