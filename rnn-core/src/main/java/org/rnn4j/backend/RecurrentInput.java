package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
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
 */
public record RecurrentInput(
    Sequences sequences,
    boolean reverse,
    Tensor values,
    @Nullable Tensor initialHidden,
    @Nullable Tensor initialCell) {

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

  static void requireShape(String what, Tensor tensor, int rows, int columns) {
    if (tensor.rows() != rows || tensor.columns() != columns) {
      throw new IllegalArgumentException(
          "Expected " + what + " of " + rows + " x " + columns + ", got " + tensor.shape());
    }
  }
}
