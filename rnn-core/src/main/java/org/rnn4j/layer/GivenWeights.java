package org.rnn4j.layer;

import java.util.HashMap;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** Tensors by full name, each handed out once and not copied. */
final class GivenWeights {
  private final DType type;
  private final Map<String, Tensor> unused;

  GivenWeights(DType type, Map<String, Tensor> tensors) {
    this.type = type;
    this.unused = new HashMap<>(tensors);
  }

  /** The parameters of one layer. */
  Weights of(String layer) {
    return (name, trainable, initializer, dimensions) ->
        new Parameter(name, take(layer + "." + name, Shape.of(dimensions)), trainable);
  }

  private Tensor take(String name, Shape shape) {
    Tensor tensor = unused.remove(name);
    if (tensor == null || tensor.type() != type || !tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Expected the tensor "
              + name
              + " of "
              + type
              + " "
              + shape
              + ", got "
              + (tensor == null ? "none" : tensor.type() + " " + tensor.shape()));
    }
    return tensor;
  }

  void requireAllUsed() {
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected the tensors of the layers only, got also "
              + unused.keySet().stream().sorted().toList());
    }
  }
}
