package org.rnn4j.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Kernels;
import org.rnn4j.tensor.Tensor;

/**
 * RMSprop (Tieleman and Hinton 2012), element by element:
 *
 * <pre>
 *   v = decay·v + (1 − decay)·g²
 *   u = momentum·u + g / (√v + ε)
 *   w = w − α·u
 * </pre>
 *
 * <p>ε stands beside the root, as in PyTorch; in Keras 3 it stands under it, {@code √(v + ε)}, so
 * that Keras' 1e-7 is as much as 3e-4 here where gradients vanish. Immutable.
 *
 * @param learningRate α, the size of a step
 * @param decay how slowly the mean of the squares forgets
 * @param momentum how slowly earlier steps are forgotten; 0 for none
 * @param epsilon ε
 */
public record RmsProp(double learningRate, double decay, double momentum, double epsilon)
    implements Optimizer {
  /**
   * Checks every number.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public RmsProp {
    Numbers.requirePositive("learningRate of RmsProp", learningRate);
    Numbers.requireShare("decay of RmsProp", decay);
    Numbers.requireShare("momentum of RmsProp", momentum);
    // A smaller one would be 0 in float32, and the step of a weight without gradient 0 / 0.
    Numbers.require(
        "epsilon of RmsProp",
        "at least 1e-30 and less than 1e30",
        epsilon,
        epsilon >= 1e-30 && epsilon < 1e30);
  }

  /** A rate of 0.001, decay 0.9, no momentum, ε 1e-7: Keras' numbers. */
  public static RmsProp withDefaults() {
    return new RmsProp(1e-3, 0.9, 0, 1e-7);
  }

  /** The same with another learning rate. */
  public RmsProp learningRate(double learningRate) {
    return new RmsProp(learningRate, decay, momentum, epsilon);
  }

  /** The same with another decay of the mean of squares. */
  public RmsProp decay(double decay) {
    return new RmsProp(learningRate, decay, momentum, epsilon);
  }

  /** The same with another momentum. */
  public RmsProp momentum(double momentum) {
    return new RmsProp(learningRate, decay, momentum, epsilon);
  }

  /** The same with another ε. */
  public RmsProp epsilon(double epsilon) {
    return new RmsProp(learningRate, decay, momentum, epsilon);
  }

  @Override
  public Run start(Map<String, Parameter> parameters) {
    return new OptimizerRun(
        parameters,
        Rule::new,
        WeightDecay.none(),
        factor -> new StepSize(factor * learningRate, factor * learningRate, epsilon),
        Map.of());
  }

  private final class Rule implements UpdateRule {
    private final Tensor weights;
    private final Tensor squares;
    private final @Nullable Tensor velocities;

    Rule(Tensor weights) {
      this.weights = weights;
      this.squares = Tensor.zeros(weights.type(), weights.shape());
      this.velocities = momentum == 0 ? null : Tensor.zeros(weights.type(), weights.shape());
    }

    @Override
    public Tensor weights() {
      return weights;
    }

    @Override
    public void whole(Backend backend, Tensor gradients, StepSize step) {
      backend.rmsProp(
          weights, gradients, squares, velocities, decay, momentum, step.size(), step.epsilon());
    }

    @Override
    public void some(Kernels kernels, float[] gradients, int offset, int n, StepSize step) {
      step(kernels, gradients, offset, n, (float) step.size());
    }

    @Override
    public void idle(Kernels kernels, int offset, int n, StepLog steps, int from, int to) {
      for (int step = from; step < to && changes(offset, n); step++) {
        step(kernels, null, offset, n, steps.sizes()[step]);
      }
    }

    /** Whether a step without a gradient still changes anything of the row. */
    private boolean changes(int offset, int n) {
      for (int j = offset; j < offset + n; j++) {
        if (squares.floats()[j] != 0 || (velocities != null && velocities.floats()[j] != 0)) {
          return true;
        }
      }
      return false;
    }

    private void step(
        Kernels kernels, float @Nullable [] gradients, int offset, int n, float size) {
      kernels.rmsProp(
          weights.floats(),
          gradients,
          squares.floats(),
          velocities == null ? null : velocities.floats(),
          offset,
          n,
          decay,
          (float) momentum,
          size,
          (float) epsilon);
    }

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      state.put("squares", squares);
      if (velocities != null) {
        state.put("velocities", velocities);
      }
      return state;
    }
  }
}
