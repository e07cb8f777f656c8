package org.rnn4j.backend.simd;

import org.rnn4j.backend.PackedMatrix;

/**
 * The product of {@link VectorProduct} on the same panels in scalar code, for the time before that
 * is compiled.
 */
final class ColdProduct {
  private ColdProduct() {}

  static void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride) {
    int width = VectorProduct.PANEL;
    for (int first = 0; first < b.columns(); first += width) {
      float[] panel = b.blocks()[first / width];
      int n = Math.min(width, b.columns() - first);
      for (int i = 0; i < m; i++) {
        int at = aOffset + i * aRowStride;
        addRow(
            n, a, at, aColumnStride, b.rows(), panel, width, c, cOffset + i * cRowStride + first);
      }
    }
  }

  private static void addRow(
      int n, float[] a, int aAt, int aStride, int depth, float[] b, int bRow, float[] c, int cAt) {
    int k = 0;
    for (; k <= depth - 4; k += 4) {
      int at = aAt + k * aStride;
      float a0 = a[at];
      float a1 = a[at + aStride];
      float a2 = a[at + 2 * aStride];
      float a3 = a[at + 3 * aStride];
      int bAt = k * bRow;
      for (int j = 0; j < n; j++) {
        float sum = Math.fma(a1, b[bAt + bRow + j], Math.fma(a0, b[bAt + j], c[cAt + j]));
        c[cAt + j] = Math.fma(a3, b[bAt + 3 * bRow + j], Math.fma(a2, b[bAt + 2 * bRow + j], sum));
      }
    }
    for (; k < depth; k++) {
      float a0 = a[aAt + k * aStride];
      for (int j = 0; j < n; j++) {
        c[cAt + j] = Math.fma(a0, b[k * bRow + j], c[cAt + j]);
      }
    }
  }
}
