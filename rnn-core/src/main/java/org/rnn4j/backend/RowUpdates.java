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

  /** {@link Backend#clamp} of a table that is zero but for some rows. */
  void clamp(Tensor table, RowSet rows, double limit);

  /** What is done with one row, by the kernels given. */
  @FunctionalInterface
  interface RowWork {
    /** Changes one row, and no other. */
    void run(Kernels kernels, int row);
  }

  /**
   * Does some work on each of some rows, which threads may share: a step of an optimiser, or the
   * steps that a row has missed.
   *
   * @param width elements a row
   */
  void each(RowSet rows, int width, RowWork work);
}
