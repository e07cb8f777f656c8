package org.rnn4j.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * The tensors of a checkpoint, handed out one by one to those who go on from them. What they are
 * written into changes only when {@link #commit all have been found right}.
 */
final class CheckpointTensors {
  private final Path file;
  private final Map<String, Tensor> left;
  private final Map<Tensor, Tensor> assignments = new LinkedHashMap<>();

  CheckpointTensors(Path file, Map<String, Tensor> tensors) {
    this.file = file;
    this.left = new LinkedHashMap<>(tensors);
  }

  private Tensor take(String name) {
    Tensor tensor = left.remove(name);
    if (tensor == null) {
      throw CheckpointException.of(file, "lacks the tensor " + name);
    }
    return tensor;
  }

  private void require(boolean holds, String name, String expected, Tensor tensor) {
    if (!holds) {
      throw CheckpointException.of(
          file,
          "has a tensor "
              + name
              + " of "
              + tensor.type()
              + " "
              + tensor.shape()
              + ", expected "
              + expected);
    }
  }

  /** Some numbers. */
  double[] take(String name, int count) {
    Tensor tensor = take(name);
    boolean fits = tensor.type() == DType.FLOAT64 && tensor.shape().equals(Shape.of(count));
    require(fits, name, "FLOAT64 " + Shape.of(count), tensor);
    return tensor.toArray();
  }

  /** A matrix of any number of rows. */
  Tensor takeRows(String name, DType type, int columns) {
    Tensor tensor = take(name);
    boolean fits = tensor.type() == type && tensor.columns() == columns;
    require(fits, name, type + " of " + columns + " columns", tensor);
    return tensor;
  }

  /** A tensor that is to be written into another of the same type and shape. */
  void takeInto(String name, Tensor target) {
    Tensor tensor = take(name);
    boolean fits = tensor.type() == target.type() && tensor.shape().equals(target.shape());
    require(fits, name, target.type() + " " + target.shape(), tensor);
    assignments.put(target, tensor);
  }

  /** Writes all that was taken, once nothing is left over. */
  void commit() {
    if (!left.isEmpty()) {
      throw CheckpointException.of(file, "has tensors that nothing needs: " + left.keySet());
    }
    assignments.forEach(Tensor::assign);
  }
}
