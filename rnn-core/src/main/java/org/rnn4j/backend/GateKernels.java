package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * The steps of recurrent layers between their products, forward and backward: activations of the
 * gates and what they make of the states. Those here are the scalar ones, which others must agree
 * with bit for bit; see {@link Kernels} for what all have in common.
 *
 * <p>Buffers hold one row a live sequence: {@code gates} rows are {@code 4·hidden} wide for both
 * kinds of layer, all state rows are {@code hidden} wide. Rows follow each other without gaps from
 * the offset given.
 */
public interface GateKernels {
  /**
   * One LSTM step's gates, {@code i | f | g | o}, in place: on entry pre-activations, on exit
   * activations {@code σ, σ, tanh, σ}; {@code c = fma(f, c₋₁, i·g)}, {@code h = o·tanh(c)}.
   *
   * @param peepholes {@code [3·hidden]}, weights {@code p_i | p_f | p_o} added as {@code fma(p_i,
   *     c₋₁, z_i)}, {@code fma(p_f, c₋₁, z_f)}, {@code fma(p_o, c, z_o)} before the activations; or
   *     null
   */
  default void lstmForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousCells,
      int previousCellsOffset,
      float[] cells,
      int cellsOffset,
      float[] outputs,
      int outputsOffset,
      float @Nullable [] peepholes) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.lstmForward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousCells,
          previousCellsOffset + at,
          cells,
          cellsOffset + at,
          outputs,
          outputsOffset + at,
          peepholes);
    }
  }

  /**
   * The backward of {@link #lstmForward}. On entry {@code gates} holds activations, {@code
   * dOutputs} ∂L/∂h in full (from above and from the next step) and {@code dCells} ∂L/∂c from the
   * next step; on exit {@code gates} holds the gradients of the pre-activations and {@code dCells}
   * ∂L/∂c₋₁. tanh(c) is computed anew from {@code cells}. Results smaller in magnitude than 2⁻¹⁰⁰
   * are set to +0.
   */
  default void lstmBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousCells,
      int previousCellsOffset,
      float[] cells,
      int cellsOffset,
      float[] dOutputs,
      int dOutputsOffset,
      float[] dCells,
      int dCellsOffset,
      float @Nullable [] peepholes) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.lstmBackward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousCells,
          previousCellsOffset + at,
          cells,
          cellsOffset + at,
          dOutputs,
          dOutputsOffset + at,
          dCells,
          dCellsOffset + at,
          peepholes);
    }
  }

  /**
   * One GRU step with the reset gate after the recurrent product; gates row {@code z | r | n | m}.
   * On entry z and r are complete pre-activations, n holds x·Wn + bn and m holds h₋₁·Un + cn; on
   * exit z = σ, r = σ, n = tanh(fma(r, m, n)), m unchanged, {@code h = fma(z, h₋₁ − n, n)}.
   */
  default void gruForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.gruForward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          outputs,
          outputsOffset + at);
    }
  }

  /**
   * The backward of {@link #gruForward}. On entry {@code dOutputs} holds ∂L/∂h in full; on exit
   * {@code gates} holds the gradients of the pre-activations of z, r and n and of m (= dn·r), and
   * {@code dOutputs} the part of ∂L/∂h₋₁ that flows past the products (dh·z). Results below 2⁻¹⁰⁰
   * in magnitude are set to +0.
   */
  default void gruBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.gruBackward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          dOutputs,
          dOutputsOffset + at);
    }
  }

  /**
   * First half of a GRU step with the reset gate before the recurrent product: z and r
   * pre-activations become activations and the fourth column block becomes {@code r∘h₋₁}.
   */
  default void gruResetBeforeForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.gruResetBeforeForward(
          0, hidden, gates, gatesOffset + 4 * at, previousOutputs, previousOutputsOffset + at);
    }
  }

  /**
   * Second half: n (now complete with the recurrent product) becomes tanh(n), {@code h = fma(z, h₋₁
   * − n, n)}; the fourth block is left alone.
   */
  default void gruCandidateForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.gruCandidateForward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          outputs,
          outputsOffset + at);
    }
  }

  /**
   * Backward of {@link #gruCandidateForward}: the n block becomes the gradient of its
   * pre-activation, the z block the gradient of its pre-activation, {@code dOutputs} becomes dh·z;
   * r and the fourth block are left alone. Flushed as elsewhere.
   */
  default void gruCandidateBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.gruCandidateBackward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          dOutputs,
          dOutputsOffset + at);
    }
  }

  /**
   * Backward of {@link #gruResetBeforeForward}: given {@code dReset} = ∂L/∂(r∘h₋₁), the r block
   * becomes the gradient of its pre-activation and {@code dPrevious = fma(dReset, r, dPrevious)}.
   * The fourth block, r∘h₋₁, is left alone. Flushed as elsewhere.
   */
  default void gruResetBeforeBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dReset,
      int dResetOffset,
      float[] dPrevious,
      int dPreviousOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      ScalarGates.gruResetBeforeBackward(
          0,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          dReset,
          dResetOffset + at,
          dPrevious,
          dPreviousOffset + at);
    }
  }
}
