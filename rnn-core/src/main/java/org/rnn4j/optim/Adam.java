package org.rnn4j.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Kernels;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

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
 * α 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7, no decay. With {@link #weightDecay(double)} it is AdamW
 * (Loshchilov and Hutter 2019): {@code w = w − α·rate·w} before each step. Immutable.
 *
 * @param learningRate α, the size of a step
 * @param beta1 β₁, how slowly the mean of the gradients forgets
 * @param beta2 β₂, how slowly the mean of their squares forgets
 * @param epsilon ε
 * @param form where ε stands
 * @param weightDecay what is taken off weights before each step
 */
public record Adam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    Form form,
    WeightDecay weightDecay)
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
    Numbers.requirePositive("learningRate of Adam", learningRate);
    Numbers.requireShare("beta1 of Adam", beta1);
    Numbers.requireShare("beta2 of Adam", beta2);
    // A smaller one would be 0 in float32, and the step of a weight without gradient 0 / 0.
    Numbers.require(
        "epsilon of Adam",
        "at least 1e-30 and less than 1e30",
        epsilon,
        epsilon >= 1e-30 && epsilon < 1e30);
  }

  /** Adam without decay. */
  public Adam(double learningRate, double beta1, double beta2, double epsilon, Form form) {
    this(learningRate, beta1, beta2, epsilon, form, WeightDecay.none());
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
    return new Adam(learningRate, beta1, beta2, epsilon, form, weightDecay);
  }

  /** The same with another ε. */
  public Adam epsilon(double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon, form, weightDecay);
  }

  /** AdamW: the same with decay of weights, without biases and tables, for example by 0.01. */
  public Adam weightDecay(double rate) {
    return weightDecay(WeightDecay.of(rate));
  }

  /** AdamW: the same with decay of chosen weights. */
  public Adam weightDecay(WeightDecay decay) {
    return new Adam(learningRate, beta1, beta2, epsilon, form, decay);
  }

  @Override
  public Run start(Map<String, Parameter> parameters) {
    Tensor powers = Tensor.of(DType.FLOAT64, Shape.of(2), 1, 1); // β₁ᵗ and β₂ᵗ
    return new OptimizerRun(
        parameters,
        Rule::new,
        weightDecay,
        factor -> stepSize(powers, factor),
        Map.of("powers", powers));
  }

  private StepSize stepSize(Tensor powers, double factor) {
    powers.set(0, powers.get(0) * beta1);
    powers.set(1, powers.get(1) * beta2);
    double root = Math.sqrt(1 - powers.get(1));
    double rate = factor * learningRate;
    return new StepSize(
        rate, rate * root / (1 - powers.get(0)), form == Form.KERAS ? epsilon : epsilon * root);
  }

  private final class Rule implements UpdateRule {
    private final Tensor weights;
    private final Tensor firstMoments;
    private final Tensor secondMoments;

    Rule(Tensor weights) {
      this.weights = weights;
      this.firstMoments = Tensor.zeros(weights.type(), weights.shape());
      this.secondMoments = Tensor.zeros(weights.type(), weights.shape());
    }

    @Override
    public Tensor weights() {
      return weights;
    }

    @Override
    public void whole(Backend backend, Tensor gradients, StepSize step) {
      backend.adam(
          weights,
          gradients,
          firstMoments,
          secondMoments,
          beta1,
          beta2,
          step.size(),
          step.epsilon());
    }

    @Override
    public void some(Kernels kernels, float[] gradients, int offset, int n, StepSize step) {
      kernels.adam(
          weights.floats(),
          gradients,
          firstMoments.floats(),
          secondMoments.floats(),
          offset,
          n,
          beta1,
          beta2,
          (float) step.size(),
          (float) step.epsilon());
    }

    @Override
    public void idle(Kernels kernels, int offset, int n, StepLog steps, int from, int to) {
      kernels.adamIdle(
          weights.floats(),
          firstMoments.floats(),
          secondMoments.floats(),
          offset,
          n,
          beta1,
          beta2,
          steps.sizes(),
          steps.epsilons(),
          from,
          to);
    }

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      state.put("first_moments", firstMoments);
      state.put("second_moments", secondMoments);
      return state;
    }
  }
}
