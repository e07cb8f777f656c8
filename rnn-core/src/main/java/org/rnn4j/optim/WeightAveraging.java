package org.rnn4j.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * An exponential moving average of the weights over the steps of a training (Polyak and Juditsky
 * 1992), without a bias to the first weights, as Adam's moments (Kingma and Ba 2015). After step t,
 * counted from 1:
 *
 * <pre>
 *   a = a + (1 − decay) / (1 − decayᵗ) · (w − a)
 * </pre>
 *
 * <p>so that the weights after step s count as decayᵗ⁻ˢ: the average spans about {@code 1 / (1 −
 * decay)} steps, or all of them while there are fewer. It is what is validated and what a training
 * leaves; the steps themselves go on from the weights as they are.
 */
public final class WeightAveraging {
  private static final WeightAveraging NONE = new WeightAveraging(0);

  private final double decay;

  private WeightAveraging(double decay) {
    this.decay = decay;
  }

  /** No averaging: a training leaves the weights after its last step. */
  public static WeightAveraging none() {
    return NONE;
  }

  /**
   * An exponential moving average.
   *
   * @param decay how slowly it forgets, more than 0 and less than 1, for example 0.999
   * @throws IllegalArgumentException if the decay is out of range
   */
  public static WeightAveraging exponential(double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "Expected decay of weight averaging to be more than 0 and less than 1, got " + decay);
    }
    return new WeightAveraging(decay);
  }

  /**
   * Starts a run over parameters, frozen ones passed over.
   *
   * @param parameters by full name, such as {@code gru_2.input_weights}
   */
  public Run start(Map<String, Parameter> parameters) {
    return new Run(decay, parameters);
  }

  @Override
  public String toString() {
    return decay == 0 ? "none" : "exponential " + decay;
  }

  /**
   * The averages of one training. Where an optimiser puts updates of rows off, so does the average,
   * and both are made up for together.
   */
  public static final class Run {
    private final double decay;
    private final Map<String, Average> averages = new LinkedHashMap<>();

    /** The decay to the power of the steps taken. */
    private final Tensor remaining = Tensor.of(DType.FLOAT64, Shape.of(1), 1);

    private record Average(Parameter parameter, Tensor average) {}

    private Run(double decay, Map<String, Parameter> parameters) {
      this.decay = decay;
      parameters.forEach(
          (name, parameter) -> {
            if (decay > 0 && parameter.isDifferentiable()) {
              averages.put(name, new Average(parameter, parameter.value().copy()));
            }
          });
    }

    /** Takes in the weights after a step; to be called after each. */
    public void update(Backend backend) {
      remaining.set(0, remaining.get(0) * decay);
      double share = (1 - decay) / (1 - remaining.get(0));
      for (Average own : averages.values()) {
        if (own.parameter.deferred() instanceof LazyRows rows) {
          rows.follow(backend, own.average, share);
        } else {
          backend.blend(own.average, own.parameter.value(), share);
        }
      }
    }

    /**
     * Puts the averages in the place of the weights, and the weights in the place of the averages.
     */
    public void swap() {
      for (Average own : averages.values()) {
        Tensor weights = own.parameter.value().copy();
        own.parameter.value().assign(own.average);
        own.average.assign(weights);
      }
    }

    /** The averages and what the next one depends on, as {@link Optimizer.Run#state}. */
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      averages.forEach(
          (name, own) -> {
            own.parameter.value(); // settles the average too
            state.put("averages/" + name, own.average);
          });
      if (!averages.isEmpty()) {
        state.put("remaining", remaining);
      }
      return state;
    }
  }
}
