package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.SequenceRecurrence;
import org.rnn4j.sequence.Sequences;

/**
 * Two recurrent layers of one kind over the same inputs (Schuster and Paliwal 1997): one reads each
 * text from its first token to its last, the other, with weights of its own, from the last to the
 * first. At every token, in the text's own order, their outputs are put together by a {@link
 * Merge}: {@code [tokens, input]} to {@code [tokens, 2·outputs]}, or {@code [tokens, outputs]}.
 *
 * <pre>{@code
 * Sequential.builder(seed).embedding(20_000, 128).bidirectional(Gru.spec(64)).lastState()
 * }</pre>
 *
 * <p>The last state of a text is what both have after all of it, the forward one at the last token
 * and the backward one at the first, put together in the same way: Keras' {@code Bidirectional}
 * without {@code return_sequences}.
 *
 * <p>Parameters: those of the layer twice, under {@code forward.…} and {@code backward.…}.
 */
public final class Bidirectional implements StagedLayer {
  static final String TYPE = "bidirectional";

  private final Spec spec;
  private final RecurrentLayer forward;
  private final RecurrentLayer backward;

  private Bidirectional(Spec spec, Signal input, Weights weights) {
    this.spec = spec;
    forward = spec.layer.create(input, weights.inner("forward"));
    backward = spec.layer.create(input, weights.inner("backward"));
  }

  /** A layer in both directions, side by side. */
  public static Spec spec(RecurrentSpec layer) {
    return new Spec(layer, Merge.CONCAT);
  }

  /**
   * What the layer is.
   *
   * @param layer what reads in each direction; itself not backwards
   * @param merge how the directions are put together; side by side unless told
   */
  public record Spec(RecurrentSpec layer, Merge merge) implements LayerSpec {
    /** Checks the layer's direction. */
    public Spec {
      if (layer.options().backwards()) {
        throw new IllegalArgumentException(
            "Expected the layer of a bidirectional one to read forwards, got one that reads"
                + " backwards; the other direction is added here");
      }
    }

    /** The same, put together in another way. */
    public Spec merge(Merge merge) {
      return new Spec(layer, merge);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("layer", LayerTypes.describe(List.of(layer)).get(0));
      settings.put("merge", merge.name());
      return settings;
    }

    static Spec read(Settings settings) {
      LayerSpec inner = settings.layer("layer");
      if (inner instanceof RecurrentSpec layer) {
        return new Spec(layer, settings.choice("merge", Merge.class));
      }
      throw new IllegalArgumentException(
          "Expected the layer of a bidirectional one to be recurrent, got " + inner.type());
    }

    @Override
    public Signal output(Signal input) {
      input.require(Signal.Form.TOKENS, TYPE);
      return Signal.tokens(merge.width(layer.outputs()));
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Bidirectional(this, input, weights);
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> both = new ArrayList<>(forward.parameters());
    both.addAll(backward.parameters());
    return both;
  }

  @Override
  public TextStage stage(FastBackend backend) {
    SequenceRecurrence toTheEnd = forward.sequence(backend);
    SequenceRecurrence toTheStart = backward.sequence(backend);
    int width = toTheEnd.outputs();
    Buffers buffers = new Buffers();
    float[] last = new float[spec.merge.width(width)];
    float[] end = new float[width];
    return rows -> {
      int count = rows.rows();
      buffers.grow(count * width);
      toTheEnd.run(rows.values(), count, false, buffers.forward);
      toTheStart.run(rows.values(), count, true, buffers.backward);
      float[] merged = rows.next(count, last.length);
      spec.merge.of(buffers.forward, buffers.backward, count, width, merged);
      rows.replace(count, last.length);
      if (count > 0) {
        System.arraycopy(buffers.forward, (count - 1) * width, end, 0, width);
        spec.merge.of(end, buffers.backward, 1, width, last);
        rows.lastStates(last);
      }
    };
  }

  /** The outputs of both directions over one text. */
  private static final class Buffers {
    private float[] forward = {};
    private float[] backward = {};

    void grow(int size) {
      if (forward.length < size) {
        forward = new float[size + size / 4];
        backward = new float[size + size / 4];
      }
    }
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Sequences sequences = input.sequences();
    input.values(forward.inputs(), TYPE);
    Variable f = forward.recurrence(pass.derive("forward"), input, false, null).outputs();
    Variable b = backward.recurrence(pass.derive("backward"), input, true, null).outputs();
    return input
        .with(spec.merge.of(pass, f, b))
        .lastStates(
            own ->
                spec.merge.of(
                    own,
                    Operations.lastState(own, sequences, false, f),
                    Operations.lastState(own, sequences, true, b)));
  }
}
