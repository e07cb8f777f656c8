package org.rnn4j.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.metric.Metric;

/**
 * A score over the validation examples that is watched from epoch to epoch.
 *
 * @param metric the name of a metric; null for the loss
 * @param greaterIsBetter which way is better
 */
public record Monitor(@Nullable String metric, boolean greaterIsBetter) {
  /** The loss, of which less is better. */
  public static Monitor loss() {
    return new Monitor(null, false);
  }

  /** A metric by name, for example {@code accuracy}, of which more is better. */
  public static Monitor metric(String name) {
    return new Monitor(name, true);
  }

  /** The same where less is better. */
  public Monitor smallerIsBetter() {
    return new Monitor(metric, false);
  }

  private String name() {
    return metric == null ? "loss" : metric;
  }

  /** Checks before a training that there will be such a score. */
  void check(String what, List<Metric> metrics, boolean hasValidation) {
    if (!hasValidation) {
      throw new IllegalArgumentException(
          "Expected validation examples for "
              + what
              + ", which watches their "
              + name()
              + ", got none");
    }
    List<String> names = metrics.stream().map(Metric::name).toList();
    if (metric != null && !names.contains(metric)) {
      throw new IllegalArgumentException(
          "Expected " + what + " to watch the loss or a metric of " + names + ", got " + metric);
    }
  }

  /**
   * The score of an epoch.
   *
   * @throws TrainingException if it is not finite
   */
  double score(Epoch epoch) {
    Scores scores = epoch.validation();
    if (scores == null) {
      throw new IllegalStateException("Expected validation scores after epoch " + epoch.number());
    }
    double score = metric == null ? scores.loss() : scores.metric(metric);
    if (!Double.isFinite(score)) {
      throw new TrainingException(
          "The watched " + name() + " is " + score + " after epoch " + epoch.number());
    }
    return score;
  }

  @Override
  public String toString() {
    return name() + (greaterIsBetter ? ", greater is better" : ", smaller is better");
  }
}
