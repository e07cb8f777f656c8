package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.sequence.TokenGroups;
import org.rnn4j.tensor.Tensor;

/**
 * What a recurrent layer reads.
 *
 * @param sequences the packed layout
 * @param reverse whether each sequence is read from its end to its start; outputs stay at the place
 *     of the token read
 * @param values the inputs, {@code [tokens, input]}, packed
 * @param initialHidden h before the first token read, {@code [batch, hidden]} in original order, or
 *     null for zeros
 * @param initialCell c before the first token read, likewise; LSTM only
 * @param groups tokens whose inputs are the same row, where they come from a table, or null; then
 *     the gradient of a row may be given to any of its tokens, for all of them
 * @param forBackward whether the run's backward may be wanted; if not, nothing is kept for it
 */
public record RecurrentInput(
    Sequences sequences,
    boolean reverse,
    Tensor values,
    @Nullable Tensor initialHidden,
    @Nullable Tensor initialCell,
    @Nullable TokenGroups groups,
    boolean forBackward) {
  /** Inputs of any origin, whose gradients may be wanted. */
  public RecurrentInput(
      Sequences sequences,
      boolean reverse,
      Tensor values,
      @Nullable Tensor initialHidden,
      @Nullable Tensor initialCell) {
    this(sequences, reverse, values, initialHidden, initialCell, null, true);
  }

  /** Checks the inputs against the layer's weights, whose first is W. */
  void check(Tensor inputWeights, int hidden) {
    requireShape("inputs of a recurrent layer", values, sequences.tokens(), inputWeights.rows());
    if (initialHidden != null) {
      requireShape("initial hidden state", initialHidden, sequences.batch(), hidden);
    }
    if (initialCell != null) {
      requireShape("initial cell state", initialCell, sequences.batch(), hidden);
    }
  }

  /** Checks that a backward was announced. */
  void requireForBackward() {
    if (!forBackward) {
      throw new IllegalStateException(
          "Expected a run that keeps what its backward needs, got one for inference");
    }
  }

  static void requireShape(String what, Tensor tensor, int rows, int columns) {
    if (tensor.rows() != rows || tensor.columns() != columns) {
      throw new IllegalArgumentException(
          "Expected " + what + " of " + rows + " x " + columns + ", got " + tensor.shape());
    }
  }
}
