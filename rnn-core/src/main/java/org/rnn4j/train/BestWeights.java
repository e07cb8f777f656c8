package org.rnn4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.tensor.Tensor;

/** A copy of the trainable weights as they were when they were best. */
final class BestWeights {
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  private record Kept(Parameter parameter, Tensor copy) {}

  BestWeights(Map<String, Parameter> parameters) {
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.isDifferentiable()) {
            kept.put(name, new Kept(parameter, parameter.value().copy()));
          }
        });
  }

  /** Keeps the weights as they are. */
  void keep() {
    kept.values().forEach(own -> own.copy.assign(own.parameter.value()));
  }

  /** Puts the weights back as they were when they were kept. */
  void restore() {
    kept.values().forEach(own -> own.parameter.value().assign(own.copy));
  }

  /** The copies, by the parameters' names. */
  Map<String, Tensor> copies() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    kept.forEach((name, own) -> copies.put(name, own.copy));
    return copies;
  }
}
