package org.rnn4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Whether probabilities mean what they say: of the rows that are given 0.8, four of five should be
 * right. Rows are put into bins of equal width by their probability; a bin holds what is greater
 * than its lower and at most its upper end, the first one 0 as well. Empty bins are left out.
 *
 * <pre>
 *   expected error = Σ over bins (rows of bin / rows)·|frequency − mean probability|
 *   maximum error  = the greatest |frequency − mean probability| of a bin
 * </pre>
 *
 * <p>The expected calibration error of the {@linkplain #ofConfidence confidence} is that of Guo et
 * al., On Calibration of Modern Neural Networks, 2017 (which has 15 bins); the bins {@linkplain
 * #ofClass of a class} are those of scikit-learn's {@code calibration_curve}. The error depends on
 * the number of bins, and of few rows it is too great, even where the probabilities are right.
 */
public final class Calibration {
  /** The number of bins of Guo et al. */
  public static final int STANDARD_BINS = 15;

  private final List<Bin> bins;
  private final int rows;

  private Calibration(List<Bin> bins, int rows) {
    this.bins = List.copyOf(bins);
    this.rows = rows;
  }

  /**
   * Rows of similar probability.
   *
   * @param lower the lower end, which does not belong to it, but for 0
   * @param upper the upper end, which does
   * @param count how many rows it holds, at least 1
   * @param meanProbability the mean of their probabilities
   * @param frequency the share of them that turned out so
   */
  public record Bin(
      double lower, double upper, int count, double meanProbability, double frequency) {
    /** How far the mean probability is from the frequency. */
    public double error() {
      return Math.abs(frequency - meanProbability);
    }
  }

  /**
   * Whether predictions are right as often as the probability of the predicted class says.
   *
   * @throws IllegalArgumentException if there is less than one bin
   */
  public static Calibration ofConfidence(Predictions predictions, int bins) {
    return of(
        predictions.rows(),
        bins,
        row -> predictions.probability(row, predictions.predicted(row)),
        predictions::isCorrect);
  }

  /**
   * Whether rows have a class as often as its probability says.
   *
   * @throws IllegalArgumentException if there is no such class, or less than one bin
   */
  public static Calibration ofClass(Predictions predictions, int ofClass, int bins) {
    predictions.requireClass(ofClass);
    return of(
        predictions.rows(),
        bins,
        row -> predictions.probability(row, ofClass),
        row -> predictions.label(row) == ofClass);
  }

  private static Calibration of(
      int rows, int bins, IntToDoubleFunction probability, IntPredicate outcome) {
    if (bins < 1) {
      throw new IllegalArgumentException("Expected 1 bin or more, got " + bins);
    }
    int[] counts = new int[bins];
    int[] outcomes = new int[bins];
    double[] sums = new double[bins];
    for (int row = 0; row < rows; row++) {
      double p = probability.applyAsDouble(row);
      int bin = bin(p, bins);
      counts[bin]++;
      sums[bin] += p;
      outcomes[bin] += outcome.test(row) ? 1 : 0;
    }
    List<Bin> filled = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      if (counts[i] > 0) {
        filled.add(
            new Bin(
                (double) i / bins,
                (i + 1.0) / bins,
                counts[i],
                sums[i] / counts[i],
                (double) outcomes[i] / counts[i]));
      }
    }
    return new Calibration(filled, rows);
  }

  private static int bin(double probability, int bins) {
    int bin = Math.max(0, Math.min(bins - 1, (int) Math.ceil(probability * bins) - 1));
    // The product is rounded: what is told to be one end or the other is decided by the ends.
    if (bin > 0 && probability <= (double) bin / bins) {
      return bin - 1;
    }
    return bin < bins - 1 && probability > (bin + 1.0) / bins ? bin + 1 : bin;
  }

  /** The bins that hold rows, in ascending order. */
  public List<Bin> bins() {
    return bins;
  }

  /** The mean of the bins' errors, each counting as often as it has rows, from 0 to 1. */
  public double expectedError() {
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.count() * bin.error();
    }
    return sum / rows;
  }

  /** The greatest error of a bin, from 0 to 1. */
  public double maximumError() {
    return bins.stream().mapToDouble(Bin::error).max().orElseThrow();
  }
}
