package org.rnn4j.backend;

import java.util.Arrays;
import org.rnn4j.tensor.Tensor;

/**
 * A recurrent layer that reads one sequence after another and keeps nothing for a backward: of the
 * gates only those of a group of tokens, and no memory is taken while it reads. The outputs are
 * those of {@link Backend#lstm} and {@link Backend#gru}, bit for bit. For one thread.
 */
public abstract class SequenceRecurrence {
  /** Tokens whose inputs are projected in one product. */
  private static final int GROUP = 128;

  final Kernels kernels;
  private final InputProjection projection;
  final int hidden;
  final float[] gates; // [GROUP, 4*hidden]
  private final float[] zeros; // the state before the first token

  SequenceRecurrence(Kernels kernels, int hidden, InputProjection projection) {
    this.kernels = kernels;
    this.projection = projection;
    this.hidden = hidden;
    this.gates = new float[GROUP * 4 * hidden];
    this.zeros = new float[hidden];
  }

  /** The width of the outputs. */
  public final int hidden() {
    return hidden;
  }

  /** The width of a row of gates. */
  final int width() {
    return 4 * hidden;
  }

  /**
   * Reads a sequence from its first token to its last.
   *
   * @param x {@code [tokens, input]}
   * @param outputs written, {@code [tokens, hidden]}
   */
  public final void run(float[] x, int tokens, float[] outputs) {
    begin();
    for (int first = 0; first < tokens; first += GROUP) {
      int count = Math.min(GROUP, tokens - first);
      projection.project(x, first * projection.input(), count, gates, 0);
      steps(first, count, outputs);
    }
  }

  /**
   * Reads a sequence of token ids.
   *
   * @param table what the inputs of each id make of the gates
   * @param outputs written, {@code [tokens, hidden]}
   */
  public final void run(ProjectedTable table, int[] ids, int tokens, float[] outputs) {
    begin();
    for (int first = 0; first < tokens; first += GROUP) {
      int count = Math.min(GROUP, tokens - first);
      for (int i = 0; i < count; i++) {
        table.copyRow(ids[first + i], projection, gates, i * width());
      }
      steps(first, count, outputs);
    }
  }

  private void steps(int first, int count, float[] outputs) {
    for (int i = 0; i < count; i++) {
      int token = first + i;
      if (token == 0) {
        step(true, zeros, 0, 0, outputs, 0);
      } else {
        step(false, outputs, (token - 1) * hidden, i * width(), outputs, token * hidden);
      }
    }
  }

  /** Forgets the sequence before, and looks up the weights. */
  abstract void begin();

  /**
   * One token: its gates, and its row of outputs from that of the token before.
   *
   * @param begins whether there is none before, so that the previous row is zero
   */
  abstract void step(
      boolean begins,
      float[] previous,
      int previousOffset,
      int gatesOffset,
      float[] outputs,
      int outputsOffset);

  /** An LSTM over one sequence; see {@link FastLstm}. */
  static final class Lstm extends SequenceRecurrence {
    private final LstmWeights weights;
    private final float[] cells;
    private PackedMatrix recurrent;

    Lstm(Kernels kernels, LstmWeights weights) {
      super(kernels, weights.hidden(), InputProjection.of(kernels, weights));
      this.weights = weights;
      this.recurrent = PackedWeights.of(kernels, weights.recurrent()).whole();
      this.cells = new float[hidden];
    }

    @Override
    void begin() {
      Arrays.fill(cells, 0f);
      recurrent = PackedWeights.of(kernels, weights.recurrent()).whole();
    }

    @Override
    void step(
        boolean begins,
        float[] previous,
        int previousAt,
        int gatesAt,
        float[] outputs,
        int outputsAt) {
      if (!begins) {
        kernels.multiplyAdd(1, previous, previousAt, hidden, 1, recurrent, gates, gatesAt, width());
      }
      Tensor peepholes = weights.peepholes();
      kernels.lstmForward(
          1,
          hidden,
          gates,
          gatesAt,
          cells,
          0,
          cells,
          0,
          outputs,
          outputsAt,
          peepholes == null ? null : peepholes.floats());
    }
  }

  /** A GRU over one sequence; see {@link FastGru}. */
  static final class Gru extends SequenceRecurrence {
    private final GruWeights weights;
    private PackedMatrix toUpdateAndReset;
    private PackedMatrix toCandidate;

    Gru(Kernels kernels, GruWeights weights) {
      super(kernels, weights.hidden(), InputProjection.of(kernels, weights));
      this.weights = weights;
      PackedWeights recurrent = PackedWeights.of(kernels, weights.recurrent());
      this.toUpdateAndReset = recurrent.columns(0, 2 * hidden, false);
      this.toCandidate = recurrent.columns(2 * hidden, hidden, false);
    }

    @Override
    void begin() {
      PackedWeights recurrent = PackedWeights.of(kernels, weights.recurrent());
      toUpdateAndReset = recurrent.columns(0, 2 * hidden, false);
      toCandidate = recurrent.columns(2 * hidden, hidden, false);
    }

    @Override
    void step(
        boolean begins,
        float[] previous,
        int previousAt,
        int gatesAt,
        float[] outputs,
        int outputsAt) {
      if (!begins) {
        multiply(previous, previousAt, hidden, toUpdateAndReset, gatesAt);
      }
      int fourth = gatesAt + 3 * hidden;
      if (weights.resetAfter()) {
        if (!begins) {
          multiply(previous, previousAt, hidden, toCandidate, fourth);
        }
        kernels.gruForward(1, hidden, gates, gatesAt, previous, previousAt, outputs, outputsAt);
      } else {
        kernels.gruResetBeforeForward(1, hidden, gates, gatesAt, previous, previousAt);
        if (!begins) {
          multiply(gates, fourth, width(), toCandidate, gatesAt + 2 * hidden);
        }
        kernels.gruCandidateForward(
            1, hidden, gates, gatesAt, previous, previousAt, outputs, outputsAt);
      }
    }

    private void multiply(float[] a, int at, int stride, PackedMatrix b, int gatesAt) {
      kernels.multiplyAdd(1, a, at, stride, 1, b, gates, gatesAt, width());
    }
  }
}
