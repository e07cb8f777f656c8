package org.rnn4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How many rows of each class are predicted as which. Immutable. */
public final class ConfusionMatrix {
  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /**
   * Precision, recall and F1, each the mean over classes that all count the same.
   *
   * @param precision the mean of the classes' precision
   * @param recall the mean of the classes' recall
   * @param f1 the mean of the classes' F1, which is not the F1 of the two other means
   */
  public record Macro(double precision, double recall, double f1) {}

  /** Counts predictions. */
  public static ConfusionMatrix of(Predictions predictions) {
    long[][] counts = new long[predictions.classes()][predictions.classes()];
    for (int row = 0; row < predictions.rows(); row++) {
      counts[predictions.label(row)][predictions.predicted(row)]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** How many classes there are. */
  public int classes() {
    return counts.length;
  }

  /** How many rows of one class are predicted as another, or as itself. */
  public long count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** How many rows there are. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** How many rows are predicted as what they are. */
  public long correct() {
    return IntStream.range(0, counts.length).mapToLong(c -> counts[c][c]).sum();
  }

  /** The share of rows that are predicted as what they are, from 0 to 1. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** How well one class is told from all others. */
  public ClassRates rates(int ofClass) {
    long support = Arrays.stream(counts[ofClass]).sum();
    long predicted = Arrays.stream(counts).mapToLong(row -> row[ofClass]).sum();
    long both = counts[ofClass][ofClass];
    return new ClassRates(both, predicted - both, support - both);
  }

  /** How well each class is told from all others. */
  public List<ClassRates> rates() {
    return IntStream.range(0, classes()).mapToObj(this::rates).toList();
  }

  /**
   * The rates over the cases of all classes together. Each wrong row is a false positive of one
   * class and a false negative of another, so that precision, recall and F1 all are the accuracy.
   */
  public ClassRates micro() {
    long wrong = total() - correct();
    return new ClassRates(correct(), wrong, wrong);
  }

  /**
   * The mean over classes. One that neither has a row nor is predicted does not count, as in
   * scikit-learn; one that has only one of both counts with its zeros.
   */
  public Macro macro() {
    return new Macro(mean(ClassRates::precision), mean(ClassRates::recall), mean(ClassRates::f1));
  }

  private double mean(ToDoubleFunction<ClassRates> rate) {
    return rates().stream()
        .filter(rates -> rates.isPresent() || rates.isPredicted())
        .mapToDouble(rate)
        .average()
        .orElseThrow();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  /** The counts, a list for each class of what its rows are predicted as. */
  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
