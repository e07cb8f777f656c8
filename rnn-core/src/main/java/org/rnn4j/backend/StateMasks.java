package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * Recurrent dropout of the fast recurrences: each gate's recurrent product reads {@code h₋₁∘mask}
 * with a mask of its own, the same at all tokens of a sequence. What the gates have read is kept
 * beside them, for the gradient of U. Rows are those of the packed batch.
 */
final class StateMasks {
  private final Kernels kernels;
  private final int width;
  private final float[] masks; // [batch, gates*width], packed order
  private final int stride;
  private final float[] read; // h₋₁∘mask, [rows of gates, gates*width]
  private final float[] scratch; // [batch, width]: a shard's rows are its own

  private StateMasks(Kernels kernels, Tensor masks, int width, Tensor read, Tensor scratch) {
    this.kernels = kernels;
    this.width = width;
    this.masks = masks.floats();
    this.stride = masks.columns();
    this.read = read.floats();
    this.scratch = scratch.floats();
  }

  /** The masks of the input, or null where it has none. */
  static @Nullable StateMasks of(
      Products products, RecurrentInput input, FastSteps steps, int width, Workspace workspace) {
    Tensor given = input.stateMasks();
    if (given == null) {
      return null;
    }
    return new StateMasks(
        products.kernels(),
        steps.packedState(given, given.columns(), workspace),
        width,
        workspace.uninitialised(steps.gateRows(products), given.columns()),
        workspace.uninitialised(input.sequences().batch(), width));
  }

  /**
   * {@code C += (h∘mask)·B} for some rows.
   *
   * @param row the first of them in the batch
   * @param gateRow the first of them among the rows of gates
   * @param h the states, without gaps from {@code hAt}
   */
  void multiplyAdd(
      int gate,
      int row,
      int gateRow,
      int rows,
      float[] h,
      int hAt,
      PackedMatrix b,
      float[] c,
      int cAt,
      int cStride) {
    int first = at(gate, gateRow);
    for (int i = 0; i < rows; i++) {
      int mask = at(gate, row + i);
      kernels.multiply(h, hAt + i * width, masks, mask, read, first + i * stride, width);
    }
    kernels.multiplyAdd(rows, read, first, stride, 1, b, c, cAt, cStride);
  }

  /** Says that the gates of some rows have read states of zero. */
  void readZeros(int gateRow, int rows) {
    Arrays.fill(read, gateRow * stride, (gateRow + rows) * stride, 0);
  }

  /** Asks for the gradient of a gate's columns of U, from the gradients D of its products. */
  void addGradient(int gate, TokenSums d, float[] target, int column, int targetStride) {
    d.product(read, gate * width, stride, width, target, column, targetStride);
  }

  /** The backward of {@link #multiplyAdd}: {@code dh += (D·Bᵀ)∘mask} for some rows. */
  void multiplyAddBack(
      int gate,
      int row,
      int rows,
      float[] d,
      int dAt,
      int dStride,
      PackedMatrix transposed,
      float[] dh) {
    Arrays.fill(scratch, row * width, (row + rows) * width, 0);
    kernels.multiplyAdd(rows, d, dAt, dStride, 1, transposed, scratch, row * width, width);
    for (int i = 0; i < rows; i++) {
      int at = (row + i) * width;
      kernels.addProducts(scratch, at, masks, at(gate, row + i), dh, at, width);
    }
  }

  /** {@code x = x∘mask} for some rows, which start {@code xStride} apart. */
  void apply(int gate, int row, int rows, float[] x, int xAt, int xStride) {
    for (int i = 0; i < rows; i++) {
      int at = xAt + i * xStride;
      kernels.multiply(x, at, masks, at(gate, row + i), x, at, width);
    }
  }

  private int at(int gate, int row) {
    return row * stride + gate * width;
  }
}
