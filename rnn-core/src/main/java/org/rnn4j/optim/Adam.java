package org.rnn4j.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;

/**
 * Adam (Kingma and Ba 2015). At step t, element by element:
 *
 * <pre>
 *   m = β₁·m + (1 − β₁)·g        v = β₂·v + (1 − β₂)·g²
 *   Keras:    w = w − α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε)
 *   PyTorch:  w = w − α/(1 − β₁ᵗ) · m / (√(v/(1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>The two differ in where ε stands, which matters only for tiny gradients. Defaults are Keras':
 * α 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7. Immutable.
 *
 * @param learningRate α, the size of a step
 * @param beta1 β₁, how slowly the mean of the gradients forgets
 * @param beta2 β₂, how slowly the mean of their squares forgets
 * @param epsilon ε
 * @param form where ε stands
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, Form form)
    implements Optimizer {

  /** Where ε stands. */
  public enum Form {
    /** Beside the square root of the raw second moment. */
    KERAS,
    /** Beside the square root of the corrected second moment. */
    PYTORCH
  }

  /**
   * Checks every number.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public Adam {
    require(
        "learningRate",
        "more than 0 and less than 1e30",
        learningRate,
        learningRate > 0 && learningRate < 1e30);
    require("beta1", "at least 0 and less than 1", beta1, beta1 >= 0 && beta1 < 1);
    require("beta2", "at least 0 and less than 1", beta2, beta2 >= 0 && beta2 < 1);
    // A smaller one would be 0 in float32, and the step of a weight without gradient 0 / 0.
    require(
        "epsilon",
        "at least 1e-30 and less than 1e30",
        epsilon,
        epsilon >= 1e-30 && epsilon < 1e30);
  }

  private static void require(String name, String expected, double value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Expected " + name + " of Adam to be " + expected + ", got " + value);
    }
  }

  /** Keras' defaults. */
  public static Adam withDefaults() {
    return new Adam(1e-3, 0.9, 0.999, 1e-7, Form.KERAS);
  }

  /** PyTorch's defaults and form: ε 1e-8. */
  public static Adam asPyTorch() {
    return new Adam(1e-3, 0.9, 0.999, 1e-8, Form.PYTORCH);
  }

  /** The same with another learning rate. */
  public Adam learningRate(double learningRate) {
    return new Adam(learningRate, beta1, beta2, epsilon, form);
  }

  /** The same with another ε. */
  public Adam epsilon(double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon, form);
  }

  @Override
  public Run start(Collection<Parameter> parameters) {
    List<AdamParameter> trained = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (parameter.isDifferentiable()) {
        trained.add(new AdamParameter(parameter, beta1, beta2));
      }
    }
    return new AdamRun(trained);
  }

  private final class AdamRun implements Run {
    private final List<AdamParameter> trained;
    private double decay1 = 1;
    private double decay2 = 1;

    AdamRun(List<AdamParameter> trained) {
      this.trained = trained;
    }

    @Override
    public void step(Backend backend, double factor) {
      decay1 *= beta1;
      decay2 *= beta2;
      double root = Math.sqrt(1 - decay2);
      double stepSize = factor * learningRate * root / (1 - decay1);
      double shift = form == Form.KERAS ? epsilon : epsilon * root;
      for (AdamParameter own : trained) {
        own.step(backend, stepSize, shift);
      }
    }

    @Override
    public void finish() {
      trained.forEach(AdamParameter::finish);
    }
  }
}
