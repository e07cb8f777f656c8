package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * Recurrent dropout of the fast recurrences: each gate's recurrent product reads {@code h₋₁∘mask}
 * with a mask of its own, the same at all tokens of a sequence. Rows are those of the packed batch.
 */
final class StateMasks {
  private final Kernels kernels;
  private final int width;
  private final float[] masks; // [batch, gates*width], packed order
  private final int stride;
  private final float[] scratch; // [batch, width]: a shard's rows are its own

  private StateMasks(Kernels kernels, Tensor masks, int width, Tensor scratch) {
    this.kernels = kernels;
    this.width = width;
    this.masks = masks.floats();
    this.stride = masks.columns();
    this.scratch = scratch.floats();
  }

  /** The masks of the input, or null where it has none. */
  static @Nullable StateMasks of(
      Kernels kernels, RecurrentInput input, FastSteps steps, int width, Workspace workspace) {
    Tensor given = input.stateMasks();
    if (given == null) {
      return null;
    }
    Tensor packed = steps.packedState(given, given.columns(), workspace);
    int batch = input.sequences().batch();
    return new StateMasks(kernels, packed, width, workspace.uninitialised(batch, width));
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
      int mask = maskAt(gate, row + i);
      int from = hAt + i * width;
      int to = (row + i) * width;
      for (int j = 0; j < width; j++) {
        scratch[to + j] = h[from + j] * masks[mask + j];
      }
    }
    kernels.multiplyAdd(rows, scratch, row * width, width, 1, b, c, cAt, cStride);
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
      int mask = maskAt(gate, row + i);
      int at = (row + i) * width;
      for (int j = 0; j < width; j++) {
        dh[at + j] = Math.fma(scratch[at + j], masks[mask + j], dh[at + j]);
      }
    }
  }

  /** {@code x = x∘mask} for some rows, which start {@code xStride} apart. */
  void apply(int gate, int row, int rows, float[] x, int xAt, int xStride) {
    for (int i = 0; i < rows; i++) {
      int mask = maskAt(gate, row + i);
      int at = xAt + i * xStride;
      for (int j = 0; j < width; j++) {
        x[at + j] *= masks[mask + j];
      }
    }
  }

  /** The previous states of all tokens as a gate has read them: {@code target = states∘mask}. */
  void masked(int gate, RecurrentInput input, Tensor states, Tensor target, Products products) {
    float[] from = states.floats();
    float[] to = target.floats();
    products.split(
        input.sequences().steps(),
        products.smallest((long) input.sequences().batch() * width),
        (first, end) -> {
          for (int step = first; step < end; step++) {
            int at = input.sequences().offset(step) * width;
            for (int row = 0; row < input.sequences().size(step); row++) {
              int mask = maskAt(gate, row);
              for (int j = 0; j < width; j++) {
                to[at + row * width + j] = from[at + row * width + j] * masks[mask + j];
              }
            }
          }
        });
  }

  private int maskAt(int gate, int row) {
    return row * stride + gate * width;
  }
}
