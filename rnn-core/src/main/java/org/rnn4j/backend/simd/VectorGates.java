package org.rnn4j.backend.simd;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.GateKernels;

/** The gates of {@link VectorKernels}. */
abstract class VectorGates implements GateKernels {
  /** The elements of a row, from the first on, that are done in vectors. */
  abstract int wholeVectors(int n);

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
    VectorLstm.forward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousCells,
        previousCellsOffset,
        cells,
        cellsOffset,
        outputs,
        outputsOffset,
        peepholes);
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
    VectorLstm.backward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousCells,
        previousCellsOffset,
        cells,
        cellsOffset,
        dOutputs,
        dOutputsOffset,
        dCells,
        dCellsOffset,
        peepholes);
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
    VectorGru.forward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousOutputs,
        previousOutputsOffset,
        outputs,
        outputsOffset);
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
    VectorGru.backward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousOutputs,
        previousOutputsOffset,
        dOutputs,
        dOutputsOffset);
  }

  @Override
  public void gruResetBeforeForward(
      int rows,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset) {
    VectorGru.resetBeforeForward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousOutputs,
        previousOutputsOffset);
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
    VectorGru.resetBeforeBackward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousOutputs,
        previousOutputsOffset,
        dReset,
        dResetOffset,
        dPrevious,
        dPreviousOffset);
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
    VectorGru.candidateForward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousOutputs,
        previousOutputsOffset,
        outputs,
        outputsOffset);
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
    VectorGru.candidateBackward(
        rows,
        wholeVectors(hidden),
        hidden,
        gates,
        gatesOffset,
        previousOutputs,
        previousOutputsOffset,
        dOutputs,
        dOutputsOffset);
  }
}
