package org.rnn4j.backend.simd;

import static org.rnn4j.backend.simd.Lanes.SPECIES;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.backend.ScalarGates;
import org.rnn4j.backend.ScalarRows;

/**
 * The kernels over the Vector API, at the width that the machine prefers. What a whole number of
 * vectors leaves over is done by scalar code, which computes the same bits.
 *
 * <p>Kernels may start cold: then they run scalar code, on the same packed matrices, until {@link
 * ColdStart} finds the compiler worth while.
 */
public final class VectorKernels extends VectorGates implements Kernels {
  private static final int LEAST_BITS = 128;

  private final ColdStart coldStart;

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
    this.coldStart = new ColdStart(startCold);
  }

  /** Whether work still goes to scalar code. */
  boolean isCold() {
    return coldStart.isCold();
  }

  @Override
  int wholeVectors(int n) {
    return coldStart.isCold() ? 0 : SPECIES.loopBound(n);
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
    int coldRows = coldStart.rows(m, b);
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
  public void multiply(float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n) {
    int whole = wholeVectors(n);
    VectorRows.multiply(x, xAt, y, yAt, to, toAt, whole);
    ScalarRows.multiply(x, xAt, y, yAt, to, toAt, whole, n);
  }

  @Override
  public void addProducts(float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n) {
    int whole = wholeVectors(n);
    VectorRows.addProducts(x, xAt, y, yAt, to, toAt, whole);
    ScalarRows.addProducts(x, xAt, y, yAt, to, toAt, whole, n);
  }

  @Override
  public void expOfDifferences(
      float[] x, int xAt, float[] less, int lessAt, float[] to, int toAt, int n) {
    int whole = wholeVectors(n);
    VectorRows.expOfDifferences(x, xAt, less, lessAt, to, toAt, whole);
    ScalarRows.expOfDifferences(x, xAt, less, lessAt, to, toAt, whole, n);
  }

  @Override
  public void normalize(
      float[] x,
      int xAt,
      float mean,
      float scale,
      float[] gain,
      float[] bias,
      float[] u,
      int uAt,
      float[] y,
      int yAt,
      int n) {
    int whole = wholeVectors(n);
    VectorRows.normalize(x, xAt, mean, scale, gain, bias, u, uAt, y, yAt, whole);
    ScalarRows.normalize(x, xAt, mean, scale, gain, bias, u, uAt, y, yAt, whole, n);
  }

  @Override
  public void normalizeBackward(
      float[] du,
      float mean,
      float along,
      float scale,
      float[] u,
      int uAt,
      float[] dx,
      int dxAt,
      int n) {
    int whole = wholeVectors(n);
    VectorRows.normalizeBackward(du, mean, along, scale, u, uAt, dx, dxAt, whole);
    ScalarRows.normalizeBackward(du, mean, along, scale, u, uAt, dx, dxAt, whole, n);
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
