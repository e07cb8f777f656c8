package org.rnn4j.backend;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/** What optimisers and clipping do to parameters and gradients, in float32. */
final class FastUpdates {
  private final Kernels kernels;
  private final Products products;

  /** Used with workers only, and so by one thread at a time. */
  private double[] sumsOfRows = {};

  FastUpdates(Products products) {
    this.kernels = products.kernels();
    this.products = products;
  }

  /** {@link Backend#adam}. */
  void adam(
      Tensor weights,
      Tensor gradients,
      Tensor firstMoments,
      Tensor secondMoments,
      double beta1,
      double beta2,
      double stepSize,
      double epsilon) {
    products.split(
        weights.size(),
        Products.SMALLEST_COPY,
        (from, to) ->
            kernels.adam(
                weights.floats(),
                gradients.floats(),
                firstMoments.floats(),
                secondMoments.floats(),
                from,
                to - from,
                beta1,
                beta2,
                (float) stepSize,
                (float) epsilon));
  }

  /** {@link Backend#sgd}. */
  void sgd(
      Tensor weights,
      Tensor gradients,
      @Nullable Tensor velocities,
      double momentum,
      boolean nesterov,
      double stepSize) {
    float @Nullable [] velocity = velocities == null ? null : velocities.floats();
    products.split(
        weights.size(),
        Products.SMALLEST_COPY,
        (from, to) ->
            kernels.sgd(
                weights.floats(),
                gradients.floats(),
                velocity,
                from,
                to - from,
                (float) momentum,
                nesterov,
                (float) stepSize));
  }

  /** {@link Backend#rmsProp}. */
  void rmsProp(
      Tensor weights,
      Tensor gradients,
      Tensor squares,
      @Nullable Tensor velocities,
      double decay,
      double momentum,
      double stepSize,
      double epsilon) {
    float @Nullable [] velocity = velocities == null ? null : velocities.floats();
    products.split(
        weights.size(),
        Products.SMALLEST_COPY,
        (from, to) ->
            kernels.rmsProp(
                weights.floats(),
                gradients.floats(),
                squares.floats(),
                velocity,
                from,
                to - from,
                decay,
                (float) momentum,
                (float) stepSize,
                (float) epsilon));
  }

  /** {@link RowUpdates#each}. */
  void each(RowSet rows, int width, RowUpdates.RowWork work) {
    products.split(
        rows.count(),
        Products.SMALLEST_COPY / width + 1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            work.run(kernels, rows.row(i));
          }
        });
  }

  /**
   * Squares are summed row by row, in a row in four interleaved sums, which are then added in
   * order; then the sums of the rows are added in order.
   */
  double sumOfSquares(Tensor tensor) {
    return sumOfSquares(tensor, tensor.rows(), row -> row);
  }

  /** {@link RowUpdates#sumOfSquares}. */
  double sumOfSquares(Tensor table, RowSet rows) {
    return sumOfSquares(table, rows.count(), rows::row);
  }

  private double sumOfSquares(Tensor table, int count, IntUnaryOperator row) {
    int width = table.columns();
    double sum = 0;
    if (products.threads() == 1) {
      for (int i = 0; i < count; i++) {
        sum += sumOfSquares(table.floats(), row.applyAsInt(i) * width, width);
      }
      return sum;
    }
    double[] sums = sumsOfRows(count);
    products.split(
        count,
        Products.SMALLEST_COPY / Math.max(1, width) + 1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            sums[i] = sumOfSquares(table.floats(), row.applyAsInt(i) * width, width);
          }
        });
    for (int i = 0; i < count; i++) {
      sum += sums[i];
    }
    return sum;
  }

  private double[] sumsOfRows(int count) {
    if (sumsOfRows.length < count) {
      sumsOfRows = new double[count];
    }
    return sumsOfRows;
  }

  private static double sumOfSquares(float[] x, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = offset + n;
    int i = offset;
    for (; i + 4 <= end; i += 4) {
      s0 = Math.fma((double) x[i], x[i], s0);
      s1 = Math.fma((double) x[i + 1], x[i + 1], s1);
      s2 = Math.fma((double) x[i + 2], x[i + 2], s2);
      s3 = Math.fma((double) x[i + 3], x[i + 3], s3);
    }
    for (; i < end; i++) {
      s0 = Math.fma((double) x[i], x[i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@link Backend#scale}. */
  void scale(Tensor x, double factor) {
    kernels.scale(x.floats(), 0, x.size(), (float) factor);
  }

  /** {@link RowUpdates#scale}. */
  void scale(Tensor table, RowSet rows, double factor) {
    int width = table.columns();
    each(rows, width, (own, row) -> own.scale(table.floats(), row * width, width, (float) factor));
  }

  /** {@link Backend#clamp}. */
  void clamp(Tensor x, double limit) {
    clamp(x.floats(), 0, x.size(), (float) limit);
  }

  /** {@link RowUpdates#clamp}. */
  void clamp(Tensor table, RowSet rows, double limit) {
    int width = table.columns();
    each(rows, width, (own, row) -> clamp(table.floats(), row * width, width, (float) limit));
  }

  private static void clamp(float[] x, int offset, int n, float limit) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Math.max(-limit, Math.min(limit, x[i]));
    }
  }

  /** {@link Backend#addScaled}. */
  void addScaled(Tensor y, Tensor x, double factor) {
    float[] target = y.floats();
    float[] source = x.floats();
    float by = (float) factor;
    for (int i = 0; i < y.size(); i++) {
      target[i] = Math.fma(by, source[i], target[i]);
    }
  }

  /** {@link Backend#blend}. */
  void blend(Tensor y, Tensor x, double share) {
    products.split(
        y.size(),
        Products.SMALLEST_COPY,
        (from, to) -> kernels.blend(y.floats(), x.floats(), from, to - from, (float) share));
  }
}
