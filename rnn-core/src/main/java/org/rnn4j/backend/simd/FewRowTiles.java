package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;
import static org.rnn4j.backend.simd.VectorProduct.PANEL;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of C for one or two rows of A, as a single text has: several panels of B at once, because
 * one row of sums is too few to keep the processor's multipliers busy. Written out as {@link
 * RowTiles} are, and for the same reason.
 */
final class FewRowTiles {
  private FewRowTiles() {}

  /** One or two rows of C by the first {@code panels} of B. */
  static void panels(
      int m,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      float[][] b,
      int panels,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    int panel = 0;
    if (m == 2) {
      for (; panel <= panels - 2; panel += 2) {
        tile2By2(depth, a, aAt, aRow, b, panel, bAt, c, cAt + panel * PANEL, cRow);
      }
    } else {
      for (; panel <= panels - 4; panel += 4) {
        tile1By4(depth, a, aAt, b, panel, bAt, c, cAt + panel * PANEL);
      }
    }
    for (; panel < panels; panel++) {
      RowTiles.panel(m, depth, a, aAt, aRow, b[panel], bAt, c, cAt + panel * PANEL, cRow);
    }
  }

  /** 2 rows of C by 2 panels. */
  private static void tile2By2(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      float[][] b,
      int firstPanel,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    float[] panel0 = b[firstPanel];
    float[] panel1 = b[firstPanel + 1];
    FloatVector c00 = fromArray(SPECIES, c, cAt);
    FloatVector d00 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c01 = fromArray(SPECIES, c, cAt + PANEL);
    FloatVector d01 = fromArray(SPECIES, c, cAt + PANEL + LANES);
    FloatVector c10 = fromArray(SPECIES, c, cAt + cRow);
    FloatVector d10 = fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c11 = fromArray(SPECIES, c, cAt + cRow + PANEL);
    FloatVector d11 = fromArray(SPECIES, c, cAt + cRow + PANEL + LANES);
    for (int k = 0; k < depth; k++) {
      int at = bAt + k * PANEL;
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      FloatVector x1 = broadcast(SPECIES, a[aAt + aRow + k]);
      FloatVector b0 = fromArray(SPECIES, panel0, at);
      FloatVector e0 = fromArray(SPECIES, panel0, at + LANES);
      c00 = x0.fma(b0, c00);
      d00 = x0.fma(e0, d00);
      c10 = x1.fma(b0, c10);
      d10 = x1.fma(e0, d10);
      FloatVector b1 = fromArray(SPECIES, panel1, at);
      FloatVector e1 = fromArray(SPECIES, panel1, at + LANES);
      c01 = x0.fma(b1, c01);
      d01 = x0.fma(e1, d01);
      c11 = x1.fma(b1, c11);
      d11 = x1.fma(e1, d11);
    }
    c00.intoArray(c, cAt);
    d00.intoArray(c, cAt + LANES);
    c01.intoArray(c, cAt + PANEL);
    d01.intoArray(c, cAt + PANEL + LANES);
    c10.intoArray(c, cAt + cRow);
    d10.intoArray(c, cAt + cRow + LANES);
    c11.intoArray(c, cAt + cRow + PANEL);
    d11.intoArray(c, cAt + cRow + PANEL + LANES);
  }

  /** 1 row of C by 4 panels. */
  private static void tile1By4(
      int depth, float[] a, int aAt, float[][] b, int firstPanel, int bAt, float[] c, int cAt) {
    float[] panel0 = b[firstPanel];
    float[] panel1 = b[firstPanel + 1];
    float[] panel2 = b[firstPanel + 2];
    float[] panel3 = b[firstPanel + 3];
    FloatVector c00 = fromArray(SPECIES, c, cAt);
    FloatVector d00 = fromArray(SPECIES, c, cAt + LANES);
    FloatVector c01 = fromArray(SPECIES, c, cAt + PANEL);
    FloatVector d01 = fromArray(SPECIES, c, cAt + PANEL + LANES);
    FloatVector c02 = fromArray(SPECIES, c, cAt + 2 * PANEL);
    FloatVector d02 = fromArray(SPECIES, c, cAt + 2 * PANEL + LANES);
    FloatVector c03 = fromArray(SPECIES, c, cAt + 3 * PANEL);
    FloatVector d03 = fromArray(SPECIES, c, cAt + 3 * PANEL + LANES);
    for (int k = 0; k < depth; k++) {
      int at = bAt + k * PANEL;
      FloatVector x0 = broadcast(SPECIES, a[aAt + k]);
      c00 = x0.fma(fromArray(SPECIES, panel0, at), c00);
      d00 = x0.fma(fromArray(SPECIES, panel0, at + LANES), d00);
      c01 = x0.fma(fromArray(SPECIES, panel1, at), c01);
      d01 = x0.fma(fromArray(SPECIES, panel1, at + LANES), d01);
      c02 = x0.fma(fromArray(SPECIES, panel2, at), c02);
      d02 = x0.fma(fromArray(SPECIES, panel2, at + LANES), d02);
      c03 = x0.fma(fromArray(SPECIES, panel3, at), c03);
      d03 = x0.fma(fromArray(SPECIES, panel3, at + LANES), d03);
    }
    c00.intoArray(c, cAt);
    d00.intoArray(c, cAt + LANES);
    c01.intoArray(c, cAt + PANEL);
    d01.intoArray(c, cAt + PANEL + LANES);
    c02.intoArray(c, cAt + 2 * PANEL);
    d02.intoArray(c, cAt + 2 * PANEL + LANES);
    c03.intoArray(c, cAt + 3 * PANEL);
    d03.intoArray(c, cAt + 3 * PANEL + LANES);
  }
}
