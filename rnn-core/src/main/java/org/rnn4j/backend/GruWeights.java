package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The weights of a GRU layer, gates side by side in the order {@code z | r | n}:
 *
 * <pre>
 *   z = σ(x·Wz + bz + h₋₁·Uz + cz)      r = σ(x·Wr + br + h₋₁·Ur + cr)      h = z∘h₋₁ + (1 − z)∘n
 *   reset after:  n = tanh(x·Wn + bn + r∘(h₋₁·Un + cn))
 *   reset before: n = tanh(x·Wn + bn + (r∘h₋₁)·Un), and no c
 * </pre>
 *
 * <p>Forward and backward are derived in docs/derivations/gru.md.
 *
 * @param input W, {@code [input, 3·hidden]}
 * @param recurrent U, {@code [hidden, 3·hidden]}
 * @param bias b, {@code [3·hidden]}
 * @param recurrentBias c, {@code [3·hidden]}, added to the recurrent product; present exactly when
 *     the reset gate is applied after that product (Keras' {@code reset_after}, PyTorch), absent
 *     for the form of Cho et al. 2014
 */
public record GruWeights(
    Tensor input, Tensor recurrent, Tensor bias, @Nullable Tensor recurrentBias) {
  /**
   * Checks the shapes against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public GruWeights {
    int hidden = recurrent.rows();
    RecurrentInput.requireShape("GRU input weights", input, input.rows(), 3 * hidden);
    RecurrentInput.requireShape("GRU recurrent weights", recurrent, hidden, 3 * hidden);
    RecurrentInput.requireShape("GRU bias", bias, 1, 3 * hidden);
    if (recurrentBias != null) {
      RecurrentInput.requireShape("GRU recurrent bias", recurrentBias, 1, 3 * hidden);
    }
  }

  /** The size of the state. */
  public int hidden() {
    return recurrent.rows();
  }

  /** Whether the reset gate is applied after the recurrent product. */
  public boolean resetAfter() {
    return recurrentBias != null;
  }
}
