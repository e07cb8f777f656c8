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
   * Rows of A taken at a time: with {@link #DEPTH} columns they stay near the first-level cache.
   */
  private static final int HEIGHT = 32;

  /**
   * Whether a tile may have eight rows: its sixteen sums and what feeds them fit the 32 registers
   * that come with vectors of 512 bits, not the 16 that come with shorter ones.
   */
  static final boolean TALL_TILES = SPECIES.vectorBitSize() >= 512;

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
    // Panels beyond those needed now are kept: the next product may need them again.
    float[][] blocks = reuse == null ? new float[panels][] : reuse.blocks();
    if (blocks.length < panels) {
      blocks = Arrays.copyOf(blocks, panels);
    }
    for (int panel = 0; panel < panels; panel++) {
      float[] block = blocks[panel];
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
    if (!byRows && aRowStride != 1) {
      throw new IllegalArgumentException(
          "Expected rows or columns of A without gaps, got strides of "
              + aRowStride
              + " and "
              + aColumnStride);
    }
    int aStride = byRows ? aRowStride : aColumnStride;
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      for (int i = 0; i < m; i += HEIGHT) {
        int height = Math.min(HEIGHT, m - i);
        int aAt = aOffset + i * aRowStride + k * aColumnStride;
        int cAt = cOffset + i * cRowStride;
        if (byRows) {
          rows(height, depth, a, aAt, aStride, b, k, c, cAt, cRowStride);
        } else {
          columns(height, depth, a, aAt, aStride, b, k, c, cAt, cRowStride);
        }
      }
    }
  }

  /** A block of an A that lies row by row. */
  private static void rows(
      int m,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      PackedMatrix b,
      int k,
      float[] c,
      int cAt,
      int cRow) {
    int whole = b.columns() / PANEL;
    int bAt = k * PANEL;
    int few = m % 4 <= 2 ? m % 4 : 0;
    for (int panel = 0; panel < whole && few < m; panel++) {
      float[] block = b.blocks()[panel];
      RowTiles.panel(m - few, depth, a, aAt, aRow, block, bAt, c, cAt + panel * PANEL, cRow);
    }
    if (few > 0) {
      int aFew = aAt + (m - few) * aRow;
      int cFew = cAt + (m - few) * cRow;
      FewRowTiles.panels(few, depth, a, aFew, aRow, b.blocks(), whole, bAt, c, cFew, cRow);
    }
    int width = b.columns() - whole * PANEL;
    if (width > 0) {
      float[] tile = Scratch.own().tile(HEIGHT * PANEL);
      int cLast = cAt + whole * PANEL;
      copyRows(m, width, c, cLast, cRow, tile, 0, PANEL);
      RowTiles.panel(m, depth, a, aAt, aRow, b.blocks()[whole], bAt, tile, 0, PANEL);
      copyRows(m, width, tile, 0, PANEL, c, cLast, cRow);
    }
  }

  /** A block of an A that lies column by column. */
  private static void columns(
      int m,
      int depth,
      float[] a,
      int aAt,
      int aColumn,
      PackedMatrix b,
      int k,
      float[] c,
      int cAt,
      int cRow) {
    int whole = b.columns() / PANEL;
    int bAt = k * PANEL;
    float[] packed = ColumnTiles.pack(m, depth, a, aAt, aColumn);
    for (int panel = 0; panel < whole; panel++) {
      float[] block = b.blocks()[panel];
      int at = cAt + panel * PANEL;
      ColumnTiles.panel(m, depth, packed, a, aAt, aColumn, block, bAt, c, at, cRow);
    }
    int width = b.columns() - whole * PANEL;
    if (width > 0) {
      float[] block = b.blocks()[whole];
      float[] tile = Scratch.own().tile(HEIGHT * PANEL);
      int cLast = cAt + whole * PANEL;
      copyRows(m, width, c, cLast, cRow, tile, 0, PANEL);
      ColumnTiles.panel(m, depth, packed, a, aAt, aColumn, block, bAt, tile, 0, PANEL);
      copyRows(m, width, tile, 0, PANEL, c, cLast, cRow);
    }
  }

  /** Moves the columns of C that fill no panel to a scratch array as wide as one, and back. */
  private static void copyRows(
      int m, int width, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
    for (int row = 0; row < m; row++) {
      System.arraycopy(from, fromAt + row * fromRow, to, toAt + row * toRow, width);
    }
  }
}
