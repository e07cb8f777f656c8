package org.rnn4j.autograd;

import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.TokenGroups;
import org.rnn4j.tensor.Tensor;

/**
 * A tensor that takes part in a computation, with the gradient of the loss with respect to it once
 * {@link Tape#backward} has run.
 */
public class Variable {
  private final Tensor value;
  private final boolean differentiable;
  private @Nullable Tensor gradient;
  private @Nullable TokenGroups groups;

  Variable(Tensor value, boolean differentiable) {
    this.value = value;
    this.differentiable = differentiable;
  }

  /**
   * A leaf that gradients are wanted for, such as an input under test. Its gradient starts at zero,
   * has storage of its own, and is added to by each {@link Tape#backward}.
   */
  public static Variable differentiable(Tensor value) {
    Variable leaf = new Variable(value, true);
    leaf.gradient(Tensor.zeros(value.type(), value.shape()));
    return leaf;
  }

  /** A leaf without a gradient. */
  public static Variable constant(Tensor value) {
    return new Variable(value, false);
  }

  /** The value. */
  public Tensor value() {
    return value;
  }

  /**
   * Whether gradients flow here: for an operation's result, whether they flow to any of its inputs.
   */
  public boolean isDifferentiable() {
    return differentiable;
  }

  /**
   * ∂L/∂value, of the value's shape, zero where the loss does not depend on it. That of an
   * operation's result lives in the pass's workspace, until the workspace is reset.
   *
   * @throws IllegalStateException if the variable is a constant
   */
  public Tensor gradient() {
    if (!differentiable) {
      throw new IllegalStateException("A constant of shape " + value.shape() + " has no gradient");
    }
    if (gradient == null) {
      gradient = Tensor.zeros(value.type(), value.shape());
    }
    return gradient;
  }

  /** Tokens that were given the same row of a table; null for a variable of another origin. */
  final @Nullable TokenGroups groups() {
    return groups;
  }

  /** Says which rows are the same. */
  final void groups(@Nullable TokenGroups sameRows) {
    groups = sameRows;
  }

  /** Whether any gradient has arrived. */
  final boolean hasGradient() {
    return gradient != null;
  }

  /** Gives the storage for the gradient, zeroed. */
  final void gradient(Tensor zeros) {
    gradient = zeros;
  }
}
