package org.rnn4j.backend.simd;

import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.PackedMatrix;

/**
 * The product {@code C += A·B}. B is packed in panels of two vectors' width, one array a panel,
 * filled up with zeros; a tile of some rows of C by one panel or more stays in registers while the
 * inner index runs ({@link RowTiles}, {@link ColumnTiles}). Every lane adds its own element's
 * products in order, so neither the width of the vectors nor the shape of a tile ever shows in a
 * result.
 */
final class VectorProduct {
  /** Columns of a panel. */
  static final int PANEL = 2 * LANES;

  /**
   * Rows of B taken at a time: this much of a panel stays in the first-level cache, 16 KB at 256
   * bits, 32 KB at 512.
   */
  private static final int DEPTH = 256;

  /**
   * Rows of A taken at a time: with {@link #DEPTH} columns, 128 KB that stay in the second-level
   * cache.
   */
  private static final int HEIGHT = 32;

  /**
   * Whether a tile may have eight rows: its sixteen sums and what feeds them fit the 32 registers
   * that come with vectors of 512 bits, not the 16 that come with shorter ones.
   */
  static final boolean TALL_TILES = SPECIES.vectorBitSize() >= 512;

  private static final int SCRATCH_ROWS = 8;

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
    boolean byRows = aColumnStride == 1;
    int aStride = byRows ? aRowStride : aColumnStride;
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      for (int i = 0; i < m; i += HEIGHT) {
        int height = Math.min(HEIGHT, m - i);
        int aAt = aOffset + i * aRowStride + k * aColumnStride;
        int cAt = cOffset + i * cRowStride;
        int whole = wholePanels(height, depth, byRows, a, aAt, aStride, b, k, c, cAt, cRowStride);
        if (whole * PANEL < b.columns()) {
          narrowPanel(height, depth, byRows, a, aAt, aStride, b, k, c, cAt, cRowStride);
        }
      }
    }
  }

  /** The panels that are full; returns how many. */
  private static int wholePanels(
      int m,
      int depth,
      boolean byRows,
      float[] a,
      int aAt,
      int aStride,
      PackedMatrix b,
      int k,
      float[] c,
      int cAt,
      int cRow) {
    int whole = b.columns() / PANEL;
    int bAt = k * PANEL;
    int few = byRows && m % 4 <= 2 ? m % 4 : 0;
    if (few < m) {
      for (int panel = 0; panel < whole; panel++) {
        float[] block = b.blocks()[panel];
        int at = cAt + panel * PANEL;
        panel(m - few, depth, byRows, a, aAt, aStride, block, bAt, c, at, cRow);
      }
    }
    if (few > 0) {
      int aFew = aAt + (m - few) * aStride;
      int cFew = cAt + (m - few) * cRow;
      RowTiles.fewRows(few, depth, a, aFew, aStride, b.blocks(), whole, bAt, c, cFew, cRow);
    }
    return whole;
  }

  /** The last panel, narrower than two vectors: tiles of C are worked on in a scratch array. */
  private static void narrowPanel(
      int m,
      int depth,
      boolean byRows,
      float[] a,
      int aAt,
      int aStride,
      PackedMatrix b,
      int k,
      float[] c,
      int cAt,
      int cRow) {
    int last = b.columns() / PANEL;
    int width = b.columns() - last * PANEL;
    float[] tile = Scratch.atLeast(SCRATCH_ROWS * PANEL);
    int aRow = byRows ? aStride : 1;
    for (int i = 0; i < m; i += SCRATCH_ROWS) {
      int height = Math.min(SCRATCH_ROWS, m - i);
      int at = cAt + last * PANEL + i * cRow;
      for (int row = 0; row < height; row++) {
        System.arraycopy(c, at + row * cRow, tile, row * PANEL, width);
      }
      int first = aAt + i * aRow;
      panel(height, depth, byRows, a, first, aStride, b.blocks()[last], k * PANEL, tile, 0, PANEL);
      for (int row = 0; row < height; row++) {
        System.arraycopy(tile, row * PANEL, c, at + row * cRow, width);
      }
    }
  }

  /** All rows of C by one panel. */
  private static void panel(
      int m,
      int depth,
      boolean byRows,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    if (byRows) {
      RowTiles.panel(m, depth, a, aAt, aStride, b, bAt, c, cAt, cRow);
    } else {
      ColumnTiles.panel(m, depth, a, aAt, aStride, b, bAt, c, cAt, cRow);
    }
  }
}
