package org.rnn4j.autograd;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.RecurrentInput;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * What a recurrent operation reads, and how; the settings are those of {@link RecurrentInput}.
 *
 * <pre>{@code
 * Reading.of(sequences, x).reverse(true).from(h0, null)
 * }</pre>
 *
 * @param sequences the packed layout
 * @param values the inputs, {@code [tokens, input]}
 * @param reverse whether each sequence is read from its end to its start; outputs stay at the place
 *     of the token read
 * @param initialHidden h before the first token read, in original order, or null for zeros
 * @param initialCell c likewise; LSTM only
 * @param stateMasks recurrent dropout: what each gate multiplies h₋₁ by, or null for none
 * @param truncation after how many tokens read the gradient's way back is cut, 0 for never
 */
public record Reading(
    Sequences sequences,
    Variable values,
    boolean reverse,
    @Nullable Variable initialHidden,
    @Nullable Variable initialCell,
    @Nullable Tensor stateMasks,
    int truncation) {
  /** Each sequence from its first token to its last, from states of zero. */
  public static Reading of(Sequences sequences, Variable values) {
    return new Reading(sequences, values, false, null, null, null, 0);
  }

  /** The same in a direction. */
  public Reading reverse(boolean reverse) {
    return new Reading(
        sequences, values, reverse, initialHidden, initialCell, stateMasks, truncation);
  }

  /** The same from given states. */
  public Reading from(@Nullable Variable hidden, @Nullable Variable cell) {
    return new Reading(sequences, values, reverse, hidden, cell, stateMasks, truncation);
  }

  /** The same with recurrent dropout, or none. */
  public Reading stateMasks(@Nullable Tensor masks) {
    return new Reading(sequences, values, reverse, initialHidden, initialCell, masks, truncation);
  }

  /** The same with the gradient's way back cut. */
  public Reading truncation(int tokens) {
    return new Reading(sequences, values, reverse, initialHidden, initialCell, stateMasks, tokens);
  }

  RecurrentInput input(Pass pass) {
    return new RecurrentInput(
        sequences,
        reverse,
        values.value(),
        initialHidden == null ? null : initialHidden.value(),
        initialCell == null ? null : initialCell.value(),
        stateMasks,
        truncation,
        values.groups(),
        pass.isRecording());
  }
}
