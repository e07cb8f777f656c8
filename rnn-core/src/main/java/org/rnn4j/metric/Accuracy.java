package org.rnn4j.metric;

import org.rnn4j.tensor.Tensor;

/**
 * The share of texts whose most probable class is their label, from 0 to 1. Of equal classes the
 * first counts.
 */
public final class Accuracy implements Metric {
  private static final Accuracy INSTANCE = new Accuracy();

  private Accuracy() {}

  /** The metric. */
  public static Accuracy accuracy() {
    return INSTANCE;
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Tally start() {
    return new Tally() {
      private long correct;
      private long seen;

      @Override
      public void add(Tensor probabilities, int[] labels) {
        for (int row = 0; row < labels.length; row++) {
          correct += predicted(probabilities, row) == labels[row] ? 1 : 0;
        }
        seen += labels.length;
      }

      @Override
      public double value() {
        return seen == 0 ? Double.NaN : (double) correct / seen;
      }
    };
  }

  /**
   * The most probable class of a row; for one neuron class 1 where its probability exceeds one
   * half.
   */
  public static int predicted(Tensor probabilities, int row) {
    if (probabilities.columns() == 1) {
      return probabilities.get(row, 0) > 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < probabilities.columns(); j++) {
      if (probabilities.get(row, j) > probabilities.get(row, best)) {
        best = j;
      }
    }
    return best;
  }
}
