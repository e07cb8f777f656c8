package org.rnn4j.metric;

import java.util.Arrays;

/**
 * How many rows with and without a class have a probability of it of some threshold or more, for
 * each threshold that occurs, from the greatest down. Rows of equal probability share one.
 */
final class Ranking {
  private final double[] thresholds;
  private final int[] positives;
  private final int[] negatives;
  private int size;

  private Ranking(int rows) {
    thresholds = new double[rows];
    positives = new int[rows];
    negatives = new int[rows];
  }

  static Ranking of(Predictions predictions, int ofClass) {
    predictions.requireClass(ofClass);
    int rows = predictions.rows();
    double[] with = new double[rows];
    double[] without = new double[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      // A negative zero would be sorted below zero and make a threshold of its own.
      double probability = predictions.probability(row, ofClass) + 0.0;
      if (predictions.label(row) == ofClass) {
        with[count++] = probability;
      } else {
        without[row - count] = probability;
      }
    }
    with = Arrays.copyOf(with, count);
    without = Arrays.copyOf(without, rows - count);
    Arrays.sort(with);
    Arrays.sort(without);
    Ranking ranking = new Ranking(rows);
    ranking.merge(with, without);
    return ranking;
  }

  private void merge(double[] with, double[] without) {
    int i = with.length;
    int j = without.length;
    while (i > 0 || j > 0) {
      double threshold =
          Math.max(
              i > 0 ? with[i - 1] : Double.NEGATIVE_INFINITY,
              j > 0 ? without[j - 1] : Double.NEGATIVE_INFINITY);
      while (i > 0 && with[i - 1] == threshold) {
        i--;
      }
      while (j > 0 && without[j - 1] == threshold) {
        j--;
      }
      thresholds[size] = threshold;
      positives[size] = with.length - i;
      negatives[size] = without.length - j;
      size++;
    }
  }

  /** How many thresholds there are. */
  int size() {
    return size;
  }

  double threshold(int i) {
    return thresholds[i];
  }

  /** How many rows of the class have a probability of threshold i or more; 0 for −1. */
  int positives(int i) {
    return i < 0 ? 0 : positives[i];
  }

  /** How many rows of other classes have a probability of threshold i or more; 0 for −1. */
  int negatives(int i) {
    return i < 0 ? 0 : negatives[i];
  }

  int allPositives() {
    return positives(size - 1);
  }

  int allNegatives() {
    return negatives(size - 1);
  }
}
