package org.rnn4j.optim;

import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;

/**
 * L2 regularisation: the loss that is made small has {@code factor/2·Σw²} added, so each gradient
 * {@code factor·w}. This is PyTorch's {@code weight_decay} of optimisers other than AdamW, and
 * twice that of Keras' {@code l2}, which leaves out the half. It comes before clipping; the loss
 * that is reported is without it. On a table it makes every step one of all rows.
 *
 * @param factor how much, for example 1e-4; 0 for none
 * @param on of which parameters; {@link ParameterSelection#weights} unless told
 */
public record L2(double factor, ParameterSelection on) {
  private static final L2 NONE = new L2(0, ParameterSelection.weights());

  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public L2 {
    Numbers.require(
        "the factor of L2 regularisation",
        "at least 0 and less than 1e30",
        factor,
        factor >= 0 && factor < 1e30);
  }

  /** No regularisation. */
  public static L2 none() {
    return NONE;
  }

  /** Regularisation of weights, without biases and tables. */
  public static L2 of(double factor) {
    return new L2(factor, ParameterSelection.weights());
  }

  /** The same on other parameters. */
  public L2 on(ParameterSelection parameters) {
    return new L2(factor, parameters);
  }

  /**
   * Checks that there is something to regularise.
   *
   * @throws IllegalArgumentException if no trainable parameter is selected
   */
  public void check(Map<String, Parameter> parameters) {
    on.requireSome(parameters, "L2 regularisation", factor > 0);
  }

  /** Adds to the gradients. */
  public void apply(Backend backend, Map<String, Parameter> parameters) {
    if (factor > 0) {
      parameters.forEach(
          (name, parameter) -> {
            if (parameter.isDifferentiable() && on.includes(name, parameter)) {
              backend.addScaled(parameter.gradient(), parameter.value(), factor);
            }
          });
    }
  }
}
