package org.rnn4j.metric;

/**
 * How well one class is told from all others, by the counts of its four cases:
 *
 * <pre>
 *   precision = tp / (tp + fp)      of the rows predicted as the class, the share that have it
 *   recall    = tp / (tp + fn)      of the rows that have the class, the share predicted as it
 *   F1        = 2·tp / (2·tp + fp + fn), their harmonic mean
 * </pre>
 *
 * <p>A quotient over nothing is 0, as scikit-learn gives it with a warning: the precision of a
 * class that is never predicted, the recall of one that no row has. {@link #isPredicted} and {@link
 * #isPresent} tell such a 0 from one that was measured.
 *
 * @param truePositives rows of the class that are predicted as it
 * @param falsePositives rows of other classes that are predicted as it
 * @param falseNegatives rows of the class that are predicted as others
 */
public record ClassRates(long truePositives, long falsePositives, long falseNegatives) {
  /** Of the rows predicted as the class the share that have it; 0 where there are none. */
  public double precision() {
    return share(truePositives, predicted());
  }

  /** Of the rows that have the class the share predicted as it; 0 where there are none. */
  public double recall() {
    return share(truePositives, support());
  }

  /** The harmonic mean of precision and recall; 0 where no row has the class or is predicted so. */
  public double f1() {
    return share(2 * truePositives, predicted() + support());
  }

  /** How many rows have the class. */
  public long support() {
    return truePositives + falseNegatives;
  }

  /** How many rows are predicted as the class. */
  public long predicted() {
    return truePositives + falsePositives;
  }

  /** Whether any row has the class: else its recall is 0 by convention. */
  public boolean isPresent() {
    return support() > 0;
  }

  /** Whether any row is predicted as the class: else its precision is 0 by convention. */
  public boolean isPredicted() {
    return predicted() > 0;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
