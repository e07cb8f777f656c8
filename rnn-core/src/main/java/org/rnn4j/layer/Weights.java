package org.rnn4j.layer;

import org.rnn4j.autograd.Parameter;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Where the parameters of a layer come from when it is built: drawn anew, or given, for example by
 * a model file. A layer states each parameter once, to this; nothing is allocated for a parameter
 * that is given, so that a file cannot make a program take more memory than the file is long.
 */
@FunctionalInterface
public interface Weights {
  /**
   * A parameter of the layer that is being built.
   *
   * @param name unique within the layer, for example {@code input_weights}
   * @param trainable whether training changes it
   * @param initializer fills it when it is drawn anew
   * @param dimensions its extents
   * @throws IllegalArgumentException if the parameters are given, and this one is missing or of
   *     another type or shape
   */
  Parameter parameter(String name, boolean trainable, Initializer initializer, int... dimensions);

  /**
   * The parameters of a layer inside the one that is being built, under names that begin with its
   * own.
   */
  default Weights inner(String layer) {
    return (name, trainable, initializer, dimensions) ->
        parameter(layer + "." + name, trainable, initializer, dimensions);
  }

  /** Fresh parameters, each drawn from a stream of its own that the name is derived with. */
  static Weights drawn(DType type, RandomStream random) {
    return (name, trainable, initializer, dimensions) -> {
      Tensor value = Tensor.zeros(type, dimensions);
      initializer.fill(value, random.derive(name));
      return new Parameter(name, value, trainable);
    };
  }
}
