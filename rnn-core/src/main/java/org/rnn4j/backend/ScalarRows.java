package org.rnn4j.backend;

/**
 * The loops of {@link RowKernels} from a first element on: the whole row in plain Java, and what a
 * whole number of vectors leaves over for SIMD kernels. Offsets are those of the row's first
 * element.
 */
public final class ScalarRows {
  private ScalarRows() {}

  /** {@link RowKernels#multiply} on the elements from {@code first} on. */
  public static void multiply(
      float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int first, int n) {
    for (int j = first; j < n; j++) {
      to[toAt + j] = x[xAt + j] * y[yAt + j];
    }
  }

  /** {@link RowKernels#addProducts} on the elements from {@code first} on. */
  public static void addProducts(
      float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int first, int n) {
    for (int j = first; j < n; j++) {
      to[toAt + j] = Math.fma(x[xAt + j], y[yAt + j], to[toAt + j]);
    }
  }

  /** {@link RowKernels#expOfDifferences} on the elements from {@code first} on. */
  public static void expOfDifferences(
      float[] x, int xAt, float[] less, int lessAt, float[] to, int toAt, int first, int n) {
    for (int j = first; j < n; j++) {
      to[toAt + j] = FloatMath.exp(x[xAt + j] - less[lessAt + j]);
    }
  }

  /** {@link RowKernels#normalize} on the elements from {@code first} on. */
  public static void normalize(
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
      int first,
      int n) {
    for (int j = first; j < n; j++) {
      float normalized = (x[xAt + j] - mean) * scale;
      u[uAt + j] = normalized;
      y[yAt + j] = Math.fma(gain[j], normalized, bias[j]);
    }
  }

  /** {@link RowKernels#normalizeBackward} on the elements from {@code first} on. */
  public static void normalizeBackward(
      float[] du,
      float mean,
      float along,
      float scale,
      float[] u,
      int uAt,
      float[] dx,
      int dxAt,
      int first,
      int n) {
    for (int j = first; j < n; j++) {
      dx[dxAt + j] = Math.fma(scale, Math.fma(-along, u[uAt + j], du[j] - mean), dx[dxAt + j]);
    }
  }
}
