package org.rnn4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.sequence.Sequences;

/**
 * From a row of features for each token to one for each text, {@code [tokens, width]} to {@code
 * [batch, width]}: the last token's, the mean, or the greatest of each feature. A text without
 * tokens gives zeros.
 */
public final class OverTime implements StagedLayer {
  static final String TYPE = "over_time";

  /** What is taken of a text's tokens. */
  public enum Take {
    /**
     * A recurrent layer's state after the whole text: the row of the last token, or, of what was
     * read from the end, of the first.
     */
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
  public TextStage stage(FastBackend backend) {
    return rows -> {
      int width = rows.width();
      float[] x = rows.values();
      float[] y = rows.next(1, width);
      float[] states = rows.lastStates();
      if (spec.take == Take.LAST && states != null) {
        System.arraycopy(states, 0, y, 0, width);
        rows.replace(1, width);
        return;
      }
      Arrays.fill(y, 0, width, 0f);
      int last = rows.rows() - 1;
      for (int token = spec.take == Take.LAST ? Math.max(last, 0) : 0; token <= last; token++) {
        take(x, token * width, token == 0, 1f / rows.rows(), y, width);
      }
      rows.replace(1, width);
    };
  }

  private void take(float[] x, int at, boolean first, float share, float[] y, int width) {
    for (int j = 0; j < width; j++) {
      float value = x[at + j];
      y[j] =
          switch (spec.take) {
            case LAST -> value;
            case MEAN -> Math.fma(share, value, y[j]);
            // as Rows.takeGreater: what is not a number wins and stays
            case MAX ->
                first || value > y[j] || Float.isNaN(value) && !Float.isNaN(y[j]) ? value : y[j];
          };
    }
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Sequences sequences = input.sequences();
    Variable x = input.values();
    return Activations.texts(
        switch (spec.take) {
          case LAST -> input.lastStates(pass);
          case MEAN -> Operations.meanOverTime(pass, sequences, x);
          case MAX -> Operations.maxOverTime(pass, sequences, x);
        });
  }
}
