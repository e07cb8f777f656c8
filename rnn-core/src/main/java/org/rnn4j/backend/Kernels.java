package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * The innermost float32 loops, on plain arrays. Every implementation computes every result with the
 * same IEEE operations in the same order, so all of them agree bit for bit (NaNs may differ in
 * payload): a sum of products runs over the inner index in ascending order with one fused
 * multiply-add a term; exp, tanh and sigmoid are the polynomials of {@link FloatMath}.
 *
 * <p>Arrays are row-major. Lengths are explicit and arrays may be longer. Nothing is allocated but
 * by {@link #pack}. What is not a product has its scalar form here, for others to agree with: an
 * implementation brings its products, and those of the rest that it does faster.
 */
public interface Kernels extends GateKernels, RowKernels, UpdateKernels {
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
  default void addRows(
      int rows, float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int n) {
    ScalarGates.addRows(rows, from, fromOffset, fromStride, to, toOffset, 0, n);
  }

  /** {@code x = σ(x)} on n elements from the offset. */
  default void sigmoid(float[] x, int offset, int n) {
    ScalarGates.sigmoid(x, offset, offset + n);
  }

  /** {@code x = tanh(x)} on n elements from the offset. */
  default void tanh(float[] x, int offset, int n) {
    ScalarGates.tanh(x, offset, offset + n);
  }
}
