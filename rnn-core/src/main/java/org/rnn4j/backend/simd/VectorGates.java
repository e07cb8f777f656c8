package org.rnn4j.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.rnn4j.backend.FloatMath;
import org.rnn4j.backend.ScalarGates;

/**
 * The loops of {@link ScalarGates} on the columns of one row that fill whole vectors, {@code 0} to
 * {@code bound}: the same operations in the same order. A row's gates are in the first-level cache,
 * so the activations are passes of their own, which keeps each loop small enough for the JIT
 * compiler.
 */
final class VectorGates {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorGates() {}

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  /** x, or +0 where |x| is below 2⁻¹⁰⁰. */
  private static FloatVector flush(FloatVector x) {
    return x.blend(0f, x.abs().compare(VectorOperators.LT, FloatMath.FLUSH_THRESHOLD));
  }

  /** {@code s·(1 − s)}, the derivative of the sigmoid in terms of its value. */
  private static FloatVector sigmoidSlope(FloatVector s) {
    return s.neg().fma(s, s);
  }

  /** {@code 1 − t²}, the derivative of tanh in terms of its value. */
  private static FloatVector tanhSlope(FloatVector t) {
    return t.neg().fma(t, FloatVector.broadcast(SPECIES, 1f));
  }

  /** x = fma(p, c, x), the peephole from the cells to a gate. */
  static void addPeephole(
      int bound, float[] x, int at, float[] peepholes, int peephole, float[] cells, int cell) {
    for (int j = 0; j < bound; j += LANES) {
      load(peepholes, peephole + j)
          .fma(load(cells, cell + j), load(x, at + j))
          .intoArray(x, at + j);
    }
  }

