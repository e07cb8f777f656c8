package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * The element-wise loops of {@link Kernels} on one row, from a first column on: the whole row for
 * {@link ScalarKernels}, and what a whole number of vectors leaves over for SIMD kernels. Forward
 * and backward stand side by side; offsets are those of the row's first column.
 */
public final class ScalarGates {
  private ScalarGates() {}

  /** {@link Kernels#addRows} on the columns from {@code first} on. */
  public static void addRows(
      int rows,
      float[] from,
      int fromOffset,
      int fromStride,
      float[] to,
      int toOffset,
      int first,
      int n) {
    for (int row = 0; row < rows; row++) {
      int at = fromOffset + row * fromStride;
      for (int j = first; j < n; j++) {
        to[toOffset + j] += from[at + j];
      }
    }
  }

  /** σ in place on elements {@code from} to {@code to}, exclusive. */
  public static void sigmoid(float[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      x[j] = FloatMath.sigmoid(x[j]);
    }
  }

  /** tanh in place on elements {@code from} to {@code to}, exclusive. */
  public static void tanh(float[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      x[j] = FloatMath.tanh(x[j]);
    }
  }

  /** {@link Kernels#lstmForward} on the columns of one row from {@code first} on. */
  public static void lstmForward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previousCell,
      float[] cells,
      int cell,
      float[] outputs,
      int output,
      float @Nullable [] peepholes) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float previous = previousCells[previousCell + j];
      float zi = gates[at];
      float zf = gates[at + hidden];
      float zo = gates[at + 3 * hidden];
      if (peepholes != null) {
        zi = Math.fma(peepholes[j], previous, zi);
        zf = Math.fma(peepholes[hidden + j], previous, zf);
      }
      float i = FloatMath.sigmoid(zi);
      float f = FloatMath.sigmoid(zf);
      float g = FloatMath.tanh(gates[at + 2 * hidden]);
      float c = Math.fma(f, previous, i * g);
      if (peepholes != null) {
        zo = Math.fma(peepholes[2 * hidden + j], c, zo);
      }
      float o = FloatMath.sigmoid(zo);
      gates[at] = i;
      gates[at + hidden] = f;
      gates[at + 2 * hidden] = g;
      gates[at + 3 * hidden] = o;
      cells[cell + j] = c;
      outputs[output + j] = o * FloatMath.tanh(c);
    }
  }

  /** {@link Kernels#lstmBackward} on the columns of one row from {@code first} on. */
  public static void lstmBackward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previousCell,
      float[] cells,
      int cell,
      float[] dOutputs,
      int dOutput,
      float[] dCells,
      int dCell,
      float @Nullable [] peepholes) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float i = gates[at];
      float f = gates[at + hidden];
      float g = gates[at + 2 * hidden];
      float o = gates[at + 3 * hidden];
      float t = FloatMath.tanh(cells[cell + j]);
      float dh = dOutputs[dOutput + j];
      // h = o·t, t = tanh(c)
      float dzo = FloatMath.flush((dh * t) * Math.fma(-o, o, o));
      float dc = Math.fma(dh * o, Math.fma(-t, t, 1f), dCells[dCell + j]);
      if (peepholes != null) {
        dc = Math.fma(peepholes[2 * hidden + j], dzo, dc);
      }
      // c = f·c₋₁ + i·g
      float dzi = FloatMath.flush((dc * g) * Math.fma(-i, i, i));
      float dzf = FloatMath.flush((dc * previousCells[previousCell + j]) * Math.fma(-f, f, f));
      float dzg = FloatMath.flush((dc * i) * Math.fma(-g, g, 1f));
      float dPrevious = dc * f;
      if (peepholes != null) {
        dPrevious = Math.fma(peepholes[hidden + j], dzf, Math.fma(peepholes[j], dzi, dPrevious));
      }
      gates[at] = dzi;
      gates[at + hidden] = dzf;
      gates[at + 2 * hidden] = dzg;
      gates[at + 3 * hidden] = dzo;
      dCells[dCell + j] = FloatMath.flush(dPrevious);
    }
  }

  /** {@link Kernels#gruForward} on the columns of one row from {@code first} on. */
  public static void gruForward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previousOutput,
      float[] outputs,
      int output) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float z = FloatMath.sigmoid(gates[at]);
      float r = FloatMath.sigmoid(gates[at + hidden]);
      float n = FloatMath.tanh(Math.fma(r, gates[at + 3 * hidden], gates[at + 2 * hidden]));
      gates[at] = z;
      gates[at + hidden] = r;
      gates[at + 2 * hidden] = n;
      outputs[output + j] = Math.fma(z, previousOutputs[previousOutput + j] - n, n);
    }
  }

  /** {@link Kernels#gruBackward} on the columns of one row from {@code first} on. */
  public static void gruBackward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previousOutput,
      float[] dOutputs,
      int dOutput) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float z = gates[at];
      float r = gates[at + hidden];
      float n = gates[at + 2 * hidden];
      float m = gates[at + 3 * hidden];
      float dh = dOutputs[dOutput + j];
      // h = n + z·(h₋₁ − n)
      float dz =
          FloatMath.flush((dh * (previousOutputs[previousOutput + j] - n)) * Math.fma(-z, z, z));
      float dn = FloatMath.flush(Math.fma(-dh, z, dh) * Math.fma(-n, n, 1f));
      // n = tanh(… + r·m)
      float dr = FloatMath.flush((dn * m) * Math.fma(-r, r, r));
      gates[at] = dz;
      gates[at + hidden] = dr;
      gates[at + 2 * hidden] = dn;
      gates[at + 3 * hidden] = FloatMath.flush(dn * r);
      dOutputs[dOutput + j] = FloatMath.flush(dh * z);
    }
  }

  /** {@link Kernels#gruResetBeforeForward} on the columns of one row from {@code first} on. */
  public static void gruResetBeforeForward(
      int first, int hidden, float[] gates, int gate, float[] previousOutputs, int previousOutput) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float r = FloatMath.sigmoid(gates[at + hidden]);
      gates[at] = FloatMath.sigmoid(gates[at]);
      gates[at + hidden] = r;
      gates[at + 3 * hidden] = r * previousOutputs[previousOutput + j];
    }
  }

  /** {@link Kernels#gruResetBeforeBackward} on the columns of one row from {@code first} on. */
  public static void gruResetBeforeBackward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previousOutput,
      float[] dReset,
      int dResetAt,
      float[] dPrevious,
      int dPreviousAt) {
    for (int j = first; j < hidden; j++) {
      int at = gate + hidden + j;
      float r = gates[at];
      float d = dReset[dResetAt + j];
      gates[at] = FloatMath.flush((d * previousOutputs[previousOutput + j]) * Math.fma(-r, r, r));
      dPrevious[dPreviousAt + j] = FloatMath.flush(Math.fma(d, r, dPrevious[dPreviousAt + j]));
    }
  }

  /** {@link Kernels#gruCandidateForward} on the columns of one row from {@code first} on. */
  public static void gruCandidateForward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previousOutput,
      float[] outputs,
      int output) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float n = FloatMath.tanh(gates[at + 2 * hidden]);
      gates[at + 2 * hidden] = n;
      outputs[output + j] = Math.fma(gates[at], previousOutputs[previousOutput + j] - n, n);
    }
  }

  /** {@link Kernels#gruCandidateBackward} on the columns of one row from {@code first} on. */
  public static void gruCandidateBackward(
      int first,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previousOutput,
      float[] dOutputs,
      int dOutput) {
    for (int j = first; j < hidden; j++) {
      int at = gate + j;
      float z = gates[at];
      float n = gates[at + 2 * hidden];
      float dh = dOutputs[dOutput + j];
      gates[at] =
          FloatMath.flush((dh * (previousOutputs[previousOutput + j] - n)) * Math.fma(-z, z, z));
      gates[at + 2 * hidden] = FloatMath.flush(Math.fma(-dh, z, dh) * Math.fma(-n, n, 1f));
      dOutputs[dOutput + j] = FloatMath.flush(dh * z);
    }
  }

  /** {@link Kernels#adam} on elements {@code from} to {@code to}, exclusive. */
  public static void adam(
      float[] weights,
      float[] gradients,
      float[] firstMoments,
      float[] secondMoments,
      int from,
      int to,
      double beta1,
      double beta2,
      float stepSize,
      float epsilon) {
    float decay1 = (float) beta1;
    float decay2 = (float) beta2;
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    for (int j = from; j < to; j++) {
      float g = gradients[j];
      float s = FloatMath.flushBeforeSquare(g);
      float m = FloatMath.flush(Math.fma(decay1, firstMoments[j], rest1 * g));
      float v = FloatMath.flush(Math.fma(decay2, secondMoments[j], (rest2 * s) * s));
      firstMoments[j] = m;
      secondMoments[j] = v;
      weights[j] -= (stepSize * m) / ((float) Math.sqrt(v) + epsilon);
    }
  }

  /**
   * {@link Kernels#adamIdle} on elements {@code first} to {@code end}, exclusive. Once the first
   * moment is zero the weight stays, and once the second is zero nothing is left to do.
   */
  public static void adamIdle(
      float[] weights,
      float[] firstMoments,
      float[] secondMoments,
      int first,
      int end,
      float decay1,
      float decay2,
      float[] stepSizes,
      float[] epsilons,
      int from,
      int to) {
    for (int j = first; j < end; j++) {
      float w = weights[j];
      float m = firstMoments[j];
      float v = secondMoments[j];
      int step = from;
      for (; step < to && m != 0; step++) {
        m = FloatMath.flush(decay1 * m);
        v = FloatMath.flush(decay2 * v);
        w -= (stepSizes[step] * m) / ((float) Math.sqrt(v) + epsilons[step]);
      }
      for (; step < to && v != 0; step++) {
        v = FloatMath.flush(decay2 * v);
      }
      weights[j] = w;
      firstMoments[j] = m;
      secondMoments[j] = v;
    }
  }
}
