package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * One run of a recurrent layer over a packed batch: the forward result, and what its backward
 * needs. The backward may be called once; it writes over what the forward kept.
 */
public interface RecurrentRun {
  /** h of every token, packed: {@code [tokens, hidden]}, of an LSTM with a projection narrower. */
  Tensor outputs();

  /**
   * c after the last token read, {@code [batch, hidden]} in original order; null for a layer
   * without cells.
   */
  @Nullable Tensor finalCells();

  /**
   * Backpropagation through time: adds the gradients asked for.
   *
   * @throws IllegalStateException if the run was asked to keep nothing for it
   */
  void backward(RecurrentGradients gradients);
}
