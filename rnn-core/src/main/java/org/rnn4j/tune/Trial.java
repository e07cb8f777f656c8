package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was tried with a budget, and how it went.
 *
 * @param number its number in the search, from 0
 * @param configuration the values of the parameters
 * @param budget what was spent on each fold
 * @param scores the score of each fold that was scored, in the order of folds
 * @param state whether all folds were scored, and why if not
 * @param error why the first fold that failed did so, or null if none did
 */
public record Trial(
    int number,
    Configuration configuration,
    int budget,
    List<Double> scores,
    State state,
    @Nullable String error) {

  /** Whether a trial came to its end. */
  public enum State {
    /** All folds were scored. */
    COMPLETE,
    /** It was stopped after some folds, since it had no hope to be the best. */
    STOPPED,
    /** A fold could not be scored. */
    FAILED
  }

  /**
   * The order of a ranking, best first: trials that did not fail, a larger budget, complete before
   * stopped, a higher mean, a lower number.
   */
  public static final Comparator<Trial> BEST_FIRST =
      Comparator.comparing(Trial::failed)
          .thenComparing(Trial::budget, Comparator.reverseOrder())
          .thenComparing(Trial::state)
          .thenComparing(Trial::mean, Comparator.reverseOrder())
          .thenComparing(Trial::number);

  /** Copies the scores. */
  public Trial {
    scores = List.copyOf(scores);
  }

  /** Whether all folds were scored. */
  public boolean complete() {
    return state == State.COMPLETE;
  }

  /** Whether a fold could not be scored. */
  public boolean failed() {
    return state == State.FAILED;
  }

  /** The mean of the scores; −∞ if there is none. */
  public double mean() {
    return scores.isEmpty() ? Double.NEGATIVE_INFINITY : mean(scores);
  }

  /**
   * The standard error of the mean over folds, √(Σ (sᵢ − mean)² / (k (k − 1))); 0 with fewer than
   * two scores. Folds share training texts, so this is too small rather than too large.
   */
  public double standardError() {
    return standardError(scores);
  }

  /**
   * What one trial is better by than another on the same folds. Folds that are hard are so for
   * both, so that this is known better than either mean.
   *
   * @param mean the mean of the differences
   * @param standardError its standard error over folds; 0 with fewer than two
   */
  public record Difference(double mean, double standardError) {}

  /**
   * What this is better by than another on the folds that both were scored on.
   *
   * @throws IllegalArgumentException if one of them failed: its scores may be those of later folds
   */
  public Difference over(Trial other) {
    requireInStep();
    other.requireInStep();
    int count = Math.min(scores.size(), other.scores.size());
    List<Double> differences = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      differences.add(scores.get(fold) - other.scores.get(fold));
    }
    return new Difference(mean(differences), standardError(differences));
  }

  /** Fails where a score may not be that of the fold in its place, since one before has none. */
  private void requireInStep() {
    if (failed()) {
      throw new IllegalArgumentException(
          "Expected a trial that did not fail, to be compared fold by fold, got number "
              + number
              + ": "
              + error);
    }
  }

  static double mean(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.size();
  }

  static double standardError(List<Double> values) {
    int count = values.size();
    if (count < 2) {
      return 0;
    }
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / ((double) count * (count - 1)));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trial", number);
    json.put("configuration", configuration.values());
    json.put("budget", budget);
    json.put("state", state.name().toLowerCase(Locale.ROOT));
    if (!scores.isEmpty()) {
      json.put("mean", mean());
      json.put("standardError", standardError());
    }
    json.put("scores", scores);
    if (error != null) {
      json.put("error", error);
    }
    return json;
  }
}
