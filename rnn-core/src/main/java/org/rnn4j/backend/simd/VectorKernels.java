package org.rnn4j.backend.simd;

import static org.rnn4j.backend.simd.VectorMath.SPECIES;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.backend.ScalarGates;

/**
 * The kernels over the Vector API, at the width that the machine prefers. What a whole number of
 * vectors leaves over is done by scalar code, which computes the same bits.
 */
public final class VectorKernels implements Kernels {

  /**
   * Kernels at the machine's preferred vector width.
   *
   * @throws UnsupportedOperationException if the JVM has no vectors of 128 bits or more on this
   *     machine
   */
  public VectorKernels() {
    if (SPECIES.vectorBitSize() < 128) {
      throw new UnsupportedOperationException(
          "expected vectors of at least 128 bits, the JVM offers "
              + SPECIES.vectorBitSize()
              + " on this machine");
    }
  }

  @Override
  public String name() {
    return "simd-" + SPECIES.vectorBitSize();
  }

  @Override
  public PackedMatrix pack(
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      @Nullable PackedMatrix reuse) {
    return VectorProduct.pack(b, offset, rowStride, columnStride, rows, columns, reuse);
  }

  @Override
  public void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride) {
    VectorProduct.multiplyAdd(m, a, aOffset, aRowStride, aColumnStride, b, c, cOffset, cRowStride);
  }

  @Override
  public void sigmoid(float[] x, int offset, int n) {
    int bound = offset + SPECIES.loopBound(n);
    VectorMath.sigmoid(x, offset, bound);
    ScalarGates.sigmoid(x, bound, offset + n);
  }

  @Override
  public void tanh(float[] x, int offset, int n) {
    int bound = offset + SPECIES.loopBound(n);
    VectorMath.tanh(x, offset, bound);
    ScalarGates.tanh(x, bound, offset + n);
  }

  @Override
  public void lstmForward(
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
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      int gate = gatesOffset + 4 * at;
      int previous = previousCellsOffset + at;
      int cell = cellsOffset + at;
      if (peepholes != null) {
        VectorGates.addPeephole(bound, gates, gate, peepholes, 0, previousCells, previous);
        VectorGates.addPeephole(
            bound, gates, gate + hidden, peepholes, hidden, previousCells, previous);
      }
      VectorMath.sigmoid(gates, gate, gate + bound);
      VectorMath.sigmoid(gates, gate + hidden, gate + hidden + bound);
      VectorMath.tanh(gates, gate + 2 * hidden, gate + 2 * hidden + bound);
      VectorGates.lstmCells(bound, hidden, gates, gate, previousCells, previous, cells, cell);
      if (peepholes != null) {
        VectorGates.addPeephole(
            bound, gates, gate + 3 * hidden, peepholes, 2 * hidden, cells, cell);
      }
      VectorMath.sigmoid(gates, gate + 3 * hidden, gate + 3 * hidden + bound);
      VectorGates.lstmOutputs(bound, hidden, gates, gate, cells, cell, outputs, outputsOffset + at);
      ScalarGates.lstmForward(
          bound,
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

  @Override
  public void lstmBackward(
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
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      int gate = gatesOffset + 4 * at;
      int previous = previousCellsOffset + at;
      int dCell = dCellsOffset + at;
      VectorGates.lstmOutputsBackward(
          bound,
          gates,
          gate + 3 * hidden,
          cells,
          cellsOffset + at,
          dOutputs,
          dOutputsOffset + at,
          dCells,
          dCell);
      if (peepholes != null) {
        VectorGates.addPeephole(
            bound, dCells, dCell, peepholes, 2 * hidden, gates, gate + 3 * hidden);
      }
      VectorGates.lstmCellsBackward(
          bound, hidden, gates, gate, previousCells, previous, dCells, dCell);
      if (peepholes != null) {
        VectorGates.addPeephole(bound, dCells, dCell, peepholes, 0, gates, gate);
        VectorGates.addPeephole(bound, dCells, dCell, peepholes, hidden, gates, gate + hidden);
      }
      VectorGates.flushAll(bound, dCells, dCell);
      ScalarGates.lstmBackward(
          bound,
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

  @Override
  public void gruForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset) {
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      int gate = gatesOffset + 4 * at;
      VectorMath.sigmoid(gates, gate, gate + bound);
      VectorMath.sigmoid(gates, gate + hidden, gate + hidden + bound);
      VectorGates.gruCandidateInput(bound, hidden, gates, gate);
      VectorGates.gruOutputs(
          bound,
          hidden,
          gates,
          gate,
          previousOutputs,
          previousOutputsOffset + at,
          outputs,
          outputsOffset + at);
      ScalarGates.gruForward(
          bound,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          outputs,
          outputsOffset + at);
    }
  }

  @Override
  public void gruBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset) {
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      int gate = gatesOffset + 4 * at;
      VectorGates.gruOutputsBackward(
          bound,
          hidden,
          gates,
          gate,
          previousOutputs,
          previousOutputsOffset + at,
          dOutputs,
          dOutputsOffset + at);
      VectorGates.gruResetAfterBackward(bound, hidden, gates, gate);
      ScalarGates.gruBackward(
          bound,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          dOutputs,
          dOutputsOffset + at);
    }
  }

  @Override
  public void gruResetBeforeForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset) {
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      int gate = gatesOffset + 4 * at;
      VectorMath.sigmoid(gates, gate, gate + bound);
      VectorMath.sigmoid(gates, gate + hidden, gate + hidden + bound);
      VectorGates.gruReset(bound, hidden, gates, gate, previousOutputs, previousOutputsOffset + at);
      ScalarGates.gruResetBeforeForward(
          bound, hidden, gates, gatesOffset + 4 * at, previousOutputs, previousOutputsOffset + at);
    }
  }

  @Override
  public void gruResetBeforeBackward(
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
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      VectorGates.gruResetBackward(
          bound,
          gates,
          gatesOffset + 4 * at + hidden,
          previousOutputs,
          previousOutputsOffset + at,
          dReset,
          dResetOffset + at,
          dPrevious,
          dPreviousOffset + at);
      ScalarGates.gruResetBeforeBackward(
          bound,
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

  @Override
  public void gruCandidateForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset) {
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      VectorGates.gruOutputs(
          bound,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          outputs,
          outputsOffset + at);
      ScalarGates.gruCandidateForward(
          bound,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          outputs,
          outputsOffset + at);
    }
  }

  @Override
  public void gruCandidateBackward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset) {
    int bound = SPECIES.loopBound(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      VectorGates.gruOutputsBackward(
          bound,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          dOutputs,
          dOutputsOffset + at);
      ScalarGates.gruCandidateBackward(
          bound,
          hidden,
          gates,
          gatesOffset + 4 * at,
          previousOutputs,
          previousOutputsOffset + at,
          dOutputs,
          dOutputsOffset + at);
    }
  }

  @Override
  public void adam(
      float[] weights,
      float[] gradients,
      float[] firstMoments,
      float[] secondMoments,
      int offset,
      int n,
      float beta1,
      float beta2,
      float stepSize,
      float epsilon) {
    int bound = offset + SPECIES.loopBound(n);
    VectorGates.adam(
        weights,
        gradients,
        firstMoments,
        secondMoments,
        offset,
        bound,
        beta1,
        beta2,
        stepSize,
        epsilon);
    ScalarGates.adam(
        weights,
        gradients,
        firstMoments,
        secondMoments,
        bound,
        offset + n,
        beta1,
        beta2,
        stepSize,
        epsilon);
  }
}
