package org.rnn4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rnn4j.tensor.Tensor;

/**
 * What was predicted for some rows, beside what they are: a probability for each class, and the
 * label. Everything else in this package is computed from it. Immutable, at least one row.
 *
 * <p>A head of one sigmoid neuron gives the probability of class 1, that of class 0 is what it
 * lacks of 1; a softmax head gives one for each class. The predicted class is the most probable
 * one, of equally probable ones the first, so that one neuron predicts class 1 above one half.
 */
public final class Predictions {
  /** How far the probabilities of a row may add up to something else than 1. */
  private static final double SUM_TOLERANCE = 1e-4;

  private final int classes;
  private final double[] probabilities;
  private final int[] labels;

  private Predictions(int classes, double[] probabilities, int[] labels) {
    this.classes = classes;
    this.probabilities = probabilities;
    this.labels = labels;
  }

  /**
   * Checks values that nobody else holds.
   *
   * @param probabilities row by row
   */
  private static Predictions checked(int classes, double[] probabilities, int[] labels) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("Expected at least one row of predictions, got none");
    }
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Expected probabilities of two classes or more, got " + classes);
    }
    if (probabilities.length != (long) classes * labels.length) {
      throw new IllegalArgumentException(
          "Expected one label for each row of probabilities, got "
              + labels.length
              + " labels for "
              + probabilities.length / classes
              + " rows");
    }
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new IllegalArgumentException(
            "Expected labels from 0 to " + (classes - 1) + ", got " + labels[row] + at(row));
      }
      requireDistribution(probabilities, row, classes);
    }
    return new Predictions(classes, probabilities, labels);
  }

  private static void requireDistribution(double[] probabilities, int row, int classes) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double p = probabilities[row * classes + c];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "Expected probabilities from 0 to 1, got " + p + " for class " + c + at(row));
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "Expected the probabilities of all classes to add up to 1, got "
              + sum
              + at(row)
              + "; are they logits, or of classes that do not exclude each other?");
    }
  }

  private static String at(int row) {
    return " in row " + row;
  }

  /**
   * Predictions of a network's head.
   *
   * @param probabilities {@code [rows, outputs]}; one column is the probability of class 1
   * @param labels the class of each row, from 0
   * @throws IllegalArgumentException if there is no row, a probability is not a number from 0 to 1,
   *     those of a row do not add up to 1, or a label is not one of the classes; the message names
   *     the row, counted from 0
   */
  public static Predictions of(Tensor probabilities, int... labels) {
    double[] values = probabilities.toArray();
    return probabilities.columns() == 1
        ? binary(values, labels)
        : checked(probabilities.columns(), values, labels.clone());
  }

  /**
   * Predictions of several classes.
   *
   * @param probabilities {@code [rows][classes]}
   * @param labels the class of each row, from 0
   * @throws IllegalArgumentException as {@link #of(Tensor, int...)}, or if rows differ in length
   */
  public static Predictions of(double[][] probabilities, int... labels) {
    int classes = probabilities.length == 0 ? 2 : probabilities[0].length;
    double[] values = new double[probabilities.length * classes];
    for (int row = 0; row < probabilities.length; row++) {
      if (probabilities[row].length != classes) {
        throw new IllegalArgumentException(
            "Expected " + classes + " probabilities, got " + probabilities[row].length + at(row));
      }
      System.arraycopy(probabilities[row], 0, values, row * classes, classes);
    }
    return checked(classes, values, labels.clone());
  }

  /**
   * Predictions of two classes.
   *
   * @param second the probability of class 1, for each row
   * @param labels the class of each row, 0 or 1
   * @throws IllegalArgumentException as {@link #of(Tensor, int...)}
   */
  public static Predictions binary(double[] second, int... labels) {
    double[] both = new double[2 * second.length];
    for (int row = 0; row < second.length; row++) {
      both[2 * row] = 1 - second[row];
      both[2 * row + 1] = second[row];
    }
    return checked(2, both, labels.clone());
  }

  /**
   * The rows of all parts, one part after the other, such as those of all folds.
   *
   * @throws IllegalArgumentException if there is no part, or they differ in their classes
   */
  public static Predictions joined(List<Predictions> parts) {
    List<double[]> rows = new ArrayList<>();
    for (Predictions part : parts) {
      for (int row = 0; row < part.rows(); row++) {
        rows.add(part.row(row));
      }
    }
    int[] labels = parts.stream().flatMapToInt(part -> Arrays.stream(part.labels)).toArray();
    return of(rows.toArray(double[][]::new), labels);
  }

  /** Fails on a class that there is not. */
  void requireClass(int ofClass) {
    if (ofClass < 0 || ofClass >= classes) {
      throw new IllegalArgumentException(
          "Expected a class from 0 to " + (classes - 1) + ", got " + ofClass);
    }
  }

  /** How many rows there are. */
  public int rows() {
    return labels.length;
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /** The class that a row has. */
  public int label(int row) {
    return labels[row];
  }

  /** How probable a class is for a row, from 0 to 1. */
  public double probability(int row, int ofClass) {
    return probabilities[row * classes + ofClass];
  }

  /** The most probable class of a row; of equally probable ones the first. */
  public int predicted(int row) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probability(row, c) > probability(row, best)) {
        best = c;
      }
    }
    return best;
  }

  /** Whether the most probable class of a row is its label. */
  public boolean isCorrect(int row) {
    return predicted(row) == labels[row];
  }

  /** How many rows are predicted correctly. */
  public int correct() {
    int correct = 0;
    for (int row = 0; row < rows(); row++) {
      correct += isCorrect(row) ? 1 : 0;
    }
    return correct;
  }

  /** The share of rows that are predicted correctly, from 0 to 1. */
  public double accuracy() {
    return (double) correct() / rows();
  }

  /** How many rows each class has. */
  public int[] counts() {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** The rows of the given numbers, in the order given; one may stand there several times. */
  public Predictions select(int... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("Expected at least one row to select, got none");
    }
    double[] values = new double[rows.length * classes];
    int[] own = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(probabilities, rows[i] * classes, values, i * classes, classes);
      own[i] = labels[rows[i]];
    }
    return new Predictions(classes, values, own);
  }

  private double[] row(int row) {
    return Arrays.copyOfRange(probabilities, row * classes, (row + 1) * classes);
  }

  @Override
  public String toString() {
    return "Predictions of " + rows() + " rows and " + classes + " classes";
  }
}
