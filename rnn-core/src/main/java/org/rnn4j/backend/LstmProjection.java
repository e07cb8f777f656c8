package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The projection of an LSTM in float32, {@code h = clip(m·P)} of {@code m = o∘tanh(c)}, and the
 * limit of its cells; forward and backward side by side.
 */
final class LstmProjection {
  private final Kernels kernels;
  private final Tensor weights; // [hidden, state]
  private final float limit;
  private final int hidden;
  private final int state;

  private LstmProjection(Kernels kernels, Tensor weights, double limit) {
    this.kernels = kernels;
    this.weights = weights;
    this.limit = (float) limit;
    this.hidden = weights.rows();
    this.state = weights.columns();
  }

  /** The projection of a layer, or null where it has none. */
  static @Nullable LstmProjection of(Kernels kernels, LstmWeights own) {
    return own.projection() == null
        ? null
        : new LstmProjection(kernels, own.projection(), own.projectionClip());
  }

  /** {@code h = clip(m·P)} for rows without gaps. */
  void forward(int rows, float[] m, int mAt, float[] h, int hAt) {
    int end = hAt + rows * state;
    Arrays.fill(h, hAt, end, 0);
    PackedMatrix packed = PackedWeights.of(kernels, weights).whole();
    kernels.multiplyAdd(rows, m, mAt, hidden, 1, packed, h, hAt, state);
    if (limit < Float.POSITIVE_INFINITY) {
      for (int i = hAt; i < end; i++) {
        h[i] = Math.max(-limit, Math.min(limit, h[i]));
      }
    }
  }

  /**
   * The gradients of some rows: of the product in place of those of h, and of m.
   *
   * @param h the outputs
   * @param dh ∂L/∂h, becomes ∂L/∂(m·P): zero where the limit took effect
   * @param dm overwritten
   */
  void backward(int rows, float[] h, int hAt, float[] dh, int dhAt, float[] dm, int dmAt) {
    if (limit < Float.POSITIVE_INFINITY) {
      for (int i = 0; i < rows * state; i++) {
        if (Math.abs(h[hAt + i]) >= limit) {
          dh[dhAt + i] = 0;
        }
      }
    }
    Arrays.fill(dm, dmAt, dmAt + rows * hidden, 0);
    PackedMatrix transposed = PackedWeights.of(kernels, weights).wholeTransposed();
    kernels.multiplyAdd(rows, dh, dhAt, state, 1, transposed, dm, dmAt, hidden);
  }

  /**
   * Sets the cells of some rows that exceed the limit to it, and their outputs to {@code o∘tanh(c)}
   * of it, after {@link Kernels#lstmForward}.
   */
  static void clipCells(
      double clip,
      int rows,
      int hidden,
      float[] gates,
      int gatesAt,
      float[] cells,
      int cellsAt,
      float[] m,
      int mAt) {
    float limit = (float) clip;
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < hidden; j++) {
        int at = row * hidden + j;
        float c = cells[cellsAt + at];
        if (Math.abs(c) > limit) {
          float clipped = Math.copySign(limit, c);
          float o = gates[gatesAt + (4 * row + 3) * hidden + j];
          cells[cellsAt + at] = clipped;
          m[mAt + at] = o * FloatMath.tanh(clipped);
        }
      }
    }
  }

  /**
   * After {@link Kernels#lstmBackward}: where c is at its limit nothing flows to what it was made
   * of, i, f, g and c₋₁.
   */
  static void clipCellsBackward(
      double clip,
      int rows,
      int hidden,
      float[] gates,
      int gatesAt,
      float[] cells,
      int cellsAt,
      float[] dCells,
      int dCellsAt) {
    float limit = (float) clip;
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < hidden; j++) {
        int at = row * hidden + j;
        if (Math.abs(cells[cellsAt + at]) >= limit) {
          int gate = gatesAt + 4 * row * hidden + j;
          gates[gate] = 0;
          gates[gate + hidden] = 0;
          gates[gate + 2 * hidden] = 0;
          dCells[dCellsAt + at] = 0;
        }
      }
    }
  }
}
