package org.rnn4j.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic of one class against all others: which share of the rows
 * with the class, and which share of those without, have a probability of some threshold or more.
 *
 * <p>The {@link #area} under it is exact. It is the probability that a row with the class gets a
 * greater probability than one without, equal ones counting half (Hanley and McNeil 1982):
 *
 * <pre>
 *   area = Σᵢ (fpᵢ − fpᵢ₋₁)·(tpᵢ + tpᵢ₋₁) / (2·P·N)
 * </pre>
 *
 * <p>with tp and fp the numbers of rows at or above each threshold and P and N all of them: whole
 * numbers up to the one division. Points on a straight line between their neighbours are left out,
 * as scikit-learn leaves them out.
 */
public final class RocCurve {
  private final Ranking ranking;

  private RocCurve(Ranking ranking) {
    this.ranking = ranking;
  }

  /**
   * A point of the curve.
   *
   * @param threshold rows of this probability or more are taken for the class; infinity for the
   *     first point, where none is
   * @param falsePositiveRate the share of rows without the class that are
   * @param truePositiveRate the share of rows with the class that are
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

  /** The curve of class 1 of two; as {@link #of(Predictions, int)}. */
  public static RocCurve of(Predictions predictions) {
    requireTwoClasses(predictions, "a curve of class 1");
    return of(predictions, 1);
  }

  /**
   * The curve of a class against all others.
   *
   * @throws IllegalArgumentException if there is no such class, no row has it or all have it: there
   *     is no curve
   */
  public static RocCurve of(Predictions predictions, int ofClass) {
    Ranking ranking = Ranking.of(predictions, ofClass);
    if (ranking.allPositives() == 0 || ranking.allNegatives() == 0) {
      throw new IllegalArgumentException(
          "Expected rows with and without class "
              + ofClass
              + " for a ROC curve, got "
              + ranking.allPositives()
              + " with it and "
              + ranking.allNegatives()
              + " without");
    }
    return new RocCurve(ranking);
  }

  static void requireTwoClasses(Predictions predictions, String what) {
    if (predictions.classes() != 2) {
      throw new IllegalArgumentException(
          "Expected two classes for " + what + ", got " + predictions.classes());
    }
  }

  /** The area under the curve, from 0 to 1; one half is what guessing gives. */
  public double area() {
    long doubled = 0;
    for (int i = 0; i < ranking.size(); i++) {
      long width = (long) ranking.negatives(i) - ranking.negatives(i - 1);
      long height = (long) ranking.positives(i) + ranking.positives(i - 1);
      doubled += width * height;
    }
    return doubled / (2.0 * ranking.allPositives() * ranking.allNegatives());
  }

  /** The corners of the curve, from (0, 0) to (1, 1). */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    for (int i = 0; i < ranking.size(); i++) {
      if (isCorner(i)) {
        points.add(
            new Point(
                ranking.threshold(i),
                (double) ranking.negatives(i) / ranking.allNegatives(),
                (double) ranking.positives(i) / ranking.allPositives()));
      }
    }
    return List.copyOf(points);
  }

  private boolean isCorner(int i) {
    return i == 0
        || i == ranking.size() - 1
        || ranking.negatives(i + 1) - ranking.negatives(i)
            != ranking.negatives(i) - ranking.negatives(i - 1)
        || ranking.positives(i + 1) - ranking.positives(i)
            != ranking.positives(i) - ranking.positives(i - 1);
  }
}
