package org.rnn4j.backend.simd;

import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.PackedMatrix;

/**
 * The product {@code C += A·B}. B is packed in panels of two vectors' width, one array a panel,
 * filled up with zeros; a tile of up to eight rows of C by one panel stays in registers while the
 * inner index runs. Every lane adds its own element's products in order, so the width of the
 * vectors never shows in a result.
 */
final class VectorProduct {
  /** Columns of a panel. */
  static final int PANEL = 2 * LANES;

  /**
   * Rows of B taken at a time: this much of a panel, 32 KB at 512 bits, stays in the first-level
   * cache.
   */
  private static final int DEPTH = 256;

  /**
   * Rows of A taken at a time: with {@link #DEPTH} columns, 128 KB that stay in the second-level
   * cache.
   */
  private static final int HEIGHT = 128;

  private static final int TILE_ROWS = 8;

  private VectorProduct() {}

  static PackedMatrix pack(
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      @Nullable PackedMatrix reuse) {
    int panels = (columns + PANEL - 1) / PANEL;
    float[][] blocks = new float[panels][];
    for (int panel = 0; panel < panels; panel++) {
      float[] block = reuse != null && panel < reuse.blocks().length ? reuse.blocks()[panel] : null;
      if (block == null || block.length < rows * PANEL) {
        block = new float[rows * PANEL];
      }
      int firstColumn = panel * PANEL;
      int width = Math.min(PANEL, columns - firstColumn);
      packPanel(
          b, offset + firstColumn * columnStride, rowStride, columnStride, rows, width, block);
      blocks[panel] = block;
    }
    return new PackedMatrix(rows, columns, blocks);
  }

