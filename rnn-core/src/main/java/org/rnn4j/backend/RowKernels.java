package org.rnn4j.backend;

/**
 * Loops over the elements of rows, each element on its own: masks, layer normalisation, softmax
 * over time. Those here are the scalar ones, which others must agree with bit for bit; see {@link
 * Kernels} for what all have in common. All take n elements from the offsets given; where a result
 * may stand in the place of an operand, the javadoc says so.
 */
public interface RowKernels {
  /** {@code to = x·y}; to may be x. */
  default void multiply(float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n) {
    ScalarRows.multiply(x, xAt, y, yAt, to, toAt, 0, n);
  }

  /** {@code to = fma(x, y, to)}. */
  default void addProducts(float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n) {
    ScalarRows.addProducts(x, xAt, y, yAt, to, toAt, 0, n);
  }

  /** {@code to = exp(x − less)}; to may be x. */
  default void expOfDifferences(
      float[] x, int xAt, float[] less, int lessAt, float[] to, int toAt, int n) {
    ScalarRows.expOfDifferences(x, xAt, less, lessAt, to, toAt, 0, n);
  }

  /**
   * Layer normalisation of a row whose moments are known: {@code u = (x − mean)·scale}, {@code y =
   * fma(gain, u, bias)}; u may be x, and y may be u, which is overwritten then. The gain and the
   * bias start at 0.
   */
  default void normalize(
      float[] x,
      int xAt,
      float mean,
      float scale,
      float[] gain,
      float[] bias,
      float[] u,
      int uAt,
      float[] y,
      int yAt,
      int n) {
    ScalarRows.normalize(x, xAt, mean, scale, gain, bias, u, uAt, y, yAt, 0, n);
  }

  /**
   * The backward of {@link #normalize} to x: {@code dx = fma(scale, fma(−along, u, du − mean),
   * dx)}, with du = ∂L/∂u, its mean, and the mean of du∘u along u. du starts at 0.
   */
  default void normalizeBackward(
      float[] du,
      float mean,
      float along,
      float scale,
      float[] u,
      int uAt,
      float[] dx,
      int dxAt,
      int n) {
    ScalarRows.normalizeBackward(du, mean, along, scale, u, uAt, dx, dxAt, 0, n);
  }
}
