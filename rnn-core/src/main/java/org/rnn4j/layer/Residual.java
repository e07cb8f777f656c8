package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.RowOperations;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;

/**
 * A residual connection (He et al. 2016) around other layers: {@code y = x + f(x)}, with f the
 * layers in a row, which must give rows of the form and width that they are given. It has the
 * parameters of the layers inside, under names such as {@code gru.input_weights}.
 *
 * <pre>{@code
 * Sequential.builder(seed)
 *     .embedding(20_000, 64)
 *     .lstm(64)
 *     .residual(Lstm.spec(64), Dropout.spec(0.2))     // x + dropout(lstm(x))
 *     .lastState()
 *     .dense(2, Activation.SOFTMAX)
 * }</pre>
 */
public final class Residual implements Composite {
  static final String TYPE = "residual";

  private final Chain chain;
  private final int width;

  private Residual(Chain chain, int width) {
    this.chain = chain;
    this.width = width;
  }

  /** A connection around layers. */
  public static Spec spec(LayerSpec... layers) {
    return new Spec(List.of(layers));
  }

  /**
   * What the layer is.
   *
   * @param layers f, one layer after another
   */
  public record Spec(List<LayerSpec> layers) implements LayerSpec {
    /** Checks that there is a layer. */
    public Spec {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("Expected at least one layer inside residual, got none");
      }
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("layers", LayerTypes.describe(layers));
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      if (input.form() == Signal.Form.IDS) {
        throw new IllegalArgumentException("Expected residual to follow an embedding, got IDS");
      }
      Signal inner = Chain.output(layers, input);
      if (!inner.equals(input)) {
        throw new IllegalArgumentException(
            "Expected the layers inside residual to give what they are given, "
                + input
                + ", got "
                + inner
                + "; their sum needs rows of one form and width");
      }
      return input;
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      Chain chain = Chain.build(layers, input, new HashMap<>(), weights::inner);
      return new Residual(chain, input.width());
    }
  }

  @Override
  public LayerSpec spec() {
    return new Spec(chain.specs());
  }

  @Override
  public List<Parameter> parameters() {
    return chain.parameters();
  }

  @Override
  public Collection<Layer> inner() {
    return new ArrayList<>(chain.layers().values());
  }

  @Override
  public @Nullable TextStage stage(FastBackend backend) {
    TextStage stage = Chain.stage(inner(), backend);
    if (stage == null) {
      return null;
    }
    TextRows inside = new TextRows();
    float[] states = new float[width];
    float[] ofInside = new float[width];
    return rows -> {
      inside.copy(rows);
      stage.run(inside);
      boolean hasStates = rows.lastStates() != null || inside.lastStates() != null;
      if (hasStates) {
        rows.copyLastStates(states, 0);
        inside.copyLastStates(ofInside, 0);
        for (int j = 0; j < width; j++) {
          states[j] += ofInside[j];
        }
        rows.lastStates(states);
      }
      float[] x = rows.values();
      float[] y = inside.values();
      for (int i = 0; i < rows.rows() * width; i++) {
        x[i] += y[i];
      }
    };
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Variable x = input.values(width, TYPE);
    Activations inside = chain.forward(pass, input);
    Activations sum = input.with(RowOperations.add(pass, x, inside.values()));
    return input.hasLastStates() || inside.hasLastStates()
        ? sum.lastStates(
            own -> RowOperations.add(own, input.lastStates(own), inside.lastStates(own)))
        : sum;
  }
}
