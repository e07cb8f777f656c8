package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The weights of an LSTM layer, gates side by side in the order {@code i | f | g | o}:
 *
 * <pre>
 *   z = x·W + h₋₁·U + b           i = σ(z_i + p_i∘c₋₁)   f = σ(z_f + p_f∘c₋₁)   g = tanh(z_g)
 *   c = f∘c₋₁ + i∘g               o = σ(z_o + p_o∘c)     h = o∘tanh(c)
 * </pre>
 *
 * <p>(Hochreiter and Schmidhuber 1997; forget gate Gers et al. 2000.) Forward and backward are
 * derived in docs/derivations/lstm.md.
 *
 * @param input W, {@code [input, 4·hidden]}
 * @param recurrent U, {@code [hidden, 4·hidden]}
 * @param bias b, {@code [4·hidden]}
 * @param peepholes {@code p_i | p_f | p_o}, {@code [3·hidden]}, or null for none (Gers and
 *     Schmidhuber 2000)
 */
public record LstmWeights(Tensor input, Tensor recurrent, Tensor bias, @Nullable Tensor peepholes) {
  /**
   * Checks the shapes against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public LstmWeights {
    int hidden = recurrent.rows();
    RecurrentInput.requireShape("LSTM input weights", input, input.rows(), 4 * hidden);
    RecurrentInput.requireShape("LSTM recurrent weights", recurrent, hidden, 4 * hidden);
    RecurrentInput.requireShape("LSTM bias", bias, 1, 4 * hidden);
    if (peepholes != null) {
      RecurrentInput.requireShape("LSTM peepholes", peepholes, 1, 3 * hidden);
    }
  }

  /** The size of the state. */
  public int hidden() {
    return recurrent.rows();
  }
}
