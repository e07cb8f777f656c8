package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.RowOperations;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.tensor.Initializer;

/**
 * Layer normalisation (Ba, Kiros, Hinton 2016) of the rows of tokens or of texts, over their
 * features:
 *
 * <pre>
 *   y = gain∘(x − μ)/√(σ² + ε) + bias     μ = mean(x), σ² = mean((x − μ)²)
 * </pre>
 *
 * <p>Parameters: {@code gain} {@code [width]}, 1; {@code bias} {@code [width]}, 0. ε is 1e-5 unless
 * told, as in PyTorch; Keras has 1e-3. Backward: docs/derivations/layer-norm.md.
 */
public final class LayerNorm implements StagedLayer {
  static final String TYPE = "layer_norm";

  /** ε unless told. */
  private static final double EPSILON = 1e-5;

  private final Spec spec;
  private final Parameter gain;
  private final Parameter bias;

  private LayerNorm(Spec spec, int width, Weights weights) {
    this.spec = spec;
    gain = weights.parameter("gain", true, Initializer.constant(1), width);
    bias = weights.parameter("bias", true, Initializer.constant(0), width);
  }

  /** Layer normalisation with an ε of 1e-5. */
  public static Spec withDefaults() {
    return new Spec(EPSILON);
  }

  /**
   * What the layer is.
   *
   * @param epsilon ε, which keeps rows of equal features from being divided by zero
   */
  public record Spec(double epsilon) implements LayerSpec {
    /** Checks ε. */
    public Spec {
      if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Expected epsilon of layer_norm to be greater than 0, got " + epsilon);
      }
    }

    /** The same with another ε. */
    public Spec epsilon(double epsilon) {
      return new Spec(epsilon);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("epsilon", epsilon);
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      if (input.form() == Signal.Form.IDS) {
        throw new IllegalArgumentException("Expected layer_norm to follow an embedding, got IDS");
      }
      return input;
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new LayerNorm(this, input.width(), weights);
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gain, bias);
  }

  @Override
  public TextStage stage(FastBackend backend) {
    float[] ofStates = new float[gain.value().size()];
    return rows -> {
      normalise(backend, rows.values(), rows.rows());
      float[] states = rows.lastStates();
      if (states != null) {
        System.arraycopy(states, 0, ofStates, 0, ofStates.length);
        normalise(backend, ofStates, 1);
        rows.lastStates(ofStates);
      }
    };
  }

  private void normalise(FastBackend backend, float[] x, int rows) {
    int width = gain.value().size();
    backend.layerNorm(x, rows, width, gain.value(), bias.value(), spec.epsilon);
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Variable x = input.values(gain.value().size(), TYPE);
    return input.with(
        RowOperations.layerNorm(pass, x, gain, bias, spec.epsilon),
        states -> RowOperations.layerNorm(pass, states, gain, bias, spec.epsilon));
  }
}
