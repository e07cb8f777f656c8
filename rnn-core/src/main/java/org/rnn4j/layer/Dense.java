package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.tensor.Initializer;

/**
 * A fully connected layer, {@code y = activation(x·W + b)}, on the rows of tokens or of texts:
 * {@code [rows, input]} to {@code [rows, units]}. Parameters: {@code weights} W {@code [input,
 * units]}, Glorot uniform; {@code bias} b {@code [units]}, 0.
 */
public final class Dense implements StagedLayer {
  static final String TYPE = "dense";

  private final Spec spec;
  private final Parameter weights;
  private final Parameter bias;

  private Dense(Spec spec, int input, Weights parameters) {
    this.spec = spec;
    weights = parameters.parameter("weights", true, Initializer.glorotUniform(), input, spec.units);
    bias = parameters.parameter("bias", true, Initializer.constant(0), spec.units);
  }

  /** A fully connected layer. */
  public static Spec spec(int units, Activation activation) {
    return new Spec(units, activation);
  }

  /**
   * What the layer is.
   *
   * @param units the width of its output
   * @param activation applied to the sum
   */
  public record Spec(int units, Activation activation) implements LayerSpec {
    /** Checks the size. */
    public Spec {
      Settings.requirePositive(TYPE, "units", units);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("units", units);
      settings.put("activation", activation.name());
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      if (input.form() == Signal.Form.IDS) {
        throw new IllegalArgumentException("Expected dense to follow an embedding, got IDS");
      }
      return new Signal(input.form(), units);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Dense(this, input.width(), weights);
    }
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, bias);
  }

  @Override
  public TextStage stage(FastBackend backend) {
    float[] ofStates = new float[spec.units];
    return rows -> {
      float[] y = rows.next(rows.rows(), spec.units);
      float[] states = rows.lastStates();
      run(backend, rows.values(), rows.rows(), y);
      rows.replace(rows.rows(), spec.units);
      if (states != null) {
        run(backend, states, 1, ofStates);
        rows.lastStates(ofStates);
      }
    };
  }

  private void run(FastBackend backend, float[] x, int rows, float[] y) {
    backend.affine(x, rows, weights.value(), bias.value(), y);
    backend.activate(spec.activation, y, rows, spec.units);
  }

  /** The sum before the activation, {@code x·W + b}: what losses are computed from. */
  public Activations logits(Pass pass, Activations input) {
    Variable x = input.values(weights.value().rows(), TYPE);
    return input.with(Operations.affine(pass, x, weights, bias));
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Variable x = input.values(weights.value().rows(), TYPE);
    return input.with(rows(pass, x), states -> rows(pass, states));
  }

  private Variable rows(Pass pass, Variable x) {
    return Operations.activate(pass, spec.activation, Operations.affine(pass, x, weights, bias));
  }
}
