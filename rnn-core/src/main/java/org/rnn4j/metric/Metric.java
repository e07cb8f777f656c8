package org.rnn4j.metric;

import org.rnn4j.tensor.Tensor;

/**
 * A number over a set of predictions: an immutable description, of which each pass starts a tally
 * of its own.
 */
public interface Metric {
  /** A name for logs and histories, for example {@code accuracy}. */
  String name();

  /** Starts an empty tally. */
  Tally start();

  /** What has been seen so far. */
  interface Tally {
    /**
     * Adds a batch.
     *
     * @param probabilities {@code [batch, outputs]}; one column is the probability of class 1
     * @param labels the class of each row
     */
    void add(Tensor probabilities, int[] labels);

    /** The metric over everything added; not-a-number where nothing was. */
    double value();
  }
}
