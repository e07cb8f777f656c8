package org.rnn4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rnn4j.tensor.Tensor;

/**
 * A metric over all predictions of a pass at once, which are kept until its end. For a training it
 * is given to the trainer, {@code .metrics(accuracy(), macroF1(), rocAuc())}; of predictions at
 * hand {@link #of} computes it.
 *
 * <p>Metrics of one class are those of class 1 where there are two classes, and the mean over the
 * classes, each against all others, where there are more.
 *
 * <p>While a pass runs, what it gives {@linkplain Metric.Tally#running so far} may be a few batches
 * old, so that its cost stays within a small multiple of computing it once.
 */
public final class CollectedMetric implements Metric {
  /** How much must be added before a running value is computed anew. */
  private static final double GROWTH = 1.25;

  /** What a probability is at least taken for in a logarithm: the gap between 1 and the next. */
  private static final double LEAST_PROBABILITY = 0x1p-52;

  private enum Needs {
    NOTHING,
    TWO_CLASSES,
    EVERY_CLASS
  }

  private final String name;
  private final Needs needs;
  private final ToDoubleFunction<Predictions> value;

  private CollectedMetric(String name, Needs needs, ToDoubleFunction<Predictions> value) {
    this.name = name;
    this.needs = needs;
    this.value = value;
  }

  /** All of them, in the order of the methods. */
  public static List<CollectedMetric> all() {
    return List.of(
        f1(), macroF1(), rocAuc(), averagePrecision(), logLoss(), brierScore(), calibrationError());
  }

  /** F1 of class 1 of two, {@code f1}; see {@link ClassRates}. */
  public static CollectedMetric f1() {
    return new CollectedMetric(
        "f1", Needs.TWO_CLASSES, predictions -> ConfusionMatrix.of(predictions).rates(1).f1());
  }

  /** The mean of F1 over classes, {@code macroF1}; see {@link ConfusionMatrix#macro}. */
  public static CollectedMetric macroF1() {
    return new CollectedMetric(
        "macroF1", Needs.NOTHING, predictions -> ConfusionMatrix.of(predictions).macro().f1());
  }

  /** The area under the {@link RocCurve}, {@code rocAuc}; needs rows of every class. */
  public static CollectedMetric rocAuc() {
    return new CollectedMetric(
        "rocAuc",
        Needs.EVERY_CLASS,
        predictions -> overClasses(predictions, c -> RocCurve.of(predictions, c).area()));
  }

  /**
   * The area under the {@link PrecisionRecallCurve}, {@code averagePrecision}; needs rows of every
   * class.
   */
  public static CollectedMetric averagePrecision() {
    return new CollectedMetric(
        "averagePrecision",
        Needs.EVERY_CLASS,
        predictions ->
            overClasses(
                predictions, c -> PrecisionRecallCurve.of(predictions, c).averagePrecision()));
  }

  /**
   * The mean of {@code −log p[label]}, {@code logLoss}. A probability below 2⁻⁵² counts as that, as
   * in scikit-learn, so that a label that was called impossible costs 36.04 and not infinity.
   */
  public static CollectedMetric logLoss() {
    return new CollectedMetric("logLoss", Needs.NOTHING, CollectedMetric::logLoss);
  }

  /**
   * The mean squared error of probabilities (Brier 1950), {@code brierScore}: of two classes {@code
   * (p₁ − y)²}, from 0 to 1; of more {@code Σ over classes (p − y)²}, y one-hot, from 0 to 2. These
   * are scikit-learn's two forms; the second is twice the first for two classes.
   */
  public static CollectedMetric brierScore() {
    return new CollectedMetric("brierScore", Needs.NOTHING, CollectedMetric::brierScore);
  }

  /**
   * The expected {@linkplain Calibration#ofConfidence calibration error} of 15 bins, {@code
   * calibrationError}. Drawing rows again adds to it, so that the interval of a {@link Bootstrap}
   * lies too high.
   */
  public static CollectedMetric calibrationError() {
    return new CollectedMetric(
        "calibrationError",
        Needs.NOTHING,
        predictions ->
            Calibration.ofConfidence(predictions, Calibration.STANDARD_BINS).expectedError());
  }

  private interface OfClass {
    double value(int ofClass);
  }

