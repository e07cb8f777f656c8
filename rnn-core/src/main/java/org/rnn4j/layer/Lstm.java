package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Reading;
import org.rnn4j.autograd.RecurrentOperations;
import org.rnn4j.autograd.RecurrentOperations.Recurrence;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.ProjectedTable;
import org.rnn4j.backend.SequenceRecurrence;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.Tensor;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al.
 * 2000), {@code [tokens, input]} to {@code [tokens, hidden]}:
 *
 * <pre>
 *   z = x·W + h₋₁·U + b, gates i | f | g | o       i, f, o = σ      g = tanh
 *   c = f∘c₋₁ + i∘g                                h = o∘tanh(c)
 * </pre>
 *
 * <p>With a projection (Sak et al. 2014) the output is {@code h = (o∘tanh(c))·P}, of width H, and U
 * is as high as that. Limits, as in ELMo's cells (Peters et al. 2018): elements of c beyond
 * ±cellClip are set to it before the output is made of them, elements of the projection beyond
 * ±projectionClip after it; where a limit took effect no gradient passes.
 *
 * <pre>{@code
 * Lstm.spec(4096).projection(512).cellClip(3).projectionClip(3)
 * }</pre>
 *
 * <p>Parameters: {@code input_weights} W {@code [input, 4·hidden]}, Glorot uniform; {@code
 * recurrent_weights} U {@code [hidden, 4·hidden]}, orthogonal; {@code bias} b {@code [4·hidden]}, 0
 * and 1 for the forget gate; {@code projection} P {@code [hidden, H]}, Glorot uniform, and U {@code
 * [H, 4·hidden]} where there is one. Backward: docs/derivations/lstm.md.
 */
public final class Lstm extends RecurrentLayer {
  static final String TYPE = "lstm";
  private static final int GATES = 4;

  private final Spec spec;
  private final Parameter inputWeights;
  private final Parameter recurrentWeights;
  private final Parameter bias;
  private final @Nullable Parameter projection;
  private final RecurrentOperations.Lstm cell;

  private Lstm(Spec spec, int input, Weights weights) {
    this.spec = spec;
    int width = GATES * spec.hidden;
    inputWeights =
        weights.parameter("input_weights", true, Initializer.glorotUniform(), input, width);
    recurrentWeights =
        weights.parameter(
            "recurrent_weights", true, Initializer.orthogonal(), spec.outputs(), width);
    bias = weights.parameter("bias", true, oneForTheForgetGate(spec.hidden), width);
    projection =
        spec.projection == 0
            ? null
            : weights.parameter(
                "projection", true, Initializer.glorotUniform(), spec.hidden, spec.projection);
    cell =
        new RecurrentOperations.Lstm(
            inputWeights,
            recurrentWeights,
            bias,
            null,
            projection,
            spec.cellClip,
            spec.projectionClip);
  }

  private static Initializer oneForTheForgetGate(int hidden) {
    return (bias, random) -> {
      for (int j = 0; j < hidden; j++) {
        bias.set(hidden + j, 1);
      }
    };
  }

  /** An LSTM with a state of the given size. */
  public static Spec spec(int hidden) {
    return new Spec(hidden, 0, Spec.UNLIMITED, Spec.UNLIMITED, RecurrentOptions.DEFAULT);
  }

  /**
   * What an LSTM is.
   *
   * @param hidden the size of c and, without a projection, of h
   * @param projection the size of h, at most hidden; 0 for no projection
   * @param cellClip the limit of c; infinity for none
   * @param projectionClip the limit of a projection; infinity for none
   * @param options how it reads
   */
  public record Spec(
      int hidden, int projection, double cellClip, double projectionClip, RecurrentOptions options)
      implements RecurrentSpec {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Checks the sizes and limits. */
    public Spec {
      Settings.requirePositive(TYPE, "hidden", hidden);
      if (projection < 0 || projection > hidden) {
        throw new IllegalArgumentException(
            "Expected projection of lstm to be from 1 to its hidden size "
                + hidden
                + ", or 0 for none, got "
                + projection);
      }
      requireLimit("cell_clip", cellClip);
      requireLimit("projection_clip", projectionClip);
      if (projectionClip < UNLIMITED && projection == 0) {
        throw new IllegalArgumentException(
            "Expected projection_clip of lstm with a projection only, got " + projectionClip);
      }
    }

    private static void requireLimit(String name, double limit) {
      if (!(limit > 0)) {
        throw new IllegalArgumentException(
            "Expected " + name + " of lstm to be positive, got " + limit);
      }
    }

    /** The same with h projected to a size; before a {@link #projectionClip}. */
    public Spec projection(int size) {
      return new Spec(hidden, size, cellClip, projectionClip, options);
    }

    /** The same with a limit of c. */
    public Spec cellClip(double limit) {
      return new Spec(hidden, projection, limit, projectionClip, options);
    }

    /** The same with a limit of the projection. */
    public Spec projectionClip(double limit) {
      return new Spec(hidden, projection, cellClip, limit, options);
    }

    @Override
    public Spec backwards(boolean backwards) {
      return with(options.backwards(backwards));
    }

    @Override
    public Spec recurrentDropout(double rate) {
      return with(options.recurrentDropout(rate));
    }

    @Override
    public Spec truncation(int tokens) {
      return with(options.truncation(tokens));
    }

    private Spec with(RecurrentOptions changed) {
      return new Spec(hidden, projection, cellClip, projectionClip, changed);
    }

    @Override
    public int outputs() {
      return projection == 0 ? hidden : projection;
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("hidden", hidden);
      if (projection != 0) {
        settings.put("projection", projection);
      }
      if (cellClip < UNLIMITED) {
        settings.put("cell_clip", cellClip);
      }
      if (projectionClip < UNLIMITED) {
        settings.put("projection_clip", projectionClip);
      }
      options.write(settings);
      return settings;
    }

    static Spec read(Settings settings) {
      return new Spec(
          settings.whole("hidden"),
          settings.whole("projection", 0),
          settings.number("cell_clip", UNLIMITED),
          settings.number("projection_clip", UNLIMITED),
          RecurrentOptions.read(settings));
    }

    @Override
    public RecurrentLayer create(Signal input, Weights weights) {
      return new Lstm(this, input.width(), weights);
    }
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return projection == null
        ? List.of(inputWeights, recurrentWeights, bias)
        : List.of(inputWeights, recurrentWeights, bias, projection);
  }

  @Override
  int gates() {
    return GATES;
  }

  @Override
  int inputs() {
    return inputWeights.value().rows();
  }

  @Override
  int cells() {
    return spec.hidden;
  }

  @Override
  Recurrence run(Pass pass, Reading reading) {
    return RecurrentOperations.lstm(pass, cell, reading);
  }

  @Override
  SequenceRecurrence sequence(FastBackend backend) {
    return backend.sequence(cell.values());
  }

  @Override
  Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return backend.lstm(cell.values(), sequences, table, workspace);
  }
}
