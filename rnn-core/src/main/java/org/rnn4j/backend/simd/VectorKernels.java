package org.rnn4j.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.backend.ScalarGates;

/**
 * The kernels over the Vector API, at the width that the machine prefers. What a whole number of
 * vectors leaves over is done by scalar code, which computes the same bits.
 */
public final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

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
    int whole = SPECIES.loopBound(n);
    VectorActivations.sigmoid(x, offset, whole);
    ScalarGates.sigmoid(x, offset + whole, offset + n);
  }

  @Override
  public void tanh(float[] x, int offset, int n) {
    int whole = SPECIES.loopBound(n);
    VectorActivations.tanh(x, offset, x, offset, whole);
    ScalarGates.tanh(x, offset + whole, offset + n);
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
      VectorActivations.sigmoid(gates, gate, bound);
      VectorActivations.sigmoid(gates, gate + hidden, bound);
      VectorActivations.tanh(gates, gate + 2 * hidden, gates, gate + 2 * hidden, bound);
      VectorGates.lstmCells(bound, hidden, gates, gate, previousCells, previous, cells, cell);
      if (peepholes != null) {
        VectorGates.addPeephole(
            bound, gates, gate + 3 * hidden, peepholes, 2 * hidden, cells, cell);
      }
      VectorActivations.sigmoid(gates, gate + 3 * hidden, bound);
      VectorActivations.tanh(cells, cell, outputs, outputsOffset + at, bound);
      VectorGates.lstmOutputs(bound, gates, gate + 3 * hidden, outputs, outputsOffset + at);
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
    float[] tanhCells = Scratch.atLeast(hidden);
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      int gate = gatesOffset + 4 * at;
      int previous = previousCellsOffset + at;
      int dCell = dCellsOffset + at;
      VectorActivations.tanh(cells, cellsOffset + at, tanhCells, 0, bound);
      VectorGates.lstmOutputsBackward(
          bound, gates, gate + 3 * hidden, tanhCells, dOutputs, dOutputsOffset + at, dCells, dCell);
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
      VectorActivations.sigmoid(gates, gate, bound);
      VectorActivations.sigmoid(gates, gate + hidden, bound);
      VectorGates.gruCandidateInput(bound, hidden, gates, gate);
      VectorActivations.tanh(gates, gate + 2 * hidden, gates, gate + 2 * hidden, bound);
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
      VectorActivations.sigmoid(gates, gate, bound);
      VectorActivations.sigmoid(gates, gate + hidden, bound);
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
      int candidate = gatesOffset + 4 * at + 2 * hidden;
      VectorActivations.tanh(gates, candidate, gates, candidate, bound);
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
      double beta1,
      double beta2,
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
