package org.rnn4j.layer;

import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Reading;
import org.rnn4j.autograd.RecurrentOperations.Recurrence;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.ProjectedTable;
import org.rnn4j.backend.Rows;
import org.rnn4j.backend.SequenceRecurrence;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * A layer that reads each text token by token: {@link Lstm}, {@link Gru}, {@link SimpleRnn}. Texts
 * begin at states of zero, unless {@link #read} is given others.
 */
public abstract sealed class RecurrentLayer implements StagedLayer permits Lstm, Gru, SimpleRnn {
  /**
   * What reading a batch gives.
   *
   * @param outputs h of every token
   * @param last the states after the last token read of each text, as values; those of a text
   *     without tokens are the ones that it began with
   */
  public record Read(Activations outputs, RecurrentState last) {}

  @Override
  public abstract RecurrentSpec spec();

  /** How many gates there are, each of which multiplies h₋₁ by weights of its own. */
  abstract int gates();

  /** The width of the inputs. */
  abstract int inputs();

  /** The size of c, or 0 where there is none. */
  abstract int cells();

  /** The operation. */
  abstract Recurrence run(Pass pass, Reading reading);

  /** The layer over one text at a time, or one token. */
  abstract SequenceRecurrence sequence(FastBackend backend);

  /** The outputs over texts whose inputs are rows of a table, read forwards. */
  abstract Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace);

  @Override
  public Activations forward(Pass pass, Activations input) {
    return outputs(input, recurrence(pass, input, backwards(), null));
  }

  /**
   * Reads a batch that goes on from given states, for example the next pieces of long texts, as
   * truncated backpropagation through time does.
   *
   * <pre>{@code
   * RecurrentLayer.Read first = lstm.read(pass, piece, null);
   * RecurrentLayer.Read second = lstm.read(pass, nextPiece, first.last());
   * }</pre>
   *
   * @param from the states before each text's first token, or null for zeros; no gradient flows to
   *     where they came from
   * @throws IllegalArgumentException if the states are not of this layer or not as many as texts
   */
  public final Read read(Pass pass, Activations input, @Nullable RecurrentState from) {
    Recurrence recurrence = recurrence(pass, input, backwards(), from);
    Tensor hidden =
        Operations.lastState(pass, input.sequences(), backwards(), recurrence.outputs())
            .value()
            .copy();
    for (int row = 0; row < input.sequences().batch() && from != null; row++) {
      if (input.sequences().length(row) == 0) {
        int text = input.sequences().original(row);
        Rows.copy(from.hidden(), text, hidden, text);
      }
    }
    Variable cells = recurrence.finalCells();
    return new Read(
        outputs(input, recurrence),
        new RecurrentState(hidden, cells == null ? null : cells.value().copy()));
  }

  private boolean backwards() {
    return spec().options().backwards();
  }

  private Activations outputs(Activations input, Recurrence recurrence) {
    Variable h = recurrence.outputs();
    Activations outputs = input.with(h);
    return backwards()
        ? outputs.lastStates(pass -> Operations.lastState(pass, input.sequences(), true, h))
        : outputs;
  }

  /** Reads in a direction. */
  final Recurrence recurrence(
      Pass pass, Activations input, boolean reverse, @Nullable RecurrentState from) {
    Sequences sequences = input.sequences();
    Reading reading =
        Reading.of(sequences, input.values(inputs(), spec().type()))
            .reverse(reverse)
            .truncation(spec().options().truncation())
            .stateMasks(masks(pass, sequences.batch()));
    if (from != null) {
      requireStates("hidden", from.hidden(), sequences.batch(), spec().outputs());
      requireStates("cell", from.cell(), sequences.batch(), cells());
      reading = reading.from(Variable.constant(from.hidden()), constant(from.cell()));
    }
    return run(pass, reading);
  }

  private static @Nullable Variable constant(@Nullable Tensor value) {
    return value == null ? null : Variable.constant(value);
  }

  private void requireStates(String what, @Nullable Tensor state, int batch, int width) {
    boolean fits = state == null ? width == 0 : state.rows() == batch && state.columns() == width;
    if (!fits) {
      throw new IllegalArgumentException(
          "Expected initial "
              + what
              + " states of "
              + spec().type()
              + (width == 0 ? " to be none" : " to be [" + batch + ", " + width + "]")
              + ", got "
              + (state == null ? "none" : state.shape()));
    }
  }

  /**
   * Recurrent dropout of a batch: a mask for each text and gate, {@code [batch, gates·outputs]}.
   */
  private @Nullable Tensor masks(Pass pass, int batch) {
    double rate = spec().options().recurrentDropout();
    if (!pass.isTraining() || rate == 0) {
      return null;
    }
    Tensor masks = pass.workspace().uninitialised(batch, gates() * spec().outputs());
    RandomStream random = pass.random();
    for (int i = 0; i < masks.size(); i++) {
      masks.set(i, random.nextFloat() < rate ? 0 : 1 / (1 - rate));
    }
    return masks;
  }

  @Override
  public TextStage stage(FastBackend backend) {
    SequenceRecurrence sequence = sequence(backend);
    boolean reverse = backwards();
    float[] last = new float[sequence.outputs()];
    return rows -> {
      int count = rows.rows();
      float[] outputs = rows.next(count, sequence.outputs());
      sequence.run(rows.values(), count, reverse, outputs);
      rows.replace(count, sequence.outputs());
      if (reverse && count > 0) {
        System.arraycopy(outputs, 0, last, 0, last.length);
        rows.lastStates(last);
      }
    };
  }
}
