package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.rnn4j.backend.FloatMath.FLUSH_THRESHOLD;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.ScalarGates;

/**
 * The LSTM's step of {@link ScalarGates} on the columns of one row that fill whole vectors, {@code
 * 0} to {@code bound}: the same operations in the same order. A row's gates are in the first-level
 * cache, so the step may take several short loops over them, which the JIT compiler handles better
 * than one long one.
 */
final class VectorLstm {
  private VectorLstm() {}

  /** {@link org.rnn4j.backend.Kernels#lstmForward}, the first {@code bound} columns in vectors. */
  static void forward(
      int rows,
      int bound,
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
      if (bound > 0) {
        forwardRow(
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

  private static void forwardRow(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previous,
      float[] cells,
      int cell,
      float[] outputs,
      int output,
      float @Nullable [] peepholes) {
    if (peepholes != null) {
      addPeephole(bound, gates, gate, peepholes, 0, previousCells, previous);
      addPeephole(bound, gates, gate + hidden, peepholes, hidden, previousCells, previous);
    }
    VectorActivations.sigmoidOfTwo(gates, gate, hidden, bound);
    VectorActivations.tanh(gates, gate + 2 * hidden, gates, gate + 2 * hidden, bound);
    cells(bound, hidden, gates, gate, previousCells, previous, cells, cell);
    if (peepholes != null) {
      addPeephole(bound, gates, gate + 3 * hidden, peepholes, 2 * hidden, cells, cell);
    }
    VectorActivations.sigmoid(gates, gate + 3 * hidden, bound);
    VectorActivations.tanh(cells, cell, outputs, output, bound);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector o = fromArray(SPECIES, gates, gate + 3 * hidden + j);
      o.mul(fromArray(SPECIES, outputs, output + j)).intoArray(outputs, output + j);
    }
  }

  /** {@code c = fma(f, c₋₁, i·g)} from activated gates. */
  private static void cells(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previous,
      float[] cells,
      int cell) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector i = fromArray(SPECIES, gates, gate + j);
      FloatVector f = fromArray(SPECIES, gates, gate + hidden + j);
      FloatVector g = fromArray(SPECIES, gates, gate + 2 * hidden + j);
      f.fma(fromArray(SPECIES, previousCells, previous + j), i.mul(g)).intoArray(cells, cell + j);
    }
  }

  /** {@link org.rnn4j.backend.Kernels#lstmBackward}, the first {@code bound} columns in vectors. */
  static void backward(
      int rows,
      int bound,
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
      if (bound > 0) {
        backwardRow(
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

  private static void backwardRow(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previous,
      float[] cells,
      int cell,
      float[] dOutputs,
      int dOutput,
      float[] dCells,
      int dCell,
      float @Nullable [] peepholes) {
    float[] tanhCells = Scratch.own().row(bound);
    VectorActivations.tanh(cells, cell, tanhCells, 0, bound);
    outputsBackward(bound, gates, gate + 3 * hidden, tanhCells, dOutputs, dOutput, dCells, dCell);
    if (peepholes != null) {
      addPeephole(bound, dCells, dCell, peepholes, 2 * hidden, gates, gate + 3 * hidden);
    }
    cellsBackward(bound, hidden, gates, gate, previousCells, previous, dCells, dCell);
    if (peepholes != null) {
      addPeephole(bound, dCells, dCell, peepholes, 0, gates, gate);
      addPeephole(bound, dCells, dCell, peepholes, hidden, gates, gate + hidden);
    }
    flush(bound, dCells, dCell);
  }

  /** Vanishing numbers to zero. */
  private static void flush(int bound, float[] x, int at) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector v = fromArray(SPECIES, x, at + j);
      v.blend(0f, v.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(x, at + j);
    }
  }

  /**
   * Back through {@code h = o·tanh(c)}: dzo in o's place, {@code dCells} ∂L/∂c but for o's
   * peephole.
   */
  private static void outputsBackward(
      int bound,
      float[] gates,
      int outputGate,
      float[] tanhCells,
      float[] dOutputs,
      int dOutput,
      float[] dCells,
      int dCell) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector o = fromArray(SPECIES, gates, outputGate + j);
      FloatVector t = fromArray(SPECIES, tanhCells, j);
      FloatVector dh = fromArray(SPECIES, dOutputs, dOutput + j);
      FloatVector dc = fromArray(SPECIES, dCells, dCell + j);
      FloatVector dzo = dh.mul(t).mul(o.neg().fma(o, o));
      dh.mul(o).fma(t.neg().fma(t, one), dc).intoArray(dCells, dCell + j);
      dzo.blend(0f, dzo.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, outputGate + j);
    }
  }

  /**
   * Back through {@code c = f·c₋₁ + i·g}: the other gates' gradients in their places, {@code
   * dCells} dc·f.
   */
  private static void cellsBackward(
      int bound,
      int hidden,
      float[] gates,
      int gate,
      float[] previousCells,
      int previous,
      float[] dCells,
      int dCell) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int j = 0; j < bound; j += LANES) {
      int at = gate + j;
      FloatVector i = fromArray(SPECIES, gates, at);
      FloatVector f = fromArray(SPECIES, gates, at + hidden);
      FloatVector g = fromArray(SPECIES, gates, at + 2 * hidden);
      FloatVector dc = fromArray(SPECIES, dCells, dCell + j);
      FloatVector df = dc.mul(fromArray(SPECIES, previousCells, previous + j));
      FloatVector dzi = dc.mul(g).mul(i.neg().fma(i, i));
      FloatVector dzf = df.mul(f.neg().fma(f, f));
      FloatVector dzg = dc.mul(i).mul(g.neg().fma(g, one));
      dzi.blend(0f, dzi.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, at);
      dzf.blend(0f, dzf.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, at + hidden);
      dzg.blend(0f, dzg.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(gates, at + 2 * hidden);
      dc.mul(f).intoArray(dCells, dCell + j);
    }
  }

  /**
   * {@code x = fma(p, y, x)}: forward from cells to a gate, backward from a gate's gradient to that
   * of the cells.
   */
  private static void addPeephole(
      int bound, float[] x, int at, float[] peepholes, int peephole, float[] y, int yAt) {
    for (int j = 0; j < bound; j += LANES) {
      FloatVector p = fromArray(SPECIES, peepholes, peephole + j);
      FloatVector sum = fromArray(SPECIES, x, at + j);
      p.fma(fromArray(SPECIES, y, yAt + j), sum).intoArray(x, at + j);
    }
  }
}
