package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * The steps of optimisers on some elements of a parameter. Those here are the scalar ones, which
 * others must agree with bit for bit; see {@link Kernels} for what all have in common.
 */
public interface UpdateKernels {
  /**
   * One Adam step on n elements from the offset: {@code m = fma(β₁, m, (1−β₁)·g)}, {@code v =
   * fma(β₂, v, ((1−β₂)·g)·g)}, {@code w = w − stepSize·m / (√v + epsilon)}, the product before the
   * quotient. 1 − β is formed in double precision and then rounded: formed from the rounded 0.999
   * it is wrong by 1e-5 of itself.
   *
   * <p>Moments smaller in magnitude than 2⁻¹⁰⁰ are set to +0, and a gradient below 2⁻⁵⁰ adds
   * nothing to v: the moments of a weight that is no longer used decay into denormal numbers
   * otherwise, which are a hundred times slower.
   */
  default void adam(
      float[] weights,
      float[] gradients,
      float[] firstMoments,
      float[] secondMoments,
      int offset,
      int n,
      double beta1,
      double beta2,
      float stepSize,
      float epsilon) {
    ScalarGates.adam(
        weights,
        gradients,
        firstMoments,
        secondMoments,
        offset,
        offset + n,
        beta1,
        beta2,
        stepSize,
        epsilon);
  }

  /**
   * {@link #adam} with gradients of +0, once for each of the steps {@code from} to {@code to},
   * exclusive, on each element. The moments must be such as {@link #adam} leaves them: no first
   * moment of −0, no second one that is negative or not a number.
   *
   * @param stepSizes by step
   * @param epsilons by step
   */
  default void adamIdle(
      float[] weights,
      float[] firstMoments,
      float[] secondMoments,
      int offset,
      int n,
      double beta1,
      double beta2,
      float[] stepSizes,
      float[] epsilons,
      int from,
      int to) {
    ScalarGates.adamIdle(
        weights,
        firstMoments,
        secondMoments,
        offset,
        offset + n,
        (float) beta1,
        (float) beta2,
        stepSizes,
        epsilons,
        from,
        to);
  }

  /**
   * One step of gradient descent on n elements from the offset: {@code u = fma(momentum, u, g)},
   * {@code w = fma(−stepSize, d, w)} with d = u, or {@code d = fma(momentum, u, g)} with Nesterov's
   * momentum. A velocity smaller in magnitude than 2⁻¹⁰⁰ is set to +0.
   *
   * @param gradients null for gradients of +0
   * @param velocities u; null without momentum, where d is g
   */
  default void sgd(
      float[] weights,
      float @Nullable [] gradients,
      float @Nullable [] velocities,
      int offset,
      int n,
      float momentum,
      boolean nesterov,
      float stepSize) {
    for (int j = offset; j < offset + n; j++) {
      float d = gradients == null ? 0 : gradients[j];
      if (velocities != null) {
        float u = FloatMath.flush(Math.fma(momentum, velocities[j], d));
        velocities[j] = u;
        d = nesterov ? Math.fma(momentum, u, d) : u;
      }
      weights[j] = Math.fma(-stepSize, d, weights[j]);
    }
  }

  /**
   * One step of RMSprop on n elements from the offset: {@code v = fma(decay, v, ((1−decay)·g)·g)},
   * {@code d = g / (√v + epsilon)}, with momentum {@code u = fma(momentum, u, d)}, and {@code w =
   * fma(−stepSize, d or u, w)}. 1 − decay and tiny numbers are treated as in {@link #adam}.
   *
   * @param gradients null for gradients of +0
   * @param squares v
   * @param velocities u; null without momentum
   */
  default void rmsProp(
      float[] weights,
      float @Nullable [] gradients,
      float[] squares,
      float @Nullable [] velocities,
      int offset,
      int n,
      double decay,
      float momentum,
      float stepSize,
      float epsilon) {
    float keep = (float) decay;
    float rest = (float) (1 - decay);
    for (int j = offset; j < offset + n; j++) {
      float g = gradients == null ? 0 : gradients[j];
      float s = FloatMath.flushBeforeSquare(g);
      float v = FloatMath.flush(Math.fma(keep, squares[j], (rest * s) * s));
      squares[j] = v;
      float d = g / ((float) Math.sqrt(v) + epsilon);
      if (velocities != null) {
        d = FloatMath.flush(Math.fma(momentum, velocities[j], d));
        velocities[j] = d;
      }
      weights[j] = Math.fma(-stepSize, d, weights[j]);
    }
  }

  /** {@code x = factor·x} on n elements from the offset. */
  default void scale(float[] x, int offset, int n, float factor) {
    for (int j = offset; j < offset + n; j++) {
      x[j] *= factor;
    }
  }

  /** {@code y = fma(share, x − y, y)} on n elements from the offset. */
  default void blend(float[] y, float[] x, int offset, int n, float share) {
    for (int j = offset; j < offset + n; j++) {
      y[j] = Math.fma(share, x[j] - y[j], y[j]);
    }
  }
}
