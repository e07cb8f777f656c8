package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;
import static org.rnn4j.backend.simd.VectorProduct.PANEL;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of C for an A that lies row by row: its elements are read along the rows.
 *
 * <p>The shapes are those whose sums and operands fit the registers. Two steps of the inner index
 * in one round of a loop spare address arithmetic; more steps, or more rows, and the JIT compiler,
 * which loads all operands of a round before it computes, runs out of registers and spills sums.
 * The methods are longer than methods should be, and no shorter way keeps the sums in registers:
 * arrays of vectors live on the heap, and so do vectors that cross a call (see {@link Lanes}).
 */
final class RowTiles {
  private RowTiles() {}

  /** m rows of C by one panel. */
  static void panel(
      int m,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    int i = 0;
    if (VectorProduct.TALL_TILES) {
      for (; i <= m - 8; i += 8) {
        tile8(depth, a, aAt + i * aRow, aRow, b, bAt, c, cAt + i * cRow, cRow);
      }
    }
    for (; i <= m - 4; i += 4) {
      tile4(depth, a, aAt + i * aRow, aRow, b, bAt, c, cAt + i * cRow, cRow);
    }
    int aRest = aAt + i * aRow;
    int cRest = cAt + i * cRow;
    switch (m - i) {
      case 3 -> tile3(depth, a, aRest, aRow, b, bAt, c, cRest, cRow);
      case 2 -> tile2(depth, a, aRest, aRow, b, bAt, c, cRest, cRow);
      case 1 -> tile1(depth, a, aRest, b, bAt, c, cRest);
      default -> {}
    }
  }

