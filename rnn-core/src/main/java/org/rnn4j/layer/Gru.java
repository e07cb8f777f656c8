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
 * Gated recurrent unit (Cho et al. 2014), {@code [tokens, input]} to {@code [tokens, hidden]}:
 *
 * <pre>
 *   z = σ(x·Wz + bz + h₋₁·Uz + cz)     r = σ(x·Wr + br + h₋₁·Ur + cr)     h = z∘h₋₁ + (1 − z)∘n
 *   reset after (default, as Keras and PyTorch):  n = tanh(x·Wn + bn + r∘(h₋₁·Un + cn))
 *   reset before (Cho et al., old Keras):         n = tanh(x·Wn + bn + (r∘h₋₁)·Un), and no c
 * </pre>
 *
 * <p>Parameters, gates z | r | n side by side: {@code input_weights} W {@code [input, 3·hidden]},
 * Glorot uniform; {@code recurrent_weights} U {@code [hidden, 3·hidden]}, orthogonal; {@code bias}
 * b and, with the reset after, {@code recurrent_bias} c, each {@code [3·hidden]}, 0. Backward:
 * docs/derivations/gru.md.
 */
public final class Gru extends RecurrentLayer {
  static final String TYPE = "gru";
  private static final int GATES = 3;

  private final Spec spec;
  private final Parameter inputWeights;
  private final Parameter recurrentWeights;
  private final Parameter bias;
  private final @Nullable Parameter recurrentBias;
  private final RecurrentOperations.Gru cell;

  private Gru(Spec spec, int input, Weights weights) {
    this.spec = spec;
    int width = GATES * spec.hidden;
    inputWeights =
        weights.parameter("input_weights", true, Initializer.glorotUniform(), input, width);
    recurrentWeights =
        weights.parameter("recurrent_weights", true, Initializer.orthogonal(), spec.hidden, width);
    bias = weights.parameter("bias", true, Initializer.constant(0), width);
    recurrentBias =
        spec.resetAfter
            ? weights.parameter("recurrent_bias", true, Initializer.constant(0), width)
            : null;
    cell = new RecurrentOperations.Gru(inputWeights, recurrentWeights, bias, recurrentBias);
  }

  /** A GRU with a state of the given size and the reset gate after the recurrent product. */
  public static Spec spec(int hidden) {
    return new Spec(hidden, true, RecurrentOptions.DEFAULT);
  }

  /**
   * What a GRU is.
   *
   * @param hidden the size of the state
   * @param resetAfter whether the reset gate is applied after the recurrent product; true unless
   *     told
   * @param options how it reads
   */
  public record Spec(int hidden, boolean resetAfter, RecurrentOptions options)
      implements RecurrentSpec {
    /** Checks the size. */
    public Spec {
      Settings.requirePositive(TYPE, "hidden", hidden);
    }

    /** The same with the reset gate after or before the recurrent product. */
    public Spec resetAfter(boolean resetAfter) {
      return new Spec(hidden, resetAfter, options);
    }

    @Override
    public Spec backwards(boolean backwards) {
      return new Spec(hidden, resetAfter, options.backwards(backwards));
    }

    @Override
    public Spec recurrentDropout(double rate) {
      return new Spec(hidden, resetAfter, options.recurrentDropout(rate));
    }

    @Override
    public Spec truncation(int tokens) {
      return new Spec(hidden, resetAfter, options.truncation(tokens));
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public int outputs() {
      return hidden;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("hidden", hidden);
      settings.put("reset_after", resetAfter);
      options.write(settings);
      return settings;
    }

    static Spec read(Settings settings) {
      return new Spec(
          settings.whole("hidden"), settings.truth("reset_after"), RecurrentOptions.read(settings));
    }

    @Override
    public RecurrentLayer create(Signal input, Weights weights) {
      return new Gru(this, input.width(), weights);
    }
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return recurrentBias == null
        ? List.of(inputWeights, recurrentWeights, bias)
        : List.of(inputWeights, recurrentWeights, bias, recurrentBias);
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
    return 0;
  }

  @Override
  Recurrence run(Pass pass, Reading reading) {
    return RecurrentOperations.gru(pass, cell, reading);
  }

  @Override
  SequenceRecurrence sequence(FastBackend backend) {
    return backend.sequence(cell.values());
  }

  @Override
  Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return backend.gru(cell.values(), sequences, table, workspace);
  }
}
