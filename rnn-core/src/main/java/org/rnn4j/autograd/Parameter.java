package org.rnn4j.autograd;

import org.rnn4j.tensor.Tensor;

/**
 * A trainable tensor of a layer. Its gradient is kept from batch to batch and added to by each
 * {@link Tape#backward}; whoever trains clears it with {@link #clearGradient} before the next.
 */
public final class Parameter extends Variable {
  private final String name;

  /**
   * A parameter.
   *
   * @param name unique within its layer, for example {@code input_weights}
   * @param value the initial value, which training overwrites in place
   * @param trainable whether gradients are computed; a frozen parameter keeps its value
   */
  public Parameter(String name, Tensor value, boolean trainable) {
    super(value, trainable);
    this.name = name;
  }

  /** The name within the layer. */
  public String name() {
    return name;
  }

  /** Sets the gradient to zero, where there is one. */
  public void clearGradient() {
    if (hasGradient()) {
      gradient().fill(0);
    }
  }
}
