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

  /**
   * Fails where the metric will not be defined, before any work is done. The default takes
   * anything.
   *
   * @param what what will be scored, for messages, such as <i>validation</i>
   * @param counts how many examples each class has
   * @throws IllegalArgumentException if the metric is not defined for them
   */
  default void check(String what, int[] counts) {}

  /** What has been seen so far. */
  interface Tally {
    /**
     * Adds a batch.
     *
     * @param probabilities {@code [batch, outputs]}; one column is the probability of class 1
     * @param labels the class of each row
     */
    void add(Tensor probabilities, int[] labels);

    /**
     * The metric over everything added; not-a-number where nothing was.
     *
     * @throws IllegalArgumentException if it is not defined for what was added
     */
    double value();

    /**
     * The metric so far, to show while more is to come: it may lag behind, and is not-a-number
     * while what was added does not define it.
     */
    default double running() {
      return value();
    }
  }
}
