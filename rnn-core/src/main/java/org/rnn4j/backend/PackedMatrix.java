package org.rnn4j.backend;

/**
 * The right-hand side of a product, copied into the layout that one implementation of {@link
 * Kernels} reads fastest. Only the kernels that packed it know that layout.
 */
public final class PackedMatrix {
  private final int rows;
  private final int columns;
  private final float[][] blocks;

  /** A packed matrix of the given extents over blocks laid out as the kernels please. */
  public PackedMatrix(int rows, int columns, float[][] blocks) {
    this.rows = rows;
    this.columns = columns;
    this.blocks = blocks;
  }

  /** Rows of the matrix that was packed: the inner extent of the product. */
  public int rows() {
    return rows;
  }

  /** Columns of the matrix that was packed: the columns of the product. */
  public int columns() {
    return columns;
  }

  /** The storage, in the layout of the kernels that packed it. */
  public float[][] blocks() {
    return blocks;
  }
}
