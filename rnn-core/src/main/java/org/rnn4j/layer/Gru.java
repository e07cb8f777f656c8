package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.GruWeights;
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
 * b and, with the reset after, {@code recurrent_bias} c, each {@code [3·hidden]}, 0. States start
 * at zero. Backward: docs/derivations/gru.md.
 */
public final class Gru implements RecurrentLayer {
  static final String TYPE = "gru";
  private static final int GATES = 3;

  private final Spec spec;
  private final Parameter inputWeights;
  private final Parameter recurrentWeights;
  private final Parameter bias;
  private final @Nullable Parameter recurrentBias;

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
  }

  /** A GRU with a state of the given size and the reset gate after the recurrent product. */
  public static Spec spec(int hidden) {
    return new Spec(hidden, true);
  }

  /**
   * What a GRU is.
   *
   * @param hidden the size of the state
   * @param resetAfter whether the reset gate is applied after the recurrent product; true unless
   *     told
   */
  public record Spec(int hidden, boolean resetAfter) implements LayerSpec {
    /** Checks the size. */
    public Spec {
      Settings.requirePositive(TYPE, "hidden", hidden);
    }

    /** The same with the reset gate after or before the recurrent product. */
    public Spec resetAfter(boolean resetAfter) {
      return new Spec(hidden, resetAfter);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("hidden", hidden);
      settings.put("reset_after", resetAfter);
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      input.require(Signal.Form.TOKENS, TYPE);
      return Signal.tokens(hidden);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Gru(this, input.width(), weights);
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return recurrentBias == null
        ? List.of(inputWeights, recurrentWeights, bias)
        : List.of(inputWeights, recurrentWeights, bias, recurrentBias);
  }

  @Override
  public SequenceRecurrence sequence(FastBackend backend) {
    return backend.sequence(weights());
  }

  @Override
  public Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return backend.gru(weights(), sequences, table, workspace);
  }

  private GruWeights weights() {
    return new GruWeights(
        inputWeights.value(),
        recurrentWeights.value(),
        bias.value(),
        recurrentBias == null ? null : recurrentBias.value());
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Variable x = input.values(inputWeights.value().rows(), TYPE);
    Operations.Recurrence recurrence =
        Operations.gru(
            pass,
            input.sequences(),
            false,
            x,
            inputWeights,
            recurrentWeights,
            bias,
            recurrentBias,
            null);
    return input.with(recurrence.outputs());
  }
}
