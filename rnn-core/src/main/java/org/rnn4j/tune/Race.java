package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stops trials without hope. After {@code folds} folds, and after every fold from there on, each
 * trial of a batch is compared with the leader, the one with the highest mean over these folds
 * among the trials of the batch and all earlier ones of the same budget. With dⱼ what the leader is
 * better by on fold j, a trial is stopped when
 *
 * <pre>{@code
 * mean(d) > deviations · √(Σ (dⱼ − mean(d))² / (f (f − 1)))      over the f folds so far.
 * }</pre>
 *
 * <p>This is a heuristic: a trial is now and then stopped that would have won. All trials of a
 * batch wait for each other after each of these folds, so that threads have no say.
 *
 * @param folds after how many folds trials are compared first, 2 or more
 * @param deviations by how many standard errors of the differences a leader must be better
 */
public record Race(int folds, double deviations) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are fewer than 2 folds, or the deviations are not a
   *     finite number of 0 or more
   */
  public Race {
    if (folds < 2 || !(deviations >= 0 && Double.isFinite(deviations))) {
      throw new IllegalArgumentException(
          "Expected to compare after 2 folds or more, by 0 standard errors or more, got "
              + folds
              + " and "
              + deviations);
    }
  }

  /** Compares after so many folds, by 3 standard errors. */
  public static Race after(int folds) {
    return new Race(folds, 3);
  }

  /** Whether a trial is without hope, given its scores and the leader's on the same folds. */
  boolean hopeless(List<Double> own, List<Double> leader) {
    List<Double> better = new ArrayList<>();
    for (int fold = 0; fold < own.size(); fold++) {
      better.add(leader.get(fold) - own.get(fold));
    }
    double mean = Trial.mean(better);
    return mean > 0 && mean > deviations * Trial.standardError(better);
  }

  Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folds", folds);
    json.put("deviations", deviations);
    return json;
  }
}