  private static double overClasses(Predictions predictions, OfClass metric) {
    if (predictions.classes() == 2) {
      return metric.value(1);
    }
    double sum = 0;
    for (int c = 0; c < predictions.classes(); c++) {
      sum += metric.value(c);
    }
    return sum / predictions.classes();
  }

  private static double logLoss(Predictions predictions) {
    double sum = 0;
    for (int row = 0; row < predictions.rows(); row++) {
      double p = predictions.probability(row, predictions.label(row));
      sum -= StrictMath.log(Math.max(LEAST_PROBABILITY, Math.min(1 - LEAST_PROBABILITY, p)));
    }
    return sum / predictions.rows();
  }

  private static double brierScore(Predictions predictions) {
    double sum = 0;
    int first = predictions.classes() == 2 ? 1 : 0;
    for (int row = 0; row < predictions.rows(); row++) {
      for (int c = first; c < predictions.classes(); c++) {
        double error = predictions.probability(row, c) - (predictions.label(row) == c ? 1 : 0);
        sum += error * error;
      }
    }
    return sum / predictions.rows();
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * The metric of predictions.
   *
   * @throws IllegalArgumentException if it is not defined for them: no row has a class that it
   *     needs, or there are more than two classes
   */
  public double of(Predictions predictions) {
    check("", predictions.counts());
    return value.applyAsDouble(predictions);
  }

  /** The metric as a function, for a {@link Bootstrap}. */
  public ToDoubleFunction<Predictions> function() {
    return this::of;
  }

  /** Whether {@link #of} has a value for predictions. */
  public boolean isDefined(Predictions predictions) {
    return isDefined(predictions.counts());
  }

  private boolean isDefined(int[] counts) {
    return switch (needs) {
      case NOTHING -> true;
      case TWO_CLASSES -> counts.length == 2;
      case EVERY_CLASS -> Arrays.stream(counts).allMatch(count -> count > 0);
    };
  }

  @Override
  public void check(String what, int[] counts) {
    String examples = what.isEmpty() ? "rows" : what + " examples";
    if (needs == Needs.TWO_CLASSES && counts.length != 2) {
      throw new IllegalArgumentException(
          "Expected two classes for the metric " + name + ", got " + counts.length);
    }
    for (int c = 0; c < counts.length; c++) {
      if (needs == Needs.EVERY_CLASS && counts[c] == 0) {
        throw new IllegalArgumentException(
            "Expected "
                + examples
                + " of every class for the metric "
                + name
                + ", got none of class "
                + c);
      }
    }
  }

  @Override
  public Tally start() {
    return new Collected();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Keeps what is added, and the value that was computed last. */
  private final class Collected implements Tally {
    private int columns;
    private int rows;
    private double[] probabilities = new double[0];
    private int[] labels = new int[0];
    private int rowsOfRunning;
    private double running = Double.NaN;

    @Override
    public void add(Tensor batch, int[] labelsOfBatch) {
      columns = batch.columns();
      int after = rows + labelsOfBatch.length;
      if (after > labels.length) {
        int capacity = Math.max(after, 2 * labels.length);
        labels = Arrays.copyOf(labels, capacity);
        probabilities = Arrays.copyOf(probabilities, capacity * columns);
      }
      System.arraycopy(labelsOfBatch, 0, labels, rows, labelsOfBatch.length);
      for (int i = 0; i < labelsOfBatch.length * columns; i++) {
        probabilities[rows * columns + i] = batch.get(i);
      }
      rows = after;
    }

    @Override
    public double value() {
      return rows == 0 ? Double.NaN : of(predictions());
    }

    @Override
    public double running() {
      if (rows >= GROWTH * rowsOfRunning && rows > 0) {
        Predictions predictions = predictions();
        rowsOfRunning = rows;
        running = isDefined(predictions) ? of(predictions) : Double.NaN;
      }
      return running;
    }

    private Predictions predictions() {
      int[] own = Arrays.copyOf(labels, rows);
      double[] values = Arrays.copyOf(probabilities, rows * columns);
      if (columns == 1) {
        return Predictions.binary(values, own);
      }
      double[][] matrix = new double[rows][];
      for (int row = 0; row < rows; row++) {
        matrix[row] = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
      }
      return Predictions.of(matrix, own);
    }
  }
}
