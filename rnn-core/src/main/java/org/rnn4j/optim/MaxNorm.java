package org.rnn4j.optim;

import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.tensor.Tensor;

/**
 * A limit on weights (Srivastava et al. 2014): after each step, where the norm of the weights that
 * lead into a unit, a column of a matrix, exceeds the limit, they are scaled by {@code limit /
 * (norm + 1e-7)}, as PyTorch's {@code renorm}. Of a table the norm of each row is limited, of a
 * bias the norm of all. On a table it makes every step one of all rows.
 *
 * @param limit the greatest norm, for example 3; infinite for none
 * @param on of which parameters; {@link ParameterSelection#weights} unless told
 */
public record MaxNorm(double limit, ParameterSelection on) {
  private static final double GUARD = 1e-7;
  private static final MaxNorm NONE =
      new MaxNorm(Double.POSITIVE_INFINITY, ParameterSelection.weights());

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not more than 0
   */
  public MaxNorm {
    Numbers.require("the limit of weights' norms", "more than 0", limit, limit > 0);
  }

  /** No limit. */
  public static MaxNorm none() {
    return NONE;
  }

  /** A limit on weights, without biases and tables. */
  public static MaxNorm of(double limit) {
    return new MaxNorm(limit, ParameterSelection.weights());
  }

  /** The same on other parameters. */
  public MaxNorm on(ParameterSelection parameters) {
    return new MaxNorm(limit, parameters);
  }

  private boolean isWanted() {
    return limit < Double.POSITIVE_INFINITY;
  }

  /**
   * Checks that there is something to limit.
   *
   * @throws IllegalArgumentException if no trainable parameter is selected
   */
  public void check(Map<String, Parameter> parameters) {
    on.requireSome(parameters, "a limit of norms", isWanted());
  }

  /** Scales weights down. */
  public void apply(Map<String, Parameter> parameters) {
    if (isWanted()) {
      parameters.forEach(
          (name, parameter) -> {
            if (parameter.isDifferentiable() && on.includes(name, parameter)) {
              limit(name, parameter.value());
            }
          });
    }
  }

  private void limit(String name, Tensor weights) {
    int rows = weights.rows();
    int columns = weights.columns();
    boolean byRows = ParameterSelection.isTable(name) || weights.shape().dimensions().length < 2;
    for (int i = 0; i < (byRows ? rows : columns); i++) {
      int start = byRows ? i * columns : i;
      limit(weights, start, byRows ? 1 : columns, byRows ? columns : rows);
    }
  }

  private void limit(Tensor weights, int start, int stride, int count) {
    double squares = 0;
    for (int i = 0, at = start; i < count; i++, at += stride) {
      squares += weights.get(at) * weights.get(at);
    }
    double norm = Math.sqrt(squares);
    if (norm > limit) {
      double factor = limit / (norm + GUARD);
      for (int i = 0, at = start; i < count; i++, at += stride) {
        weights.set(at, weights.get(at) * factor);
      }
    }
  }
}
