package org.rnn4j.backend.simd;

import static org.rnn4j.backend.simd.Lanes.SPECIES;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.backend.ScalarGates;

/**
 * The kernels over the Vector API, at the width that the machine prefers. What a whole number of
 * vectors leaves over is done by scalar code, which computes the same bits.
 *
 * <p>Until the JIT compiler has taken over, every operation on a vector is a long chain of calls,
 * and a first prediction would take longer than all the rest of a program's start. So kernels may
 * start cold: they run scalar code, on the same packed matrices, until their products have come to
 * as much work as makes the compiler's worth while.
 */
public final class VectorKernels implements Kernels {
  private static final int LEAST_BITS = 128;

  /**
   * Multiplications that kernels that start cold do in scalar code: about a fifth of a second's
   * work.
   */
  private static final long COLD_MULTIPLICATIONS = 1L << 30;

  private final AtomicLong coldMultiplications = new AtomicLong();
  private volatile boolean cold;

  /**
   * Kernels at the machine's preferred vector width.
   *
   * @param startCold whether the first products are left to scalar code
   * @throws UnsupportedOperationException if the JVM has no vectors of 128 bits or more on this
   *     machine
   */
  public VectorKernels(boolean startCold) {
    if (SPECIES.vectorBitSize() < LEAST_BITS) {
      throw new UnsupportedOperationException(
          "expected vectors of at least "
              + LEAST_BITS
              + " bits, this JVM offers "
              + SPECIES.vectorBitSize());
    }
    this.cold = startCold;
  }

  /** Whether work still goes to scalar code. */
  boolean isCold() {
    return cold;
  }

  /** The elements, from the first on, that are done in vectors. */
  private int wholeVectors(int n) {
    return cold ? 0 : SPECIES.loopBound(n);
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
    int coldRows = cold ? coldRows(m, b) : 0;
    if (coldRows > 0) {
      ColdProduct.multiplyAdd(
          coldRows, a, aOffset, aRowStride, aColumnStride, b, c, cOffset, cRowStride);
    }
    if (coldRows < m) {
      VectorProduct.multiplyAdd(
          m - coldRows,
          a,
          aOffset + coldRows * aRowStride,
          aRowStride,
          aColumnStride,
          b,
          c,
          cOffset + coldRows * cRowStride,
          cRowStride);
    }
  }

  /** How many of the rows of a product are still left to scalar code; ends the cold start. */
  private int coldRows(int m, PackedMatrix b) {
    long each = Math.max(1, (long) b.rows() * b.columns());
    long left = COLD_MULTIPLICATIONS - coldMultiplications.getAndAdd(m * each);
    if (left <= m * each) {
      cold = false;
    }
    return left <= 0 ? 0 : (int) Math.min(m, (left - 1) / each + 1);
  }

  @Override
  public void addRows(
      int rows, float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int n) {
    int whole = wholeVectors(n);
    VectorSums.addRows(rows, from, fromOffset, fromStride, to, toOffset, whole);
    ScalarGates.addRows(rows, from, fromOffset, fromStride, to, toOffset, whole, n);
  }

  @Override
  public void sigmoid(float[] x, int offset, int n) {
    int whole = wholeVectors(n);
    VectorActivations.sigmoid(x, offset, whole);
    ScalarGates.sigmoid(x, offset + whole, offset + n);
  }

  @Override
  public void tanh(float[] x, int offset, int n) {
    int whole = wholeVectors(n);
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
    int bound = offset + wholeVectors(n);
    VectorAdam.step(
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

  @Override
  public void adamIdle(
      float[] weights,
      float[] firstMoments,
      float[] secondMoments,
      int offset,
      int n,
      double beta1,
      double beta2,
      float[] stepSizes,
      float[] epsilons,
      int from,
      int to) {
    int bound = offset + wholeVectors(n);
    VectorAdam.idle(
        weights,
        firstMoments,
        secondMoments,
        offset,
        bound,
        (float) beta1,
        (float) beta2,
        stepSizes,
        epsilons,
        from,
        to);
    ScalarGates.adamIdle(
        weights,
        firstMoments,
        secondMoments,
        bound,
        offset + n,
        (float) beta1,
        (float) beta2,
        stepSizes,
        epsilons,
        from,
        to);
  }
}