  /** 8 rows of C by one panel. */
  private static void tile8(
      int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt, int cRow) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c2 = fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector d2 = fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    FloatVector c3 = fromArray(SPECIES, c, cAt + 3 * cRow);
    FloatVector d3 = fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
    FloatVector c4 = fromArray(SPECIES, c, cAt + 4 * cRow);
    FloatVector d4 = fromArray(SPECIES, c, cAt + 4 * cRow + LANES);
    FloatVector c5 = fromArray(SPECIES, c, cAt + 5 * cRow);
    FloatVector d5 = fromArray(SPECIES, c, cAt + 5 * cRow + LANES);
    FloatVector c6 = fromArray(SPECIES, c, cAt + 6 * cRow);
    FloatVector d6 = fromArray(SPECIES, c, cAt + 6 * cRow + LANES);
    FloatVector c7 = fromArray(SPECIES, c, cAt + 7 * cRow);
    FloatVector d7 = fromArray(SPECIES, c, cAt + 7 * cRow + LANES);
    int row1 = aAt + aRow;
    int row2 = aAt + 2 * aRow;
    int row3 = aAt + 3 * aRow;
    int row4 = aAt + 4 * aRow;
    int row5 = aAt + 5 * aRow;
    int row6 = aAt + 6 * aRow;
    int row7 = aAt + 7 * aRow;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[row2 + k]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
      FloatVector x3 = broadcast(SPECIES, a[row3 + k]);
      c3 = x3.fma(b0, c3);
      d3 = x3.fma(b1, d3);
      FloatVector x4 = broadcast(SPECIES, a[row4 + k]);
      c4 = x4.fma(b0, c4);
      d4 = x4.fma(b1, d4);
      FloatVector x5 = broadcast(SPECIES, a[row5 + k]);
      c5 = x5.fma(b0, c5);
      d5 = x5.fma(b1, d5);
      FloatVector x6 = broadcast(SPECIES, a[row6 + k]);
      c6 = x6.fma(b0, c6);
      d6 = x6.fma(b1, d6);
      FloatVector x7 = broadcast(SPECIES, a[row7 + k]);
      c7 = x7.fma(b0, c7);
      d7 = x7.fma(b1, d7);
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
      int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt, int cRow) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c2 = fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector d2 = fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    FloatVector c3 = fromArray(SPECIES, c, cAt + 3 * cRow);
    FloatVector d3 = fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
    int row1 = aAt + aRow;
    int row2 = aAt + 2 * aRow;
    int row3 = aAt + 3 * aRow;
    int k = 0;
    for (; k < depth - 1; k += 2) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[row2 + k]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
      FloatVector x3 = broadcast(SPECIES, a[row3 + k]);
      c3 = x3.fma(b0, c3);
      d3 = x3.fma(b1, d3);
      FloatVector e0 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL);
      FloatVector e1 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL + LANES);
      FloatVector y0 = broadcast(SPECIES, a[aAt + k + 1]);
      c0 = y0.fma(e0, c0);
      d0 = y0.fma(e1, d0);
      FloatVector y1 = broadcast(SPECIES, a[row1 + k + 1]);
      c1 = y1.fma(e0, c1);
      d1 = y1.fma(e1, d1);
      FloatVector y2 = broadcast(SPECIES, a[row2 + k + 1]);
      c2 = y2.fma(e0, c2);
      d2 = y2.fma(e1, d2);
      FloatVector y3 = broadcast(SPECIES, a[row3 + k + 1]);
      c3 = y3.fma(e0, c3);
      d3 = y3.fma(e1, d3);
    }
    if (k < depth) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[row2 + k]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
      FloatVector x3 = broadcast(SPECIES, a[row3 + k]);
      c3 = x3.fma(b0, c3);
      d3 = x3.fma(b1, d3);
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

  /** 3 rows of C by one panel. */
  private static void tile3(
      int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt, int cRow) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c2 = fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector d2 = fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    int row1 = aAt + aRow;
    int row2 = aAt + 2 * aRow;
    int k = 0;
    for (; k < depth - 1; k += 2) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[row2 + k]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
      FloatVector e0 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL);
      FloatVector e1 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL + LANES);
      FloatVector y0 = broadcast(SPECIES, a[aAt + k + 1]);
      c0 = y0.fma(e0, c0);
      d0 = y0.fma(e1, d0);
      FloatVector y1 = broadcast(SPECIES, a[row1 + k + 1]);
      c1 = y1.fma(e0, c1);
      d1 = y1.fma(e1, d1);
      FloatVector y2 = broadcast(SPECIES, a[row2 + k + 1]);
      c2 = y2.fma(e0, c2);
      d2 = y2.fma(e1, d2);
    }
    if (k < depth) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[row2 + k]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
    c1.intoArray(c, cAt + cRow);
    d1.intoArray(c, cAt + cRow + LANES);
    c2.intoArray(c, cAt + 2 * cRow);
    d2.intoArray(c, cAt + 2 * cRow + LANES);
  }

  /** 2 rows of C by one panel. */
  private static void tile2(
      int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt, int cRow) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = fromArray(SPECIES, c, cAt + cRow + LANES);
    int row1 = aAt + aRow;
    int k = 0;
    for (; k < depth - 1; k += 2) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector e0 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL);
      FloatVector e1 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL + LANES);
      FloatVector y0 = broadcast(SPECIES, a[aAt + k + 1]);
      c0 = y0.fma(e0, c0);
      d0 = y0.fma(e1, d0);
      FloatVector y1 = broadcast(SPECIES, a[row1 + k + 1]);
      c1 = y1.fma(e0, c1);
      d1 = y1.fma(e1, d1);
    }
    if (k < depth) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[row1 + k]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
    c1.intoArray(c, cAt + cRow);
    d1.intoArray(c, cAt + cRow + LANES);
  }

  /** 1 row of C by one panel. */
  private static void tile1(int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    int k = 0;
    for (; k < depth - 1; k += 2) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector e0 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL);
      FloatVector e1 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL + LANES);
      FloatVector y0 = broadcast(SPECIES, a[aAt + k + 1]);
      c0 = y0.fma(e0, c0);
      d0 = y0.fma(e1, d0);
    }
    if (k < depth) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
  }
}
