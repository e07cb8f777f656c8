package org.rnn4j.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.tensor.Tensor;

/** The run of an optimiser that has a rule for each parameter, in step with each other. */
final class OptimizerRun implements Optimizer.Run {
  private final Map<String, UpdatedParameter> trained = new LinkedHashMap<>();
  private final DoubleFunction<StepSize> stepSizes;
  private final Map<String, Tensor> shared;

  /**
   * A run.
   *
   * @param rules the rule of a parameter, from its weights
   * @param decay of weights
   * @param stepSizes the size of the next step, from the schedule's factor
   * @param shared what the sizes are computed from and changes from step to step, by name
   */
  OptimizerRun(
      Map<String, Parameter> parameters,
      Function<Tensor, UpdateRule> rules,
      WeightDecay decay,
      DoubleFunction<StepSize> stepSizes,
      Map<String, Tensor> shared) {
    decay.on().requireSome(parameters, "weight decay", decay.rate() > 0);
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.isDifferentiable()) {
            double rate = decay.on().includes(name, parameter) ? decay.rate() : 0;
            trained.put(
                name, new UpdatedParameter(parameter, rules.apply(parameter.value()), rate));
          }
        });
    this.stepSizes = stepSizes;
    this.shared = shared;
  }

  @Override
  public void step(Backend backend, double factor) {
    StepSize size = stepSizes.apply(factor);
    trained.values().forEach(own -> own.step(backend, size));
  }

  @Override
  public void finish() {
    trained.values().forEach(UpdatedParameter::finish);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(shared);
    trained.forEach(
        (name, own) ->
            own.settled().state().forEach((what, tensor) -> state.put(what + "/" + name, tensor)));
    return state;
  }
}
