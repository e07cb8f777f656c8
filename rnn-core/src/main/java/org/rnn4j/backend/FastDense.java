package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/** Affine maps in float32. */
final class FastDense {
  private final Products products;

  FastDense(Products products) {
    this.products = products;
  }

  /** {@link Backend#affine}. */
  void forward(Tensor x, Tensor weights, @Nullable Tensor bias, Tensor y) {
    int out = weights.columns();
    if (bias == null) {
      y.fill(0);
    } else {
      Products.fillRows(bias.floats(), 0, y.floats(), 0, out, x.rows(), out);
    }
    products.rowsTimes(
        x.floats(),
        x.columns(),
        PackedWeights.of(products.kernels(), weights).whole(),
        y.floats(),
        0,
        out,
        x.rows());
  }

  /** {@link Backend#affine} on rows without gaps. */
  void forward(float[] x, int rows, Tensor weights, @Nullable Tensor bias, float[] y) {
    int in = weights.rows();
    int out = weights.columns();
    if (bias == null) {
      Arrays.fill(y, 0, rows * out, 0f);
    } else {
      Products.fillRows(bias.floats(), 0, y, 0, out, rows, out);
    }
    PackedMatrix packed = PackedWeights.of(products.kernels(), weights).whole();
    products.kernels().multiplyAdd(rows, x, 0, in, 1, packed, y, 0, out);
  }

  /** {@link Backend#affineBackward}. */
  void backward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dWeights,
      @Nullable Tensor dBias) {
    int in = weights.rows();
    int out = weights.columns();
    if (dx != null) {
      PackedMatrix transposed = PackedWeights.of(products.kernels(), weights).wholeTransposed();
      products.rowsTimes(dy.floats(), out, transposed, dx.floats(), 0, in, x.rows());
    }
    TokenSums sums = new TokenSums(products, dy.floats(), 0, out, out, x.rows());
    if (dWeights != null) {
      sums.product(x.floats(), 0, in, in, dWeights.floats(), 0, out);
    }
    if (dBias != null) {
      sums.sum(dBias.floats(), 0);
    }
    sums.run();
  }
}
