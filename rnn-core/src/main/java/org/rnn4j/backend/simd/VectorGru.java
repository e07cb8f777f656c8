package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.rnn4j.backend.FloatMath.FLUSH_THRESHOLD;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.rnn4j.backend.ScalarGates;

/**
 * The GRU's steps of {@link ScalarGates}, with the reset gate after or before the product, on the
 * columns of one row that fill whole vectors, {@code 0} to {@code bound}: the same operations in
 * the same order, in several short loops as in {@link VectorLstm}.
 */
final class VectorGru {
  private VectorGru() {}

  /** {@link org.rnn4j.backend.Kernels#gruForward}, the first {@code bound} columns in vectors. */
  static void forward(
      int rows,
      int bound,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      if (bound > 0) {
        forwardRow(
            bound,
            hidden,
            gates,
            gatesOffset + 4 * at,
            previousOutputs,
            previousOutputsOffset + at,
            outputs,
            outputsOffset + at);
      }
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

  private static void forwardRow(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previous,
      float[] outputs,
      int output) {
    VectorActivations.sigmoidOfTwo(gates, gate, hidden, bound);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector r = fromArray(SPECIES, gates, gate + hidden + j);
      FloatVector n = fromArray(SPECIES, gates, gate + 2 * hidden + j);
      FloatVector m = fromArray(SPECIES, gates, gate + 3 * hidden + j);
      r.fma(m, n).intoArray(gates, gate + 2 * hidden + j);
    }
    candidateForwardRow(bound, hidden, gates, gate, previousOutputs, previous, outputs, output);
  }

  /** {@link org.rnn4j.backend.Kernels#gruBackward}, the first {@code bound} columns in vectors. */
  static void backward(
      int rows,
      int bound,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      if (bound > 0) {
        backwardRow(
            bound,
            hidden,
            gates,
            gatesOffset + 4 * at,
            previousOutputs,
            previousOutputsOffset + at,
            dOutputs,
            dOutputsOffset + at);
      }
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

  private static void backwardRow(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previous,
      float[] dOutputs,
      int dOutput) {
    candidateBackwardRow(bound, hidden, gates, gate, previousOutputs, previous, dOutputs, dOutput);
    for (int j = 0; j < bound; j += LANES) {
      int at = gate + j;
      FloatVector r = fromArray(SPECIES, gates, at + hidden);
      FloatVector dn = fromArray(SPECIES, gates, at + 2 * hidden);
      FloatVector m = fromArray(SPECIES, gates, at + 3 * hidden);
      FloatVector dr = dn.mul(m).mul(r.neg().fma(r, r));
      FloatVector dm = dn.mul(r);
      dr.blend(0f, dr.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, at + hidden);
      dm.blend(0f, dm.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, at + 3 * hidden);
    }
  }

  /**
   * {@link org.rnn4j.backend.Kernels#gruResetBeforeForward}, the first {@code bound} columns in
   * vectors.
   */
  static void resetBeforeForward(
      int rows,
      int bound,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      if (bound > 0) {
        resetBeforeForwardRow(
            bound,
            hidden,
            gates,
            gatesOffset + 4 * at,
            previousOutputs,
            previousOutputsOffset + at);
      }
      ScalarGates.gruResetBeforeForward(
          bound, hidden, gates, gatesOffset + 4 * at, previousOutputs, previousOutputsOffset + at);
    }
  }

  private static void resetBeforeForwardRow(
      int bound, int hidden, float[] gates, int gate, float[] previousOutputs, int previous) {
    VectorActivations.sigmoidOfTwo(gates, gate, hidden, bound);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector r = fromArray(SPECIES, gates, gate + hidden + j);
      r.mul(fromArray(SPECIES, previousOutputs, previous + j))
          .intoArray(gates, gate + 3 * hidden + j);
    }
  }

  /**
   * {@link org.rnn4j.backend.Kernels#gruResetBeforeBackward}, the first {@code bound} columns in
   * vectors.
   */
  static void resetBeforeBackward(
      int rows,
      int bound,
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
      if (bound > 0) {
        resetBeforeBackwardRow(
            bound,
            gates,
            gatesOffset + 4 * at + hidden,
            previousOutputs,
            previousOutputsOffset + at,
            dReset,
            dResetOffset + at,
            dPrevious,
            dPreviousOffset + at);
      }
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

  private static void resetBeforeBackwardRow(
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
      FloatVector r = fromArray(SPECIES, gates, resetGate + j);
      FloatVector h = fromArray(SPECIES, previousOutputs, previous + j);
      FloatVector d = fromArray(SPECIES, dReset, dResetAt + j);
      FloatVector dr = d.mul(h).mul(r.neg().fma(r, r));
      FloatVector dh = d.fma(r, fromArray(SPECIES, dPrevious, dPreviousAt + j));
      dr.blend(0f, dr.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, resetGate + j);
      dh.blend(0f, dh.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(dPrevious, dPreviousAt + j);
    }
  }

  /**
   * {@link org.rnn4j.backend.Kernels#gruCandidateForward}, the first {@code bound} columns in
   * vectors.
   */
  static void candidateForward(
      int rows,
      int bound,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] outputs,
      int outputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      if (bound > 0) {
        candidateForwardRow(
            bound,
            hidden,
            gates,
            gatesOffset + 4 * at,
            previousOutputs,
            previousOutputsOffset + at,
            outputs,
            outputsOffset + at);
      }
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

  private static void candidateForwardRow(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previous,
      float[] outputs,
      int output) {
    VectorActivations.tanh(gates, gate + 2 * hidden, gates, gate + 2 * hidden, bound);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector z = fromArray(SPECIES, gates, gate + j);
      FloatVector n = fromArray(SPECIES, gates, gate + 2 * hidden + j);
      FloatVector difference = fromArray(SPECIES, previousOutputs, previous + j).sub(n);
      z.fma(difference, n).intoArray(outputs, output + j);
    }
  }

  /**
   * {@link org.rnn4j.backend.Kernels#gruCandidateBackward}, the first {@code bound} columns in
   * vectors.
   */
  static void candidateBackward(
      int rows,
      int bound,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousOutputs,
      int previousOutputsOffset,
      float[] dOutputs,
      int dOutputsOffset) {
    for (int row = 0; row < rows; row++) {
      int at = row * hidden;
      if (bound > 0) {
        candidateBackwardRow(
            bound,
            hidden,
            gates,
            gatesOffset + 4 * at,
            previousOutputs,
            previousOutputsOffset + at,
            dOutputs,
            dOutputsOffset + at);
      }
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

  private static void candidateBackwardRow(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousOutputs,
      int previous,
      float[] dOutputs,
      int dOutput) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector z = fromArray(SPECIES, gates, gate + j);
      FloatVector n = fromArray(SPECIES, gates, gate + 2 * hidden + j);
      FloatVector dh = fromArray(SPECIES, dOutputs, dOutput + j);
      FloatVector difference = fromArray(SPECIES, previousOutputs, previous + j).sub(n);
      FloatVector dz = dh.mul(difference).mul(z.neg().fma(z, z));
      FloatVector dn = dh.neg().fma(z, dh).mul(n.neg().fma(n, one));
      FloatVector dPrevious = dh.mul(z);
      dz.blend(0f, dz.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, gate + j);
      dn.blend(0f, dn.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, gate + 2 * hidden + j);
      dPrevious
          .blend(0f, dPrevious.abs().compare(LT, FLUSH_THRESHOLD))
          .intoArray(dOutputs, dOutput + j);
    }
  }
}
