package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * Layer normalisation in float32. Sums along a row are taken in double precision, in four
 * interleaved sums that are then added in order; sums over rows in the order of the rows. Threads
 * share rows, and in sums over rows the columns.
 */
final class FastNormalization {
  /** Passes over a row, in units of multiply-adds. */
  private static final long COST = 8;

  private final Products products;

  FastNormalization(Products products) {
    this.products = products;
  }

  /** {@link Backend#layerNorm}. */
  void forward(
      Tensor x,
      Tensor gain,
      Tensor bias,
      double epsilon,
      Tensor normalized,
      Tensor scales,
      Tensor y) {
    int width = x.columns();
    float[] u = normalized.floats();
    products.split(
        x.rows(),
        products.smallest(COST * width),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = row * width;
            scales.floats()[row] =
                normalize(x.floats(), at, gain, bias, epsilon, u, y.floats(), width);
          }
        });
  }

  /** {@link Backend#layerNorm} on rows without gaps, in place. */
  void forward(float[] x, int rows, int width, Tensor gain, Tensor bias, double epsilon) {
    for (int row = 0; row < rows; row++) {
      normalize(x, row * width, gain, bias, epsilon, x, x, width);
    }
  }

  /** Writes u and y in the place of x in their arrays, and gives the scale. */
  private float normalize(
      float[] x,
      int at,
      Tensor gain,
      Tensor bias,
      double epsilon,
      float[] u,
      float[] y,
      int width) {
    float mean = (float) (sum(x, at, width) / width);
    double squares = sumOfSquares(x, at, width, mean);
    float scale = (float) (1 / Math.sqrt(squares / width + epsilon));
    Kernels kernels = products.kernels();
    kernels.normalize(x, at, mean, scale, gain.floats(), bias.floats(), u, at, y, at, width);
    return scale;
  }

  private static double sum(float[] x, int from, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = from + n;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double sumOfSquares(float[] x, int from, int n, double mean) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = from + n;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      s0 = Math.fma(x[i] - mean, x[i] - mean, s0);
      s1 = Math.fma(x[i + 1] - mean, x[i + 1] - mean, s1);
      s2 = Math.fma(x[i + 2] - mean, x[i + 2] - mean, s2);
      s3 = Math.fma(x[i + 3] - mean, x[i + 3] - mean, s3);
    }
    for (; i < end; i++) {
      s0 = Math.fma(x[i] - mean, x[i] - mean, s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@link Backend#layerNormBackward}. */
  void backward(
      Tensor normalized,
      Tensor scales,
      Tensor gain,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dGain,
      @Nullable Tensor dBias) {
    int rows = dy.rows();
    int width = dy.columns();
    if (dx != null) {
      products.split(
          rows,
          products.smallest(COST * width),
          (from, to) -> {
            float[] du = new float[width];
            for (int row = from; row < to; row++) {
              int at = row * width;
              products.kernels().multiply(dy.floats(), at, gain.floats(), 0, du, 0, width);
              addGradient(du, normalized.floats(), at, scales.floats()[row], dx.floats(), width);
            }
          });
    }
    products.split(
        width,
        products.smallest(2L * rows),
        (from, to) -> {
          int n = to - from;
          for (int row = 0; row < rows && dGain != null; row++) {
            int at = row * width + from;
            products
                .kernels()
                .addProducts(dy.floats(), at, normalized.floats(), at, dGain.floats(), from, n);
          }
          if (dBias != null) {
            products.kernels().addRows(rows, dy.floats(), from, width, dBias.floats(), from, n);
          }
        });
  }

  /** Adds {@code s·(du − mean(du) − u·mean(du∘u))}. */
  private void addGradient(float[] du, float[] u, int at, float scale, float[] dx, int width) {
    float mean = (float) (sum(du, 0, width) / width);
    float along = (float) (dot(du, u, at, width) / width);
    products.kernels().normalizeBackward(du, mean, along, scale, u, at, dx, at, width);
  }

  private static double dot(float[] a, float[] b, int from, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 = Math.fma((double) a[i], b[from + i], s0);
      s1 = Math.fma((double) a[i + 1], b[from + i + 1], s1);
      s2 = Math.fma((double) a[i + 2], b[from + i + 2], s2);
      s3 = Math.fma((double) a[i + 3], b[from + i + 3], s3);
    }
    for (; i < n; i++) {
      s0 = Math.fma((double) a[i], b[from + i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
