package org.rnn4j.optim;

import java.util.Collection;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.RowGradient;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.RowUpdates;

/**
 * Keeps gradients from exploding, in one of three ways:
 *
 * <ul>
 *   <li>by global norm (Pascanu et al. 2013), the usual one: where the norm over all parameters
 *       together exceeds the limit, all gradients are scaled by {@code limit / (norm + 1e-6)},
 *       which keeps the direction of the step;
 *   <li>by norm: the same for each parameter on its own;
 *   <li>by value: each element is moved into {@code [−limit, limit]}.
 * </ul>
 *
 * <p>The 1e-6 is PyTorch's; Keras has none.
 */
public final class GradientClipping {
  private static final double GUARD = 1e-6;
  private static final GradientClipping NONE =
      new GradientClipping(Way.GLOBAL_NORM, Double.POSITIVE_INFINITY);

  private enum Way {
    VALUE,
    NORM,
    GLOBAL_NORM
  }

  private final Way way;
  private final double limit;

  private GradientClipping(Way way, double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "Expected the limit of the gradients' "
              + (way == Way.VALUE ? "values" : "norm")
              + " to be more than 0, got "
              + limit);
    }
    this.way = way;
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
    return new GradientClipping(Way.GLOBAL_NORM, limit);
  }

  /**
   * Clipping by each parameter's norm.
   *
   * @throws IllegalArgumentException if the limit is not a positive number
   */
  public static GradientClipping byNorm(double limit) {
    return new GradientClipping(Way.NORM, limit);
  }

  /**
   * Clipping by value.
   *
   * @throws IllegalArgumentException if the limit is not a positive number
   */
  public static GradientClipping byValue(double limit) {
    return new GradientClipping(Way.VALUE, limit);
  }

  /** The norm over the gradients of all trainable parameters. */
  public static double globalNorm(Backend backend, Collection<Parameter> parameters) {
    double squares = 0;
    for (Parameter parameter : parameters) {
      if (parameter.isDifferentiable()) {
        squares += sumOfSquares(backend, parameter);
      }
    }
    return Math.sqrt(squares);
  }

  /**
   * Clips the gradients.
   *
   * @param norm their {@link #globalNorm}
   */
  public void apply(Backend backend, Collection<Parameter> parameters, double norm) {
    if (!(norm > limit)) {
      return; // nor does any element or any parameter's norm exceed it
    }
    for (Parameter parameter : parameters) {
      if (parameter.isDifferentiable()) {
        switch (way) {
          case GLOBAL_NORM -> scale(backend, parameter, limit / (norm + GUARD));
          case NORM -> {
            double own = Math.sqrt(sumOfSquares(backend, parameter));
            if (own > limit) {
              scale(backend, parameter, limit / (own + GUARD));
            }
          }
          case VALUE -> clamp(backend, parameter);
        }
      }
    }
  }

  private static double sumOfSquares(Backend backend, Parameter parameter) {
    RowGradient byRows = parameter.rowGradient();
    return byRows != null && backend instanceof RowUpdates updates
        ? updates.sumOfSquares(byRows.values(), byRows.rows())
        : backend.sumOfSquares(parameter.gradient());
  }

  private static void scale(Backend backend, Parameter parameter, double factor) {
    RowGradient byRows = parameter.rowGradient();
    if (byRows != null && backend instanceof RowUpdates updates) {
      updates.scale(byRows.values(), byRows.rows(), factor);
    } else {
      backend.scale(parameter.gradient(), factor);
    }
  }

  private void clamp(Backend backend, Parameter parameter) {
    RowGradient byRows = parameter.rowGradient();
    if (byRows != null && backend instanceof RowUpdates updates) {
      updates.clamp(byRows.values(), byRows.rows(), limit);
    } else {
      backend.clamp(parameter.gradient(), limit);
    }
  }

  @Override
  public String toString() {
    return this == NONE ? "none" : "by " + way + " " + limit;
  }
}
