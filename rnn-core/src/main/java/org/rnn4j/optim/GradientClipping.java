package org.rnn4j.optim;

import java.util.Collection;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.RowGradient;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.RowUpdates;

/**
 * Keeps gradients from exploding (Pascanu et al. 2013): where the norm over all parameters together
 * exceeds a limit, all gradients are scaled by {@code limit / (norm + 1e-6)}, as PyTorch does.
 */
public final class GradientClipping {
  private static final double GUARD = 1e-6;
  private static final GradientClipping NONE = new GradientClipping(Double.POSITIVE_INFINITY);

  private final double limit;

  private GradientClipping(double limit) {
    this.limit = limit;
  }

  /** No clipping. */
  public static GradientClipping none() {
    return NONE;
  }

  /**
   * Clipping by the global norm.
   *
   * @throws IllegalArgumentException if the limit is not a positive number
   */
  public static GradientClipping byGlobalNorm(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "Expected the limit of the gradients' norm to be more than 0, got " + limit);
    }
    return new GradientClipping(limit);
  }

  /** The norm over the gradients of all trainable parameters. */
  public static double globalNorm(Backend backend, Collection<Parameter> parameters) {
    double squares = 0;
    for (Parameter parameter : parameters) {
      if (parameter.isDifferentiable()) {
        RowGradient byRows = parameter.rowGradient();
        squares +=
            byRows != null && backend instanceof RowUpdates updates
                ? updates.sumOfSquares(byRows.values(), byRows.rows())
                : backend.sumOfSquares(parameter.gradient());
      }
    }
    return Math.sqrt(squares);
  }

  /** Scales the gradients where their norm, which the caller has computed, exceeds the limit. */
  public void apply(Backend backend, Collection<Parameter> parameters, double norm) {
    if (!(norm > limit)) {
      return;
    }
    double factor = limit / (norm + GUARD);
    for (Parameter parameter : parameters) {
      if (parameter.isDifferentiable()) {
        RowGradient byRows = parameter.rowGradient();
        if (byRows != null && backend instanceof RowUpdates updates) {
          updates.scale(byRows.values(), byRows.rows(), factor);
        } else {
          backend.scale(parameter.gradient(), factor);
        }
      }
    }
  }
}
