package org.rnn4j.layer;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The states of a recurrent layer between two tokens of each text of a batch: values, through which
 * no gradient flows.
 *
 * @param hidden h, {@code [batch, outputs]}, in the caller's order
 * @param cell c of an LSTM, {@code [batch, hidden]}; null for other layers
 */
public record RecurrentState(Tensor hidden, @Nullable Tensor cell) {}
