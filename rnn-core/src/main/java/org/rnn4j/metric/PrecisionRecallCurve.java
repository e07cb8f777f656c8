package org.rnn4j.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Precision and recall of one class against all others, for each threshold of its probability. The
 * area under it is the average precision, a sum over the thresholds from the greatest down:
 *
 * <pre>
 *   averagePrecision = Σᵢ (recallᵢ − recallᵢ₋₁)·precisionᵢ
 * </pre>
 *
 * <p>This is the form of scikit-learn. It takes no straight lines between points, which would be
 * too hopeful (Davis and Goadrich 2006); rows of equal probability share one point.
 */
public final class PrecisionRecallCurve {
  private final Ranking ranking;

  private PrecisionRecallCurve(Ranking ranking) {
    this.ranking = ranking;
  }

  /**
   * A point of the curve.
   *
   * @param threshold rows of this probability or more are taken for the class
   * @param recall the share of rows with the class that are
   * @param precision of the rows that are, the share with the class
   */
  public record Point(double threshold, double recall, double precision) {}

  /** The curve of class 1 of two; as {@link #of(Predictions, int)}. */
  public static PrecisionRecallCurve of(Predictions predictions) {
    RocCurve.requireTwoClasses(predictions, "a curve of class 1");
    return of(predictions, 1);
  }

  /**
   * The curve of a class against all others.
   *
   * @throws IllegalArgumentException if there is no such class, or no row has it: there is no
   *     recall
   */
  public static PrecisionRecallCurve of(Predictions predictions, int ofClass) {
    Ranking ranking = Ranking.of(predictions, ofClass);
    if (ranking.allPositives() == 0) {
      throw new IllegalArgumentException(
          "Expected rows of class " + ofClass + " for a precision-recall curve, got none");
    }
    return new PrecisionRecallCurve(ranking);
  }

  /** The area under the curve, from 0 to 1; guessing gives the share of rows with the class. */
  public double averagePrecision() {
    double sum = 0;
    for (int i = 0; i < ranking.size(); i++) {
      sum += (ranking.positives(i) - ranking.positives(i - 1)) * precision(i);
    }
    return sum / ranking.allPositives();
  }

  /** The share of rows with the class: the precision of whoever guesses. */
  public double prevalence() {
    return precision(ranking.size() - 1);
  }

  /** A point for each threshold, from the greatest down: recall only rises. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>(ranking.size());
    for (int i = 0; i < ranking.size(); i++) {
      double recall = (double) ranking.positives(i) / ranking.allPositives();
      points.add(new Point(ranking.threshold(i), recall, precision(i)));
    }
    return List.copyOf(points);
  }

  private double precision(int i) {
    return ranking.positives(i) / (double) (ranking.positives(i) + ranking.negatives(i));
  }
}
