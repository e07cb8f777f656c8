package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.Rows;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Dropout (Srivastava et al. 2014): in training each unit is set to zero with probability p, the
 * others are divided by 1 − p; at any other time values pass unchanged. The mask is drawn anew for
 * each batch from the pass's stream. A {@link Unit} is a single value, a whole token, a word at all
 * its places in a text (embedding dropout), or a feature of a text through all its tokens (spatial
 * dropout). Word dropout that keeps an unknown word in the place of the dropped one is {@link
 * Embedding.Spec#wordDropout}.
 */
public final class Dropout implements StagedLayer {
  static final String TYPE = "dropout";

  /** What is dropped at once. */
  public enum Unit {
    /** Each value on its own. */
    VALUE,
    /** All features of a token: after an embedding, word dropout (Iyyer et al. 2015). */
    TOKEN,
    /**
     * All features of a word, at all its places in a text: after an embedding, the embedding
     * dropout of Gal and Ghahramani 2016. The batch must hold token ids, as every network's does.
     */
    WORD,
    /**
     * A feature of a text, at all its tokens: spatial dropout (Tompson et al. 2015), on inputs of a
     * recurrent layer the variational dropout of Gal and Ghahramani 2016.
     */
    FEATURE
  }

  private final Spec spec;

  private Dropout(Spec spec) {
    this.spec = spec;
  }

  /** Dropout of single values with probability {@code rate}. */
  public static Spec spec(double rate) {
    return new Spec(rate, Unit.VALUE);
  }

  /**
   * What the layer is.
   *
   * @param rate the probability that a unit is dropped, from 0 to less than 1
   * @param unit what is dropped at once; single values unless told
   */
  public record Spec(double rate, Unit unit) implements LayerSpec {
    /** Checks the rate. */
    public Spec {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "Expected rate of dropout to be at least 0 and less than 1, got " + rate);
      }
    }

    /** The same, dropping other units. */
    public Spec unit(Unit unit) {
      return new Spec(rate, unit);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("rate", rate);
      if (unit != Unit.VALUE) {
        settings.put("unit", unit.name());
      }
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      if (input.form() == Signal.Form.IDS) {
        throw new IllegalArgumentException("Expected dropout to follow an embedding, got IDS");
      }
      if (unit != Unit.VALUE) {
        input.require(Signal.Form.TOKENS, "dropout of a " + unit);
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
  public TextStage stage(FastBackend backend) {
    return rows -> {};
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    if (!pass.isTraining() || spec.rate == 0) {
      return input;
    }
    Variable x = input.values();
    return input.with(
        Operations.mask(pass, x, mask(pass, x, spec.unit, input)),
        states -> Operations.mask(pass, states, mask(pass, states, ofStates(), input)));
  }

  /** What is dropped at once of the states after all tokens, one row a text. */
  private Unit ofStates() {
    return spec.unit == Unit.FEATURE ? Unit.VALUE : spec.unit;
  }

  private Tensor mask(Pass pass, Variable x, Unit unit, Activations input) {
    Tensor mask = pass.workspace().uninitialised(x.value().shape().dimensions());
    RandomStream random = pass.random();
    switch (unit) {
      case VALUE -> {
        for (int i = 0; i < mask.size(); i++) {
          mask.set(i, factor(random));
        }
      }
      case TOKEN -> {
        for (int token = 0; token < mask.rows(); token++) {
          double factor = factor(random);
          for (int j = 0; j < mask.columns(); j++) {
            mask.set(token, j, factor);
          }
        }
      }
      case WORD -> maskWords(input.sequences(), mask, random);
      case FEATURE -> maskFeatures(input.sequences(), mask, random);
    }
    return mask;
  }

  /** What a unit is multiplied by. */
  private double factor(RandomStream random) {
    return random.nextFloat() < spec.rate ? 0 : 1 / (1 - spec.rate);
  }

  /** A word's draw in a text has a stream of its own, so that it is the same at every place. */
  private void maskWords(Sequences sequences, Tensor mask, RandomStream random) {
    for (int row = 0; row < sequences.batch(); row++) {
      RandomStream text = random.derive(row);
      for (int t = 0; t < sequences.length(row); t++) {
        int token = sequences.offset(t) + row;
        mask.fillRow(token, factor(text.derive(sequences.id(token))));
      }
    }
  }

  /** Draws the first step of each text and repeats it: rows of a packed batch keep their places. */
  private void maskFeatures(Sequences sequences, Tensor mask, RandomStream random) {
    for (int step = 0; step < sequences.steps(); step++) {
      for (int row = 0; row < sequences.size(step); row++) {
        if (step > 0) {
          Rows.copy(mask, row, mask, sequences.offset(step) + row);
          continue;
        }
        for (int j = 0; j < mask.columns(); j++) {
          mask.set(row, j, factor(random));
        }
      }
    }
  }
}
