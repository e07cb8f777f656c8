package org.rnn4j.layer;

import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.LstmWeights;
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
 * <p>Parameters: {@code input_weights} W {@code [input, 4·hidden]}, Glorot uniform; {@code
 * recurrent_weights} U {@code [hidden, 4·hidden]}, orthogonal; {@code bias} b {@code [4·hidden]}, 0
 * and 1 for the forget gate. States start at zero. Backward: docs/derivations/lstm.md.
 */
public final class Lstm implements RecurrentLayer {
  static final String TYPE = "lstm";
  private static final int GATES = 4;

  private final Spec spec;
  private final Parameter inputWeights;
  private final Parameter recurrentWeights;
  private final Parameter bias;

  private Lstm(Spec spec, int input, Weights weights) {
    this.spec = spec;
    int width = GATES * spec.hidden;
    inputWeights =
        weights.parameter("input_weights", true, Initializer.glorotUniform(), input, width);
    recurrentWeights =
        weights.parameter("recurrent_weights", true, Initializer.orthogonal(), spec.hidden, width);
    bias = weights.parameter("bias", true, oneForTheForgetGate(spec.hidden), width);
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
    return new Spec(hidden);
  }

  /**
   * What an LSTM is.
   *
   * @param hidden the size of the state
   */
  public record Spec(int hidden) implements LayerSpec {
    /** Checks the size. */
    public Spec {
      Settings.requirePositive(TYPE, "hidden", hidden);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("hidden", hidden);
    }

    @Override
    public Signal output(Signal input) {
      input.require(Signal.Form.TOKENS, TYPE);
      return Signal.tokens(hidden);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Lstm(this, input.width(), weights);
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(inputWeights, recurrentWeights, bias);
  }

  @Override
  public SequenceRecurrence sequence(FastBackend backend) {
    return backend.sequence(weights());
  }

  @Override
  public Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return backend.lstm(weights(), sequences, table, workspace);
  }

  private LstmWeights weights() {
    return new LstmWeights(inputWeights.value(), recurrentWeights.value(), bias.value(), null);
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Variable x = input.values(inputWeights.value().rows(), TYPE);
    Operations.Recurrence recurrence =
        Operations.lstm(
            pass,
            input.sequences(),
            false,
            x,
            inputWeights,
            recurrentWeights,
            bias,
            null,
            null,
            null);
    return input.with(recurrence.outputs());
  }
}
