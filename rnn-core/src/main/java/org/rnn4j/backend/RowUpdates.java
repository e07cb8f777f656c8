package org.rnn4j.backend;

import org.rnn4j.tensor.Tensor;

/**
 * What a backend may offer for tables of which a step uses few rows, such as embeddings: the same
 * results, bit for bit, as the methods of {@link Backend} on whole tables, for the work of the rows
 * in use.
 */
public interface RowUpdates {
  /** {@link Backend#sumOfSquares} of a table that is zero but for some rows. */
  double sumOfSquares(Tensor table, RowSet rows);

  /** {@link Backend#scale} of a table that is zero but for some rows. */
  void scale(Tensor table, RowSet rows, double factor);

  /** {@link Backend#adam} on some rows; the others are left as they are. */
  void adam(AdamState state, Tensor gradients, RowSet rows, double stepSize, double epsilon);

  /**
   * Makes up for steps that rows have missed because their gradient was zero: {@link Backend#adam}
   * with a gradient of zero, step by step.
   *
   * @param taken how many of the steps each row of the table has taken; set to all of them for the
   *     rows given
   */
  void adamIdle(AdamState state, RowSet rows, int[] taken, AdamSteps steps);
}
