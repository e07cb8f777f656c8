package org.rnn4j.layer;

import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Dropout (Srivastava et al. 2014): in training each value is set to zero with probability p, the
 * others are divided by 1 − p; at any other time values pass unchanged. The mask is drawn anew for
 * each batch from the pass's stream.
 */
public final class Dropout implements Layer {
  static final String TYPE = "dropout";

  private final Spec spec;

  private Dropout(Spec spec) {
    this.spec = spec;
  }

  /** Dropout with probability {@code rate}. */
  public static Spec spec(double rate) {
    return new Spec(rate);
  }

  /**
   * What the layer is.
   *
   * @param rate the probability that a value is dropped, from 0 to less than 1
   */
  public record Spec(double rate) implements LayerSpec {
    /** Checks the rate. */
    public Spec {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "Expected rate of dropout to be at least 0 and less than 1, got " + rate);
      }
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("rate", rate);
    }

    @Override
    public Signal output(Signal input) {
      if (input.form() == Signal.Form.IDS) {
        throw new IllegalArgumentException("Expected dropout to follow an embedding, got IDS");
      }
      return input;
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Dropout(this);
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    if (!pass.isTraining() || spec.rate == 0) {
      return input;
    }
    Variable x = input.values();
    Tensor mask = pass.workspace().uninitialised(x.value().shape().dimensions());
    double kept = 1 / (1 - spec.rate);
    RandomStream random = pass.random();
    for (int i = 0; i < mask.size(); i++) {
      mask.set(i, random.nextFloat() < spec.rate ? 0 : kept);
    }
    return input.with(Operations.mask(pass, x, mask));
  }
}
