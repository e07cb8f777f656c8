package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;
import static org.rnn4j.backend.simd.VectorProduct.PANEL;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of C for an A that lies column by column, such as the transpose of a matrix of rows. Rows
 * of a power of two of floats would drive each other from the first-level cache, so a block of A is
 * first copied to where a tile's elements follow each other. Shapes and lengths as in {@link
 * RowTiles}.
 */
final class ColumnTiles {
  /** Rows of C in a tile. */
  private static final int TILE = VectorProduct.TALL_TILES ? 8 : 4;

  private ColumnTiles() {}

  /**
   * Copies a block of A, as many of its rows as there are lanes after another, and of these column
   * by column; rows that fill no tile are left out.
   */
  static float[] pack(int m, int depth, float[] a, int aAt, int aColumn) {
    float[] packed = Scratch.own().columns((m + LANES) * depth);
    int i = 0;
    for (; i <= m - LANES; i += LANES) {
      for (int k = 0; k < depth; k++) {
        fromArray(SPECIES, a, aAt + i + k * aColumn).intoArray(packed, i * depth + k * LANES);
      }
    }
    int rest = (m - i) / TILE * TILE;
    for (int k = 0; k < depth && rest > 0; k++) {
      for (int row = 0; row < rest; row++) {
        packed[i * depth + k * LANES + row] = a[aAt + i + row + k * aColumn];
      }
    }
    return packed;
  }

  /** m rows of C by one panel; {@code packed} is what {@link #pack} made of the block of A. */
  static void panel(
      int m,
      int depth,
      float[] packed,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    int i = 0;
    for (; i <= m - TILE; i += TILE) {
      int at = i / LANES * LANES * depth + i % LANES;
      if (VectorProduct.TALL_TILES) {
        tile8(depth, packed, at, b, bAt, c, cAt + i * cRow, cRow);
      } else {
        tile4(depth, packed, at, b, bAt, c, cAt + i * cRow, cRow);
      }
    }
    for (; i < m; i++) {
      tile1(depth, a, aAt + i, aColumn, b, bAt, c, cAt + i * cRow);
    }
  }

  /** 8 rows of C by one panel. */
  private static void tile8(
      int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cRow) {
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
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k * LANES]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[aAt + k * LANES + 1]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[aAt + k * LANES + 2]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
      FloatVector x3 = broadcast(SPECIES, a[aAt + k * LANES + 3]);
      c3 = x3.fma(b0, c3);
      d3 = x3.fma(b1, d3);
      FloatVector x4 = broadcast(SPECIES, a[aAt + k * LANES + 4]);
      c4 = x4.fma(b0, c4);
      d4 = x4.fma(b1, d4);
      FloatVector x5 = broadcast(SPECIES, a[aAt + k * LANES + 5]);
      c5 = x5.fma(b0, c5);
      d5 = x5.fma(b1, d5);
      FloatVector x6 = broadcast(SPECIES, a[aAt + k * LANES + 6]);
      c6 = x6.fma(b0, c6);
      d6 = x6.fma(b1, d6);
      FloatVector x7 = broadcast(SPECIES, a[aAt + k * LANES + 7]);
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
      int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cRow) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c1 = fromArray(SPECIES, c, cAt + cRow);
    FloatVector d1 = fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c2 = fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector d2 = fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    FloatVector c3 = fromArray(SPECIES, c, cAt + 3 * cRow);
    FloatVector d3 = fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + k * LANES]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      FloatVector x1 = broadcast(SPECIES, a[aAt + k * LANES + 1]);
      c1 = x1.fma(b0, c1);
      d1 = x1.fma(b1, d1);
      FloatVector x2 = broadcast(SPECIES, a[aAt + k * LANES + 2]);
      c2 = x2.fma(b0, c2);
      d2 = x2.fma(b1, d2);
      FloatVector x3 = broadcast(SPECIES, a[aAt + k * LANES + 3]);
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

  /** 1 row of C by one panel. */
  private static void tile1(
      int depth, float[] a, int aAt, int aColumn, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c0 = fromArray(SPECIES, c, cAt);
    FloatVector d0 = fromArray(SPECIES, c, cAt + LANES);
    int k = 0;
    for (; k < depth - 1; k += 2) {
      int at = aAt + k * aColumn;
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[at]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
      int next = aAt + (k + 1) * aColumn;
      FloatVector e0 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL);
      FloatVector e1 = fromArray(SPECIES, b, bAt + (k + 1) * PANEL + LANES);
      FloatVector y0 = broadcast(SPECIES, a[next]);
      c0 = y0.fma(e0, c0);
      d0 = y0.fma(e1, d0);
    }
    if (k < depth) {
      int at = aAt + k * aColumn;
      FloatVector b0 = fromArray(SPECIES, b, bAt + k * PANEL);
      FloatVector b1 = fromArray(SPECIES, b, bAt + k * PANEL + LANES);
      FloatVector x0 = broadcast(SPECIES, a[at]);
      c0 = x0.fma(b0, c0);
      d0 = x0.fma(b1, d0);
    }
    c0.intoArray(c, cAt);
    d0.intoArray(c, cAt + LANES);
  }
}
