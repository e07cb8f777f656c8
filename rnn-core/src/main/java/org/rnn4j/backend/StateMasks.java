package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * Recurrent dropout of the fast recurrences: each gate's recurrent product reads {@code h₋₁∘mask}
 * with a mask of its own, the same at all tokens of a sequence. What a gate reads is made anew for
 * the gradient of U, some tokens at a time: all of it would take more time to write down and read
 * again than to make. Rows are those of the packed batch.
 */
final class StateMasks {
  private final Kernels kernels;
  private final Sequences sequences;
  private final int width;
  private final float[] masks; // [batch, gates*width], packed order
  private final int stride;
  private final float[] scratch; // [batch, width]: a shard's rows are its own

  private StateMasks(
      Kernels kernels, Sequences sequences, Tensor masks, int width, Tensor scratch) {
    this.kernels = kernels;
    this.sequences = sequences;
    this.width = width;
    this.masks = masks.floats();
    this.stride = masks.columns();
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
        input.sequences(),
        steps.packedState(given, given.columns(), workspace),
        width,
        workspace.uninitialised(input.sequences().batch(), width));
  }

  /**
   * {@code C += (h∘mask)·B} for some rows.
   *
   * @param row the first of them in the batch
   * @param h the states, without gaps from {@code hAt}
   */
  void multiplyAdd(
      int gate,
      int row,
      int rows,
      float[] h,
      int hAt,
      PackedMatrix b,
      float[] c,
      int cAt,
      int cStride) {
    for (int i = 0; i < rows; i++) {
      int to = (row + i) * width;
      kernels.multiply(h, hAt + i * width, masks, at(gate, row + i), scratch, to, width);
    }
    kernels.multiplyAdd(rows, scratch, row * width, width, 1, b, c, cAt, cStride);
  }

  /**
   * Asks for the gradient of a gate's columns of U, from the gradients D of its products and the
   * states h₋₁ of all tokens.
   */
  void addGradient(
      int gate, TokenSums d, Tensor previous, float[] target, int column, int targetStride) {
    d.product(
        (token, count, to) -> readings(gate, previous.floats(), token, count, to),
        width,
        target,
        column,
        targetStride);
  }

  /** What a gate reads at some tokens, without gaps. */
  private void readings(int gate, float[] previous, int token, int count, float[] to) {
    int step = 0;
    for (int i = 0; i < count; i++) {
      while (token + i >= sequences.offset(step + 1)) {
        step++;
      }
      int mask = at(gate, token + i - sequences.offset(step));
      kernels.multiply(previous, (token + i) * width, masks, mask, to, i * width, width);
    }
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
