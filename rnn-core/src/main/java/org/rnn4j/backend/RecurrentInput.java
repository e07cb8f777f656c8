package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.sequence.TokenGroups;
import org.rnn4j.tensor.Tensor;

/**
 * What a recurrent layer reads, and how. H is the width of its outputs.
 *
 * @param sequences the packed layout
 * @param reverse whether each sequence is read from its end to its start; outputs stay at the place
 *     of the token read
 * @param values the inputs, {@code [tokens, input]}, packed
 * @param initialHidden h before the first token read, {@code [batch, H]} in original order, or null
 *     for zeros
 * @param initialCell c before the first token read, {@code [batch, hidden]}, likewise; LSTM only
 * @param stateMasks what h₋₁ is multiplied by on its way into the recurrent product of each gate,
 *     {@code [batch, gates·H]} in original order, the same at all tokens of a sequence (recurrent
 *     dropout, Gal and Ghahramani 2016); or null for none. Where h₋₁ is carried over, as in a GRU's
 *     z∘h₋₁, it is not masked
 * @param truncation after how many tokens read the gradient's way back is cut: the states before
 *     the tokens read as number {@code truncation}, {@code 2·truncation}, … of a sequence, counted
 *     from 0, pass none on; 0 for never
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
    @Nullable Tensor stateMasks,
    int truncation,
    @Nullable TokenGroups groups,
    boolean forBackward) {
  /** Inputs of any origin, whose gradients may be wanted. */
  public RecurrentInput(
      Sequences sequences,
      boolean reverse,
      Tensor values,
      @Nullable Tensor initialHidden,
      @Nullable Tensor initialCell) {
    this(sequences, reverse, values, initialHidden, initialCell, null, 0, null, true);
  }

  /** Whether the gradient's way back ends at the state before a token that is read at a step. */
  boolean cutsBefore(int row, int step) {
    int read = reverse ? sequences.length(row) - 1 - step : step;
    return truncation > 0 && read > 0 && read % truncation == 0;
  }

  /**
   * Checks the inputs against the layer's weights.
   *
   * @param inputWeights W
   * @param recurrentWeights U, a row for each element of h
   * @param hidden the size of c
   */
  void check(Tensor inputWeights, Tensor recurrentWeights, int hidden) {
    int state = recurrentWeights.rows();
    requireShape("inputs of a recurrent layer", values, sequences.tokens(), inputWeights.rows());
    if (initialHidden != null) {
      requireShape("initial hidden state", initialHidden, sequences.batch(), state);
    }
    if (initialCell != null) {
      requireShape("initial cell state", initialCell, sequences.batch(), hidden);
    }
    if (stateMasks != null) {
      int gates = recurrentWeights.columns() / hidden;
      requireShape("masks of the state", stateMasks, sequences.batch(), gates * state);
    }
    if (truncation < 0) {
      throw new IllegalArgumentException("Expected truncation of 0 or more, got " + truncation);
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
