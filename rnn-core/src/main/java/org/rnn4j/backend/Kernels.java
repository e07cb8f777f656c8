package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * The innermost float32 loops, on plain arrays. Every implementation computes every result with the
 * same IEEE operations in the same order, so all of them agree bit for bit (NaNs may differ in
 * payload): a sum of products runs over the inner index in ascending order with one fused
 * multiply-add a term; exp, tanh and sigmoid are the polynomials of {@link FloatMath}.
 *
 * <p>Arrays are row-major. Lengths are explicit and arrays may be longer. Nothing is allocated but
 * by {@link #pack}. Recurrent buffers hold one row a live sequence: {@code gates} rows are {@code
 * 4·hidden} wide for both kinds of layer, all state rows are {@code hidden} wide. Rows follow each
 * other without gaps from the offset given.
 */
public interface Kernels {
  /** A short name for logs, such as {@code scalar} or {@code simd-512}. */
  String name();

  /**
   * Copies the matrix B, element (row, column) at {@code b[offset + row·rowStride +
   * column·columnStride]}, into the layout that {@link #multiplyAdd} reads. Swapping the strides
   * packs a transpose.
   *
   * @param reuse a matrix packed earlier by these kernels, whose storage may be written over, or
   *     null
   */
  PackedMatrix pack(
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      @Nullable PackedMatrix reuse);

  /**
   * {@code C += A·B}: c[i][j] = fma(a[i][k], b[k][j], c[i][j]) for k = 0, 1, … in order. Element
   * (i, k) of A is {@code a[aOffset + i·aRowStride + k·aColumnStride]} (swap the strides for a
   * transposed A), row i of C starts at {@code c[cOffset + i·cRowStride]}.
   *
   * @param m rows of A and C
   * @param b packed, {@code b.rows()} by {@code b.columns()}
   */
  void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride);

  /**
   * {@code to[j] += from[row][j]} for each row in order, on n elements; row i of {@code from}
   * starts at {@code fromOffset + i·fromStride}.
   */
  void addRows(
      int rows, float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int n);

  /** {@code x = σ(x)} on n elements from the offset. */
  void sigmoid(float[] x, int offset, int n);

  /** {@code x = tanh(x)} on n elements from the offset. */
  void tanh(float[] x, int offset, int n);

  /**
   * One LSTM step's gates, {@code i | f | g | o}, in place: on entry pre-activations, on exit
   * activations {@code σ, σ, tanh, σ}; {@code c = fma(f, c₋₁, i·g)}, {@code h = o·tanh(c)}.
   *
   * @param peepholes {@code [3·hidden]}, weights {@code p_i | p_f | p_o} added as {@code fma(p_i,
   *     c₋₁, z_i)}, {@code fma(p_f, c₋₁, z_f)}, {@code fma(p_o, c, z_o)} before the activations; or
   *     null
   */
  void lstmForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousCells,
      int previousCellsOffset,
      float[] cells,
      int cellsOffset,
      float[] outputs,
      int outputsOffset,
      float @Nullable [] peepholes);

  /**
   * The backward of {@link #lstmForward}. On entry {@code gates} holds activations, {@code
   * dOutputs} ∂L/∂h in full (from above and from the next step) and {@code dCells} ∂L/∂c from the
   * next step; on exit {@code gates} holds the gradients of the pre-activations and {@code dCells}
   * ∂L/∂c₋₁. tanh(c) is computed anew from {@code cells}. Results smaller in magnitude than 2⁻¹⁰⁰
   * are set to +0.
   */
  void lstmBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousCells,
      int previousCellsOffset,
      float[] cells,
      int cellsOffset,
      float[] dOutputs,
      int dOutputsOffset,
      float[] dCells,
      int dCellsOffset,
      float @Nullable [] peepholes);

  /**
   * One GRU step with the reset gate after the recurrent product; gates row {@code z | r | n | m}.
   * On entry z and r are complete pre-activations, n holds x·Wn + bn and m holds h₋₁·Un + cn; on
   * exit z = σ, r = σ, n = tanh(fma(r, m, n)), m unchanged, {@code h = fma(z, h₋₁ − n, n)}.
   */
  void gruForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset);

  /**
   * The backward of {@link #gruForward}. On entry {@code dOutputs} holds ∂L/∂h in full; on exit
   * {@code gates} holds the gradients of the pre-activations of z, r and n and of m (= dn·r), and
   * {@code dOutputs} the part of ∂L/∂h₋₁ that flows past the products (dh·z). Results below 2⁻¹⁰⁰
   * in magnitude are set to +0.
   */
  void gruBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset);

  /**
   * First half of a GRU step with the reset gate before the recurrent product: z and r
   * pre-activations become activations and the fourth column block becomes {@code r∘h₋₁}.
   */
  void gruResetBeforeForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset);

  /**
   * Second half: n (now complete with the recurrent product) becomes tanh(n), {@code h = fma(z, h₋₁
   * − n, n)}; the fourth block is left alone.
   */
  void gruCandidateForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset);

  /**
   * Backward of {@link #gruCandidateForward}: the n block becomes the gradient of its
   * pre-activation, the z block the gradient of its pre-activation, {@code dOutputs} becomes dh·z;
   * r and the fourth block are left alone. Flushed as elsewhere.
   */
  void gruCandidateBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset);

  /**
   * Backward of {@link #gruResetBeforeForward}: given {@code dReset} = ∂L/∂(r∘h₋₁), the r block
   * becomes the gradient of its pre-activation and {@code dPrevious = fma(dReset, r, dPrevious)}.
   * The fourth block, r∘h₋₁, is left alone. Flushed as elsewhere.
   */
  void gruResetBeforeBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dReset,
      int dResetOffset,
      float[] dPrevious,
      int dPreviousOffset);

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
  void adam(
      float[] weights,
      float[] gradients,
      float[] firstMoments,
      float[] secondMoments,
      int offset,
      int n,
      double beta1,
      double beta2,
      float stepSize,
      float epsilon);

  /**
   * {@link #adam} with gradients of +0, once for each of the steps {@code from} to {@code to},
   * exclusive, on each element. The moments must be such as {@link #adam} leaves them: no first
   * moment of −0, no second one that is negative or not a number.
   *
   * @param stepSizes by step
   * @param epsilons by step
   */
  void adamIdle(
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
      int to);

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
