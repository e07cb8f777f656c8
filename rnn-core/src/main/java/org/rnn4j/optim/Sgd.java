package org.rnn4j.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Kernels;
import org.rnn4j.tensor.Tensor;

/**
 * Gradient descent on batches, with or without momentum, element by element:
 *
 * <pre>
 *   u = momentum·u + g
 *   plain:      w = w − α·u
 *   Nesterov:   w = w − α·(g + momentum·u)
 * </pre>
 *
 * <p>This is PyTorch's form. Keras keeps {@code −α·u}: the same while α stays, while after a change
 * of α it goes on with the old one for earlier gradients. Immutable.
 *
 * @param learningRate α, the size of a step
 * @param momentum how slowly earlier gradients are forgotten; 0 for none
 * @param nesterov whether the step looks ahead (Sutskever et al. 2013)
 */
public record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the rate is not positive, the momentum not in [0, 1), or
   *     Nesterov's momentum asked for without any
   */
  public Sgd {
    Numbers.requirePositive("learningRate of Sgd", learningRate);
    Numbers.requireShare("momentum of Sgd", momentum);
    if (nesterov) {
      Numbers.require("momentum of Nesterov's kind", "more than 0", momentum, momentum > 0);
    }
  }

  /** A rate of 0.01 without momentum, as in Keras. */
  public static Sgd withDefaults() {
    return new Sgd(0.01, 0, false);
  }

  /** The same with another learning rate. */
  public Sgd learningRate(double learningRate) {
    return new Sgd(learningRate, momentum, nesterov);
  }

  /** The same with another momentum, for example 0.9. */
  public Sgd momentum(double momentum) {
    return new Sgd(learningRate, momentum, nesterov);
  }

  /** The same with Nesterov's momentum. */
  public Sgd nesterov(double momentum) {
    return new Sgd(learningRate, momentum, true);
  }

  @Override
  public Run start(Map<String, Parameter> parameters) {
    return new OptimizerRun(
        parameters,
        Rule::new,
        WeightDecay.none(),
        factor -> new StepSize(factor * learningRate, factor * learningRate, 0),
        Map.of());
  }

  private final class Rule implements UpdateRule {
    private final Tensor weights;
    private final @Nullable Tensor velocities;

    Rule(Tensor weights) {
      this.weights = weights;
      this.velocities = momentum == 0 ? null : Tensor.zeros(weights.type(), weights.shape());
    }

    @Override
    public Tensor weights() {
      return weights;
    }

    @Override
    public void whole(Backend backend, Tensor gradients, StepSize step) {
      backend.sgd(weights, gradients, velocities, momentum, nesterov, step.size());
    }

    @Override
    public void some(Kernels kernels, float[] gradients, int offset, int n, StepSize step) {
      step(kernels, gradients, offset, n, (float) step.size());
    }

    @Override
    public void idle(Kernels kernels, int offset, int n, StepLog steps, int from, int to) {
      for (int step = from; step < to && moves(offset, n); step++) {
        step(kernels, null, offset, n, steps.sizes()[step]);
      }
    }

    /** Whether the row still moves without a gradient. */
    private boolean moves(int offset, int n) {
      for (int j = offset; j < offset + n && velocities != null; j++) {
        if (velocities.floats()[j] != 0) {
          return true;
        }
      }
      return false;
    }

    private void step(
        Kernels kernels, float @Nullable [] gradients, int offset, int n, float size) {
      float @Nullable [] u = velocities == null ? null : velocities.floats();
      kernels.sgd(weights.floats(), gradients, u, offset, n, (float) momentum, nesterov, size);
    }

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      if (velocities != null) {
        state.put("velocities", velocities);
      }
      return state;
    }
  }
}
