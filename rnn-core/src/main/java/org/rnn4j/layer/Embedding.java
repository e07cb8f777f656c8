package org.rnn4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * A row of features for each token id: {@code y[token] = table[id(token)]}, ids to {@code [tokens,
 * size]}. The table, {@code [vocabulary, size]}, starts uniform in ±0.05 (as Keras) or from given
 * vectors, and is trained unless frozen.
 */
public final class Embedding implements StagedLayer {
  static final String TYPE = "embedding";

  private final Spec spec;
  private final Parameter table;

  private Embedding(Spec spec, Parameter table) {
    this.spec = spec;
    this.table = table;
  }

  /**
   * A trainable embedding.
   *
   * @param vocabulary how many ids there are, from 0 up
   * @param size features of a token
   */
  public static Spec spec(int vocabulary, int size) {
    return new Spec(vocabulary, size, true, null);
  }

  /**
   * An embedding that starts from given vectors.
   *
   * @param vectors {@code [vocabulary, size]}, copied when the layer is built
   */
  public static Spec spec(Tensor vectors) {
    return new Spec(vectors.rows(), vectors.columns(), true, vectors);
  }

  /**
   * What an embedding is.
   *
   * @param vocabulary how many ids there are
   * @param size features of a token
   * @param trainable whether training changes the table; true unless told
   * @param vectors the first table, or null for random numbers; neither part of {@link #settings}
   *     nor kept by the layer
   */
  public record Spec(int vocabulary, int size, boolean trainable, @Nullable Tensor vectors)
      implements LayerSpec {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is not positive, or the vectors are not as many and
     *     as wide as they say
     */
    public Spec {
      Settings.requirePositive(TYPE, "vocabulary", vocabulary);
      Settings.requirePositive(TYPE, "size", size);
      if (vectors != null && !vectors.shape().equals(Shape.of(vocabulary, size))) {
        throw new IllegalArgumentException(
            "Expected vectors of embedding of shape "
                + Shape.of(vocabulary, size)
                + ", got "
                + vectors.shape());
      }
    }

    /** The same, trainable or frozen. */
    public Spec trainable(boolean trainable) {
      return new Spec(vocabulary, size, trainable, vectors);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("vocabulary", vocabulary);
      settings.put("size", size);
      settings.put("trainable", trainable);
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      input.require(Signal.Form.IDS, TYPE);
      return Signal.tokens(size);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      Initializer initializer =
          vectors == null
              ? Initializer.uniform(0.05)
              : (table, random) -> table.assign(vectors.to(table.type()));
      Parameter table = weights.parameter("table", trainable, initializer, vocabulary, size);
      // The layer outlives its first vectors, and should not keep them in memory.
      return new Embedding(new Spec(vocabulary, size, trainable, null), table);
    }
  }

  /**
   * Checks a token id.
   *
   * @param where where it stands, for the message
   * @throws IllegalArgumentException if it is outside the vocabulary
   */
  void requireId(int id, String where) {
    if (id < 0 || id >= spec.vocabulary) {
      throw new IllegalArgumentException(
          "Expected token ids from 0 to "
              + (spec.vocabulary - 1)
              + ", got "
              + id
              + " in "
              + where
              + "; was the text encoded with another vocabulary?");
    }
  }

  /** Checks the ids of a batch. */
  void requireIds(Sequences sequences) {
    for (int token = 0; token < sequences.tokens(); token++) {
      requireId(sequences.id(token), "the batch");
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(table);
  }

  /** Has the table brought up to date, where a training has put off updates. */
  void settle() {
    table.value();
  }

  /** The table, up to date. */
  Tensor table() {
    return table.value();
  }

  @Override
  public TextStage stage(FastBackend backend) {
    return rows -> {
      float[] from = table.value().floats();
      float[] to = rows.next(rows.rows(), spec.size);
      for (int token = 0; token < rows.rows(); token++) {
        System.arraycopy(from, rows.ids()[token] * spec.size, to, token * spec.size, spec.size);
      }
      rows.replace(rows.rows(), spec.size);
    };
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Sequences sequences = input.sequences();
    requireIds(sequences);
    return Activations.tokens(sequences, Operations.lookup(pass, sequences, table));
  }
}
