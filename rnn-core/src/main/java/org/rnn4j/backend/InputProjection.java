package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * What the inputs of a recurrent layer make of its gates before the recurrence, {@code b + x·W}: a
 * row for each row of x, {@code 4·hidden} wide for LSTM and GRU, {@code hidden} for a simple layer.
 * Of a GRU with two biases both are in z and r, that of the recurrence alone in the fourth block.
 */
final class InputProjection {
  private final Kernels kernels;
  private final int hidden;
  private final int width;
  private final Tensor weights;
  private final Tensor bias;
  private final @Nullable Tensor recurrentBias;

  private InputProjection(
      Kernels kernels,
      int hidden,
      int width,
      Tensor weights,
      Tensor bias,
      @Nullable Tensor recurrentBias) {
    this.kernels = kernels;
    this.hidden = hidden;
    this.width = width;
    this.weights = weights;
    this.bias = bias;
    this.recurrentBias = recurrentBias;
  }

  static InputProjection of(Kernels kernels, LstmWeights own) {
    return new InputProjection(
        kernels, own.hidden(), 4 * own.hidden(), own.input(), own.bias(), null);
  }

  static InputProjection of(Kernels kernels, GruWeights own) {
    return new InputProjection(
        kernels, own.hidden(), 4 * own.hidden(), own.input(), own.bias(), own.recurrentBias());
  }

  static InputProjection of(Kernels kernels, SimpleRnnWeights own) {
    return new InputProjection(kernels, own.hidden(), own.hidden(), own.input(), own.bias(), null);
  }

  /** W. */
  Tensor weights() {
    return weights;
  }

  /** The width of x. */
  int input() {
    return weights.rows();
  }

  /** The width of a row of gates. */
  int width() {
    return width;
  }

  /** Whether another has the same weights, and so gives the same rows. */
  boolean isOf(InputProjection other) {
    return weights == other.weights && bias == other.bias && recurrentBias == other.recurrentBias;
  }

  /** A number that grows whenever a weight changes. */
  long version() {
    return (long) weights.version()
        + bias.version()
        + (recurrentBias == null ? 0 : recurrentBias.version());
  }

  /** Projects rows of x, without gaps, to rows of gates, without gaps. */
  void project(float[] x, int xOffset, int rows, float[] gates, int offset) {
    if (rows == 0) {
      return;
    }
    start(gates, offset);
    Products.fillRows(gates, offset, gates, offset, width(), rows, width());
    PackedMatrix packed = PackedWeights.of(kernels, weights).whole();
    kernels.multiplyAdd(rows, x, xOffset, input(), 1, packed, gates, offset, width());
  }

  /** What a row of gates holds before any product. */
  private void start(float[] gates, int at) {
    int biases = bias.size();
    System.arraycopy(bias.floats(), 0, gates, at, biases);
    Arrays.fill(gates, at + biases, at + width(), 0f);
    if (recurrentBias != null) {
      kernels.addRows(1, recurrentBias.floats(), 0, 0, gates, at, 2 * hidden);
      System.arraycopy(recurrentBias.floats(), 2 * hidden, gates, at + 3 * hidden, hidden);
    }
  }
}