  /** {@code c = fma(f, c₋₁, i·g)} from activated gates. */
  static void lstmCells(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previous,
      float[] cells,
      int cell) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector i = load(gates, gate + j);
      FloatVector f = load(gates, gate + hidden + j);
      FloatVector g = load(gates, gate + 2 * hidden + j);
      f.fma(load(previousCells, previous + j), i.mul(g)).intoArray(cells, cell + j);
    }
  }

  /** {@code h = o·h}, where h holds tanh(c). */
  static void lstmOutputs(int bound, float[] gates, int outputGate, float[] outputs, int output) {
    for (int j = 0; j < bound; j += LANES) {
      load(gates, outputGate + j).mul(load(outputs, output + j)).intoArray(outputs, output + j);
    }
  }

  /**
   * First half of the LSTM's backward: the o block becomes the gradient of its pre-activation,
   * {@code dCells} ∂L/∂c in full.
   */
  static void lstmOutputsBackward(
      int bound,
      float[] gates,
      int outputGate,
      float[] tanhCells,
      float[] dOutputs,
      int dOutput,
      float[] dCells,
      int dCell) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector o = load(gates, outputGate + j);
      FloatVector t = load(tanhCells, j);
      FloatVector dh = load(dOutputs, dOutput + j);
      dh.mul(o).fma(tanhSlope(t), load(dCells, dCell + j)).intoArray(dCells, dCell + j);
      flush(dh.mul(t).mul(sigmoidSlope(o))).intoArray(gates, outputGate + j);
    }
  }

  /** Second half: the other gates, and {@code dCells} becomes {@code dc·f}, not flushed yet. */
  static void lstmCellsBackward(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previous,
      float[] dCells,
      int dCell) {
    for (int j = 0; j < bound; j += LANES) {
      int at = gate + j;
      FloatVector i = load(gates, at);
      FloatVector f = load(gates, at + hidden);
      FloatVector g = load(gates, at + 2 * hidden);
      FloatVector dc = load(dCells, dCell + j);
      flush(dc.mul(g).mul(sigmoidSlope(i))).intoArray(gates, at);
      flush(dc.mul(load(previousCells, previous + j)).mul(sigmoidSlope(f)))
          .intoArray(gates, at + hidden);
      flush(dc.mul(i).mul(tanhSlope(g))).intoArray(gates, at + 2 * hidden);
      dc.mul(f).intoArray(dCells, dCell + j);
    }
  }

  /** Sets elements below 2⁻¹⁰⁰ in magnitude to +0. */
  static void flushAll(int bound, float[] x, int at) {
    for (int j = 0; j < bound; j += LANES) {
      flush(load(x, at + j)).intoArray(x, at + j);
    }
  }

  /**
   * {@code n = fma(r, m, n)}, the candidate's pre-activation with the reset gate after the product.
   */
  static void gruCandidateInput(int bound, int hidden, float[] gates, int gate) {
    for (int j = 0; j < bound; j += LANES) {
      int at = gate + j;
      FloatVector n = load(gates, at + 2 * hidden);
      load(gates, at + hidden)
          .fma(load(gates, at + 3 * hidden), n)
          .intoArray(gates, at + 2 * hidden);
    }
  }

  /** {@code h = fma(z, h₋₁ − n, n)} from activated gates. */
  static void gruOutputs(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previous,
      float[] outputs,
      int output) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector n = load(gates, gate + 2 * hidden + j);
      FloatVector difference = load(previousOutputs, previous + j).sub(n);
      load(gates, gate + j).fma(difference, n).intoArray(outputs, output + j);
    }
  }

  /** The gradients of the pre-activations of z and n, and {@code dOutputs = dh·z}. */
  static void gruOutputsBackward(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previous,
      float[] dOutputs,
      int dOutput) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector z = load(gates, gate + j);
      FloatVector n = load(gates, gate + 2 * hidden + j);
      FloatVector dh = load(dOutputs, dOutput + j);
      FloatVector dz = dh.mul(load(previousOutputs, previous + j).sub(n)).mul(sigmoidSlope(z));
      FloatVector dn = dh.neg().fma(z, dh).mul(tanhSlope(n));
      flush(dz).intoArray(gates, gate + j);
      flush(dn).intoArray(gates, gate + 2 * hidden + j);
      flush(dh.mul(z)).intoArray(dOutputs, dOutput + j);
    }
  }

  /** From the gradient of n's pre-activation those of r's and of m. */
  static void gruResetAfterBackward(int bound, int hidden, float[] gates, int gate) {
    for (int j = 0; j < bound; j += LANES) {
      int at = gate + j;
      FloatVector r = load(gates, at + hidden);
      FloatVector dn = load(gates, at + 2 * hidden);
      FloatVector m = load(gates, at + 3 * hidden);
      flush(dn.mul(m).mul(sigmoidSlope(r))).intoArray(gates, at + hidden);
      flush(dn.mul(r)).intoArray(gates, at + 3 * hidden);
    }
  }

  /** {@code r∘h₋₁} into the fourth block. */
  static void gruReset(
      int bound, int hidden, float[] gates, int gate, float[] previousOutputs, int previous) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector r = load(gates, gate + hidden + j);
      r.mul(load(previousOutputs, previous + j)).intoArray(gates, gate + 3 * hidden + j);
    }
  }

  /** The backward of {@link #gruReset} and of r's sigmoid. */
  static void gruResetBackward(
      int bound,
      float[] gates,
      int resetGate,
      float[] previousOutputs,
      int previous,
      float[] dReset,
      int dResetAt,
      float[] dPrevious,
      int dPreviousAt) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector r = load(gates, resetGate + j);
      FloatVector d = load(dReset, dResetAt + j);
      FloatVector dr = d.mul(load(previousOutputs, previous + j)).mul(sigmoidSlope(r));
      flush(dr).intoArray(gates, resetGate + j);
      flush(d.fma(r, load(dPrevious, dPreviousAt + j))).intoArray(dPrevious, dPreviousAt + j);
    }
  }

  static void adam(
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
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    FloatVector decay1 = FloatVector.broadcast(SPECIES, (float) beta1);
    FloatVector decay2 = FloatVector.broadcast(SPECIES, (float) beta2);
    for (int j = from; j < to; j += LANES) {
      FloatVector g = load(gradients, j);
      FloatVector m = flush(decay1.fma(load(firstMoments, j), g.mul(rest1)));
      FloatVector s = g.blend(0f, g.abs().compare(VectorOperators.LT, FloatMath.SQUARE_THRESHOLD));
      FloatVector v = flush(decay2.fma(load(secondMoments, j), s.mul(rest2).mul(s)));
      m.intoArray(firstMoments, j);
      v.intoArray(secondMoments, j);
      FloatVector step = m.mul(stepSize).div(v.sqrt().add(epsilon));
      load(weights, j).sub(step).intoArray(weights, j);
    }
  }
}
