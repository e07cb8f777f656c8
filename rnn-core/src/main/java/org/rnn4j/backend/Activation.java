package org.rnn4j.backend;

/** A function applied to every element, or, for {@link #SOFTMAX}, to every row. */
public enum Activation {
  /** {@code y = x}. */
  LINEAR,
  /** {@code y = max(x, 0)}. */
  RELU,
  /** {@code y = tanh(x)}. */
  TANH,
  /** {@code y = 1 / (1 + exp(−x))}. */
  SIGMOID,
  /** {@code y_j = exp(x_j) / Σ_k exp(x_k)} over each row. */
  SOFTMAX
}
