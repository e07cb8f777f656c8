package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in plain Java, which run everywhere.
 *
 * <p>The product is written in the one form that the JIT compiler turns into SIMD code by itself:
 * arrays of their own, all indexed by one loop variable that starts at zero. So B is packed as an
 * array a row, cut into stripes of columns, and each row of C is worked on in a scratch array.
 */
public final class ScalarKernels implements Kernels {
  /** Columns of a stripe of B: one row of C and four of B stay in the first-level cache. */
  private static final int STRIPE = 1024;

  /**
   * Rows of B that are used for all rows of C before the next ones are read: they stay in the
   * second-level cache.
   */
  private static final int DEPTH = 128;

  private static final float[] NOTHING = {};

  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[STRIPE]);

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public PackedMatrix pack(
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      @Nullable PackedMatrix reuse) {
    int stripes = (columns + STRIPE - 1) / STRIPE;
    float[][] blocks = reuse == null ? new float[0][] : reuse.blocks();
    if (blocks.length < stripes * rows) {
      float[][] longer = new float[stripes * rows][];
      System.arraycopy(blocks, 0, longer, 0, blocks.length);
      Arrays.fill(longer, blocks.length, longer.length, NOTHING);
      blocks = longer;
    }
    for (int stripe = 0; stripe < stripes; stripe++) {
      int firstColumn = stripe * STRIPE;
      int width = Math.min(STRIPE, columns - firstColumn);
      for (int row = 0; row < rows; row++) {
        int block = stripe * rows + row;
        if (blocks[block].length < width) {
          blocks[block] = new float[width];
        }
        copy(
            b,
            offset + row * rowStride + firstColumn * columnStride,
            columnStride,
            blocks[block],
            width);
      }
    }
    return new PackedMatrix(rows, columns, blocks);
  }

  private static void copy(float[] from, int offset, int stride, float[] to, int n) {
    if (stride == 1) {
      System.arraycopy(from, offset, to, 0, n);
      return;
    }
    for (int j = 0; j < n; j++) {
      to[j] = from[offset + j * stride];
    }
  }

  @Override
  public void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride) {
    float[] row = scratch.get();
    int depth = b.rows();
    for (int firstColumn = 0; firstColumn < b.columns(); firstColumn += STRIPE) {
      int width = Math.min(STRIPE, b.columns() - firstColumn);
      int block = firstColumn / STRIPE * depth;
      for (int k = 0; k < depth; k += DEPTH) {
        int end = Math.min(depth, k + DEPTH);
        for (int i = 0; i < m; i++) {
          int at = cOffset + i * cRowStride + firstColumn;
          System.arraycopy(c, at, row, 0, width);
          addRow(width, row, a, aOffset + i * aRowStride, aColumnStride, b.blocks(), block, k, end);
          System.arraycopy(row, 0, c, at, width);
        }
      }
    }
  }

  /** Adds the products of one row of A with the rows k to end of B, four rows of B at a time. */
  private static void addRow(
      int n, float[] c, float[] a, int aAt, int aStride, float[][] b, int block, int k, int end) {
    int at = aAt + k * aStride;
    for (; k <= end - 4; k += 4) {
      int row = block + k;
      addFour(
          n,
          c,
          a[at],
          b[row],
          a[at + aStride],
          b[row + 1],
          a[at + 2 * aStride],
          b[row + 2],
          a[at + 3 * aStride],
          b[row + 3]);
      at += 4 * aStride;
    }
    for (; k < end; k++) {
      addOne(n, c, a[at], b[block + k]);
      at += aStride;
    }
  }

  private static void addFour(
      int n,
      float[] c,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3) {
    for (int j = 0; j < n; j++) {
      c[j] =
          Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
    }
  }

  private static void addOne(int n, float[] c, float a0, float[] b0) {
    for (int j = 0; j < n; j++) {
      c[j] = Math.fma(a0, b0[j], c[j]);
    }
  }
}
