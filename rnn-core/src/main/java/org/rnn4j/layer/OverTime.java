package org.rnn4j.layer;

import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.sequence.Sequences;

/**
 * From a row of features for each token to one for each text, {@code [tokens, width]} to {@code
 * [batch, width]}: the last token's, the mean, or the greatest of each feature. A text without
 * tokens gives zeros.
 */
public final class OverTime implements Layer {
  static final String TYPE = "over_time";

  /** What is taken of a text's tokens. */
  public enum Take {
    /** The row of the last token: a recurrent layer's state after the whole text. */
    LAST,
    /** The mean over the tokens. */
    MEAN,
    /** The greatest value of each feature over the tokens. */
    MAX
  }

  private final Spec spec;

  private OverTime(Spec spec) {
    this.spec = spec;
  }

  /** A summary of each text. */
  public static Spec spec(Take take) {
    return new Spec(take);
  }

  /**
   * What the layer is.
   *
   * @param take what is taken of a text's tokens
   */
  public record Spec(Take take) implements LayerSpec {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("take", take.name());
    }

    @Override
    public Signal output(Signal input) {
      return Signal.texts(input.require(Signal.Form.TOKENS, TYPE).width());
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new OverTime(this);
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
    Sequences sequences = input.sequences();
    Variable x = input.values();
    return Activations.texts(
        switch (spec.take) {
          case LAST -> Operations.lastState(pass, sequences, false, x);
          case MEAN -> Operations.meanOverTime(pass, sequences, x);
          case MAX -> Operations.maxOverTime(pass, sequences, x);
        });
  }
}