  private static void packPanel(
      float[] b, int offset, int rowStride, int columnStride, int rows, int width, float[] panel) {
    for (int row = 0; row < rows; row++) {
      int from = offset + row * rowStride;
      int to = row * PANEL;
      if (columnStride == 1) {
        System.arraycopy(b, from, panel, to, width);
      } else {
        for (int j = 0; j < width; j++) {
          panel[to + j] = b[from + j * columnStride];
        }
      }
      if (width < PANEL) {
        Arrays.fill(panel, to + width, to + PANEL, 0f);
      }
    }
  }

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
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      for (int i = 0; i < m; i += HEIGHT) {
        int height = Math.min(HEIGHT, m - i);
        int aAt = aOffset + i * aRowStride + k * aColumnStride;
        for (int panel = 0; panel * PANEL < b.columns(); panel++) {
          int cAt = cOffset + i * cRowStride + panel * PANEL;
          float[] block = b.blocks()[panel];
          if (b.columns() - panel * PANEL >= PANEL) {
            rows(
                height,
                depth,
                a,
                aAt,
                aRowStride,
                aColumnStride,
                block,
                k * PANEL,
                c,
                cAt,
                cRowStride);
          } else {
            int width = b.columns() - panel * PANEL;
            narrowRows(
                height,
                depth,
                a,
                aAt,
                aRowStride,
                aColumnStride,
                block,
                k * PANEL,
                c,
                cAt,
                cRowStride,
                width);
          }
        }
      }
    }
  }

  /** A panel narrower than two vectors: its tiles of C are worked on in a scratch array. */
  private static void narrowRows(
      int m,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow,
      int width) {
    float[] tile = Scratch.atLeast(TILE_ROWS * PANEL);
    for (int i = 0; i < m; i += TILE_ROWS) {
      int height = Math.min(TILE_ROWS, m - i);
      for (int row = 0; row < height; row++) {
        System.arraycopy(c, cAt + (i + row) * cRow, tile, row * PANEL, width);
      }
      rows(height, depth, a, aAt + i * aRow, aRow, aColumn, b, bAt, tile, 0, PANEL);
      for (int row = 0; row < height; row++) {
        System.arraycopy(tile, row * PANEL, c, cAt + (i + row) * cRow, width);
      }
    }
  }

  private static void rows(
      int m,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    int i = 0;
    for (; i <= m - 8; i += 8) {
      tile8(depth, a, aAt + i * aRow, aRow, aColumn, b, bAt, c, cAt + i * cRow, cRow);
    }
    if ((m - i & 4) != 0) {
      tile4(depth, a, aAt + i * aRow, aRow, aColumn, b, bAt, c, cAt + i * cRow, cRow);
      i += 4;
    }
    if ((m - i & 2) != 0) {
      tile2(depth, a, aAt + i * aRow, aRow, aColumn, b, bAt, c, cAt + i * cRow, cRow);
      i += 2;
    }
    if (i < m) {
      tile1(depth, a, aAt + i * aRow, aColumn, b, bAt, c, cAt + i * cRow);
    }
  }

  /**
   * 8 rows of C by one panel. Longer than a method should be, and no shorter way keeps its sixteen
   * sums in registers: arrays of vectors live on the heap, and so do vectors that cross a call (see
   * {@link Lanes}).
   */
  private static void tile8(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = FloatVector.fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector d2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow);
    FloatVector d3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow);
    FloatVector d4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow + LANES);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow);
    FloatVector d5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow + LANES);
    FloatVector c6 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cRow);
    FloatVector d6 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cRow + LANES);
    FloatVector c7 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cRow);
    FloatVector d7 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cRow + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      int at = aAt + k * aColumn;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
      c0 = a0.fma(b0, c0);
      d0 = a0.fma(b1, d0);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + aRow]);
      c1 = a1.fma(b0, c1);
      d1 = a1.fma(b1, d1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2 * aRow]);
      c2 = a2.fma(b0, c2);
      d2 = a2.fma(b1, d2);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3 * aRow]);
      c3 = a3.fma(b0, c3);
      d3 = a3.fma(b1, d3);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[at + 4 * aRow]);
      c4 = a4.fma(b0, c4);
      d4 = a4.fma(b1, d4);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[at + 5 * aRow]);
      c5 = a5.fma(b0, c5);
      d5 = a5.fma(b1, d5);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[at + 6 * aRow]);
      c6 = a6.fma(b0, c6);
      d6 = a6.fma(b1, d6);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[at + 7 * aRow]);
      c7 = a7.fma(b0, c7);
      d7 = a7.fma(b1, d7);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
    c1.intoArray(c, cAt + cRow);
    d1.intoArray(c, cAt + cRow + LANES);
    c2.intoArray(c, cAt + 2 * cRow);
    d2.intoArray(c, cAt + 2 * cRow + LANES);
    c3.intoArray(c, cAt + 3 * cRow);
    d3.intoArray(c, cAt + 3 * cRow + LANES);
    c4.intoArray(c, cAt + 4 * cRow);
    d4.intoArray(c, cAt + 4 * cRow + LANES);
    c5.intoArray(c, cAt + 5 * cRow);
    d5.intoArray(c, cAt + 5 * cRow + LANES);
    c6.intoArray(c, cAt + 6 * cRow);
    d6.intoArray(c, cAt + 6 * cRow + LANES);
    c7.intoArray(c, cAt + 7 * cRow);
    d7.intoArray(c, cAt + 7 * cRow + LANES);
  }

  /** 4 rows of C by one panel. */
  private static void tile4(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = FloatVector.fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector d2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow);
    FloatVector d3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      int at = aAt + k * aColumn;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
      c0 = a0.fma(b0, c0);
      d0 = a0.fma(b1, d0);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + aRow]);
      c1 = a1.fma(b0, c1);
      d1 = a1.fma(b1, d1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2 * aRow]);
      c2 = a2.fma(b0, c2);
      d2 = a2.fma(b1, d2);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3 * aRow]);
      c3 = a3.fma(b0, c3);
      d3 = a3.fma(b1, d3);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
    c1.intoArray(c, cAt + cRow);
    d1.intoArray(c, cAt + cRow + LANES);
    c2.intoArray(c, cAt + 2 * cRow);
    d2.intoArray(c, cAt + 2 * cRow + LANES);
    c3.intoArray(c, cAt + 3 * cRow);
    d3.intoArray(c, cAt + 3 * cRow + LANES);
  }

  /** 2 rows of C by one panel. */
  private static void tile2(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = FloatVector.fromArray(SPECIES, c, cAt + cRow + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      int at = aAt + k * aColumn;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
      c0 = a0.fma(b0, c0);
      d0 = a0.fma(b1, d0);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + aRow]);
      c1 = a1.fma(b0, c1);
      d1 = a1.fma(b1, d1);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
    c1.intoArray(c, cAt + cRow);
    d1.intoArray(c, cAt + cRow + LANES);
  }

  /** 1 row of C by one panel. */
  private static void tile1(
      int depth, float[] a, int aAt, int aColumn, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      int at = aAt + k * aColumn;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
      c0 = a0.fma(b0, c0);
      d0 = a0.fma(b1, d0);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
  }
}
