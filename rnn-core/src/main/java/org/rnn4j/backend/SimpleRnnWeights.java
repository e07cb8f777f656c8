package org.rnn4j.backend;

import org.rnn4j.tensor.Tensor;

/**
 * The weights of a simple recurrent layer (Elman 1990), {@code h = tanh(x·W + h₋₁·U + b)}. Forward
 * and backward are derived in docs/derivations/simple-rnn.md.
 *
 * @param input W, {@code [input, hidden]}
 * @param recurrent U, {@code [hidden, hidden]}
 * @param bias b, {@code [hidden]}
 */
public record SimpleRnnWeights(Tensor input, Tensor recurrent, Tensor bias) {
  /**
   * Checks the shapes against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public SimpleRnnWeights {
    int hidden = recurrent.rows();
    RecurrentInput.requireShape("simple RNN input weights", input, input.rows(), hidden);
    RecurrentInput.requireShape("simple RNN recurrent weights", recurrent, hidden, hidden);
    RecurrentInput.requireShape("simple RNN bias", bias, 1, hidden);
  }

  /** The size of the state. */
  public int hidden() {
    return recurrent.rows();
  }
}
