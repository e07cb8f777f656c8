package org.rnn4j.backend;

import org.rnn4j.tensor.Tensor;

/** Activations, products and sums element by element, in float32. */
final class FastElements {
  private final Products products;

  FastElements(Products products) {
    this.products = products;
  }

  /** {@link Backend#activate}. */
  void activate(Activation activation, Tensor x, Tensor y) {
    int columns = x.columns();
    split(
        x,
        (from, to) -> {
          System.arraycopy(
              x.floats(), from * columns, y.floats(), from * columns, (to - from) * columns);
          activate(activation, y.floats(), from, to, columns);
        });
  }

  /** Shares the rows of a tensor among threads. */
  private void split(Tensor rows, Products.Range range) {
    products.split(rows.rows(), Products.SMALLEST_COPY / Math.max(1, rows.columns()) + 1, range);
  }

  /** {@link Backend#activate} in place on rows without gaps. */
  void activate(Activation activation, float[] values, int rows, int columns) {
    activate(activation, values, 0, rows, columns);
  }

  private void activate(Activation activation, float[] values, int first, int end, int columns) {
    int from = first * columns;
    int to = end * columns;
    switch (activation) {
      case LINEAR -> {}
      case RELU -> {
        for (int i = from; i < to; i++) {
          values[i] = Math.max(values[i], 0);
        }
      }
      case TANH -> products.kernels().tanh(values, from, to - from);
      case SIGMOID -> products.kernels().sigmoid(values, from, to - from);
      case SOFTMAX -> {
        for (int row = first; row < end; row++) {
          softmax(values, row * columns, columns);
        }
      }
    }
  }

  private static void softmax(float[] x, int offset, int n) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      greatest = Math.max(greatest, x[offset + j]);
    }
    float sum = 0;
    for (int j = 0; j < n; j++) {
      x[offset + j] = FloatMath.exp(x[offset + j] - greatest);
      sum += x[offset + j];
    }
    for (int j = 0; j < n; j++) {
      x[offset + j] /= sum;
    }
  }

  /** {@link Backend#activateBackward}. */
  void activateBackward(Activation activation, Tensor y, Tensor dy, Tensor dx) {
    split(
        y,
        (from, to) ->
            activateBackward(
                activation, y.floats(), dy.floats(), dx.floats(), from, to, y.columns()));
  }

  private static void activateBackward(
      Activation activation,
      float[] value,
      float[] above,
      float[] target,
      int first,
      int end,
      int columns) {
    int from = first * columns;
    int to = end * columns;
    switch (activation) {
      case LINEAR -> {
        for (int i = from; i < to; i++) {
          target[i] += above[i];
        }
      }
      case RELU -> {
        for (int i = from; i < to; i++) {
          target[i] += value[i] > 0 ? above[i] : 0;
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          target[i] = Math.fma(above[i], 1 - value[i] * value[i], target[i]);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          target[i] = Math.fma(above[i], value[i] * (1 - value[i]), target[i]);
        }
      }
      case SOFTMAX -> {
        for (int row = first; row < end; row++) {
          softmaxBackward(value, above, target, row * columns, columns);
        }
      }
    }
  }

  private static void softmaxBackward(float[] y, float[] dy, float[] dx, int offset, int n) {
    float sum = 0;
    for (int j = 0; j < n; j++) {
      sum = Math.fma(y[offset + j], dy[offset + j], sum);
    }
    for (int j = 0; j < n; j++) {
      dx[offset + j] = Math.fma(y[offset + j], dy[offset + j] - sum, dx[offset + j]);
    }
  }

  /** {@link Backend#multiply}. */
  void multiply(Tensor a, Tensor b, Tensor y) {
    Kernels kernels = products.kernels();
    products.split(
        y.size(),
        Products.SMALLEST_COPY,
        (from, to) ->
            kernels.multiply(a.floats(), from, b.floats(), from, y.floats(), from, to - from));
  }

  /** {@link Backend#multiplyBackward}. */
  void multiplyBackward(Tensor b, Tensor dy, Tensor da) {
    Kernels kernels = products.kernels();
    products.split(
        dy.size(),
        Products.SMALLEST_COPY,
        (from, to) ->
            kernels.addProducts(b.floats(), from, dy.floats(), from, da.floats(), from, to - from));
  }

  /** {@link Backend#add}. */
  void add(Tensor a, Tensor b, Tensor y) {
    float[] left = a.floats();
    float[] right = b.floats();
    float[] result = y.floats();
    products.split(
        y.size(),
        Products.SMALLEST_COPY,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = left[i] + right[i];
          }
        });
  }
}
