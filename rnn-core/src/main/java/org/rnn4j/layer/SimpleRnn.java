package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * A simple recurrent layer (Elman 1990), {@code [tokens, input]} to {@code [tokens, hidden]}:
 *
 * <pre>
 *   h = tanh(x·W + h₋₁·U + b)
 * </pre>
 *
 * <p>Parameters: {@code input_weights} W {@code [input, hidden]}, Glorot uniform; {@code
 * recurrent_weights} U {@code [hidden, hidden]}, orthogonal; {@code bias} b {@code [hidden]}, 0:
 * Keras' {@code SimpleRNN}. Backward: docs/derivations/simple-rnn.md.
 */
public final class SimpleRnn extends RecurrentLayer {
  static final String TYPE = "simple_rnn";

  private final Spec spec;
  private final Parameter inputWeights;
  private final Parameter recurrentWeights;
  private final Parameter bias;
  private final RecurrentOperations.SimpleRnn cell;

  private SimpleRnn(Spec spec, int input, Weights weights) {
    this.spec = spec;
    int hidden = spec.hidden;
    inputWeights =
        weights.parameter("input_weights", true, Initializer.glorotUniform(), input, hidden);
    recurrentWeights =
        weights.parameter("recurrent_weights", true, Initializer.orthogonal(), hidden, hidden);
    bias = weights.parameter("bias", true, Initializer.constant(0), hidden);
    cell = new RecurrentOperations.SimpleRnn(inputWeights, recurrentWeights, bias);
  }

  /** A simple recurrent layer with a state of the given size. */
  public static Spec spec(int hidden) {
    return new Spec(hidden, RecurrentOptions.DEFAULT);
  }

  /**
   * What a simple recurrent layer is.
   *
   * @param hidden the size of the state
   * @param options how it reads
   */
  public record Spec(int hidden, RecurrentOptions options) implements RecurrentSpec {
    /** Checks the size. */
    public Spec {
      Settings.requirePositive(TYPE, "hidden", hidden);
    }

    @Override
    public Spec backwards(boolean backwards) {
      return new Spec(hidden, options.backwards(backwards));
    }

    @Override
    public Spec recurrentDropout(double rate) {
      return new Spec(hidden, options.recurrentDropout(rate));
    }

    @Override
    public Spec truncation(int tokens) {
      return new Spec(hidden, options.truncation(tokens));
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
      options.write(settings);
      return settings;
    }

    static Spec read(Settings settings) {
      return new Spec(settings.whole("hidden"), RecurrentOptions.read(settings));
    }

    @Override
    public RecurrentLayer create(Signal input, Weights weights) {
      return new SimpleRnn(this, input.width(), weights);
    }
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(inputWeights, recurrentWeights, bias);
  }

  @Override
  int gates() {
    return 1;
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
    return RecurrentOperations.simpleRnn(pass, cell, reading);
  }

  @Override
  SequenceRecurrence sequence(FastBackend backend) {
    return backend.sequence(cell.values());
  }

  @Override
  Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return backend.simpleRnn(cell.values(), sequences, table, workspace);
  }
}
