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
    System.arraycopy(x.floats(), 0, y.floats(), 0, x.size());
    activate(activation, y.floats(), x.rows(), x.columns());
  }

  /** {@link Backend#activate} in place on rows without gaps. */
  void activate(Activation activation, float[] values, int rows, int columns) {
    int n = rows * columns;
    switch (activation) {
      case LINEAR -> {}
      case RELU -> {
        for (int i = 0; i < n; i++) {
          values[i] = Math.max(values[i], 0);
        }
      }
      case TANH -> products.kernels().tanh(values, 0, n);
      case SIGMOID -> products.kernels().sigmoid(values, 0, n);
      case SOFTMAX -> {
        for (int row = 0; row < rows; row++) {
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
    float[] value = y.floats();
    float[] above = dy.floats();
    float[] target = dx.floats();
    int n = y.size();
    switch (activation) {
      case LINEAR -> {
        for (int i = 0; i < n; i++) {
          target[i] += above[i];
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          target[i] += value[i] > 0 ? above[i] : 0;
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          target[i] = Math.fma(above[i], 1 - value[i] * value[i], target[i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          target[i] = Math.fma(above[i], value[i] * (1 - value[i]), target[i]);
        }
      }
      case SOFTMAX -> {
        for (int row = 0; row < y.rows(); row++) {
          softmaxBackward(value, above, target, row * y.columns(), y.columns());
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
    float[] left = a.floats();
    float[] right = b.floats();
    float[] result = y.floats();
    for (int i = 0; i < y.size(); i++) {
      result[i] = left[i] * right[i];
    }
  }

  /** {@link Backend#multiplyBackward}. */
  void multiplyBackward(Tensor b, Tensor dy, Tensor da) {
    float[] factor = b.floats();
    float[] above = dy.floats();
    float[] target = da.floats();
    for (int i = 0; i < dy.size(); i++) {
      target[i] = Math.fma(factor[i], above[i], target[i]);
    }
  }

  /** {@link Backend#add}. */
  void add(Tensor a, Tensor b, Tensor y) {
    float[] left = a.floats();
    float[] right = b.floats();
    float[] result = y.floats();
    for (int i = 0; i < y.size(); i++) {
      result[i] = left[i] + right[i];
    }
  }
}
