package org.rnn4j.layer;

import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.RandomStream;
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
public final class Lstm implements Layer {
  static final String TYPE = "lstm";
  private static final int GATES = 4;

  private final Spec spec;
  private final Parameter inputWeights;
  private final Parameter recurrentWeights;
  private final Parameter bias;

  private Lstm(Spec spec, int input, DType type, RandomStream random) {
    this.spec = spec;
    int hidden = spec.hidden;
    Tensor w = Tensor.zeros(type, input, GATES * hidden);
    Tensor u = Tensor.zeros(type, hidden, GATES * hidden);
    Tensor b = Tensor.zeros(type, GATES * hidden);
    Initializer.glorotUniform().fill(w, random.derive("input_weights"));
    Initializer.orthogonal().fill(u, random.derive("recurrent_weights"));
    for (int j = 0; j < hidden; j++) {
      b.set(hidden + j, 1);
    }
    inputWeights = new Parameter("input_weights", w, true);
    recurrentWeights = new Parameter("recurrent_weights", u, true);
    bias = new Parameter("bias", b, true);
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
    public Layer create(Signal input, DType type, RandomStream random) {
      return new Lstm(this, input.width(), type, random);
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
