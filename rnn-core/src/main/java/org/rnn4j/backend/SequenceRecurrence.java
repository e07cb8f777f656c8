package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * A recurrent layer that reads one sequence after another, or one token after another, and keeps
 * nothing for a backward: of the gates only those of a group of tokens, and no memory is taken
 * while it reads. The outputs are those of {@link Backend#lstm}, {@link Backend#gru} and {@link
 * Backend#simpleRnn}, bit for bit. For one thread.
 */
public abstract class SequenceRecurrence {
  /** Tokens whose inputs are projected in one product. */
  private static final int GROUP = 128;

  final Kernels kernels;
  private final InputProjection projection;
  final int state;
  final float[] gates; // [GROUP, width]
  private final float[] previous; // the state before a token: zeros, or where the last call ended
  private boolean begins = true;

  SequenceRecurrence(Kernels kernels, int state, InputProjection projection) {
    this.kernels = kernels;
    this.projection = projection;
    this.state = state;
    this.gates = new float[GROUP * projection.width()];
    this.previous = new float[state];
  }

  /** The width of the outputs. */
  public final int outputs() {
    return state;
  }

  /** The width of a row of gates. */
  final int width() {
    return projection.width();
  }

  /**
   * Reads a sequence from its first token to its last, or in reverse; outputs stand at the place of
   * the token read.
   *
   * @param x {@code [tokens, input]}
   * @param outputs written, {@code [tokens, outputs]}
   */
  public final void run(float[] x, int tokens, boolean reverse, float[] outputs) {
    reset();
    int groups = (tokens + GROUP - 1) / GROUP;
    for (int i = 0; i < groups; i++) {
      int first = (reverse ? groups - 1 - i : i) * GROUP;
      int count = Math.min(GROUP, tokens - first);
      projection.project(x, first * projection.input(), count, gates, 0);
      steps(first, count, reverse, tokens, outputs);
    }
  }

  /** Forgets what was read, so that {@link #next} begins a sequence. */
  public final void reset() {
    Arrays.fill(previous, 0f);
    begins = true;
    begin();
  }

  /**
   * Reads one more token of a sequence: after {@link #reset} its first one.
   *
   * @param x {@code [input]}
   * @param output written, {@code [outputs]}
   */
  public final void next(float[] x, float[] output) {
    projection.project(x, 0, 1, gates, 0);
    step(begins, previous, 0, 0, output, 0);
    System.arraycopy(output, 0, previous, 0, state);
    begins = false;
  }

  /**
   * Reads a sequence of token ids.
   *
   * @param table what the inputs of each id make of the gates
   * @param outputs written, {@code [tokens, outputs]}
   */
  public final void run(ProjectedTable table, int[] ids, int tokens, float[] outputs) {
    reset();
    for (int first = 0; first < tokens; first += GROUP) {
      int count = Math.min(GROUP, tokens - first);
      for (int i = 0; i < count; i++) {
        table.copyRow(ids[first + i], projection, gates, i * width());
      }
      steps(first, count, false, tokens, outputs);
    }
  }

  /** The steps of a group of tokens whose inputs are in the gates. */
  private void steps(int first, int count, boolean reverse, int tokens, float[] outputs) {
    for (int i = 0; i < count; i++) {
      int row = reverse ? count - 1 - i : i;
      int token = first + row;
      int before = reverse ? token + 1 : token - 1;
      if (before < 0 || before == tokens) {
        step(true, previous, 0, row * width(), outputs, token * state);
      } else {
        step(false, outputs, before * state, row * width(), outputs, token * state);
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
    private final int hidden;
    private final float[] cells;
    private final float[] cellOutputs; // where there is a projection
    private final @Nullable LstmProjection toOutputs;
    private PackedMatrix recurrent;

    Lstm(Kernels kernels, LstmWeights weights) {
      super(kernels, weights.state(), InputProjection.of(kernels, weights));
      this.weights = weights;
      this.hidden = weights.hidden();
      this.toOutputs = LstmProjection.of(kernels, weights);
      this.cellOutputs = new float[toOutputs == null ? 0 : hidden];
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
        kernels.multiplyAdd(1, previous, previousAt, state, 1, recurrent, gates, gatesAt, width());
      }
      Tensor peepholes = weights.peepholes();
      float[] m = toOutputs == null ? outputs : cellOutputs;
      int mAt = toOutputs == null ? outputsAt : 0;
      kernels.lstmForward(
          1,
          hidden,
          gates,
          gatesAt,
          cells,
          0,
          cells,
          0,
          m,
          mAt,
          peepholes == null ? null : peepholes.floats());
      if (weights.clipsCells()) {
        LstmProjection.clipCells(weights.cellClip(), 1, hidden, gates, gatesAt, cells, 0, m, mAt);
      }
      if (toOutputs != null) {
        toOutputs.forward(1, m, mAt, outputs, outputsAt);
      }
    }
  }

  /** A GRU over one sequence; see {@link FastGru}. */
  static final class Gru extends SequenceRecurrence {
    private final GruWeights weights;
    private final int hidden;
    private PackedMatrix toUpdateAndReset;
    private PackedMatrix toCandidate;

    Gru(Kernels kernels, GruWeights weights) {
      super(kernels, weights.hidden(), InputProjection.of(kernels, weights));
      this.weights = weights;
      this.hidden = weights.hidden();
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

  /** A simple recurrent layer over one sequence; see {@link FastSimpleRnn}. */
  static final class SimpleRnn extends SequenceRecurrence {
    private final SimpleRnnWeights weights;
    private PackedMatrix recurrent;

    SimpleRnn(Kernels kernels, SimpleRnnWeights weights) {
      super(kernels, weights.hidden(), InputProjection.of(kernels, weights));
      this.weights = weights;
      this.recurrent = PackedWeights.of(kernels, weights.recurrent()).whole();
    }

    @Override
    void begin() {
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
        kernels.multiplyAdd(1, previous, previousAt, state, 1, recurrent, gates, gatesAt, state);
      }
      System.arraycopy(gates, gatesAt, outputs, outputsAt, state);
      kernels.tanh(outputs, outputsAt, state);
    }
  }
}
