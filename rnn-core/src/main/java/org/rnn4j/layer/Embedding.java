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
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * A row of features for each token id: {@code y[token] = table[id(token)]}, ids to {@code [tokens,
 * size]}. The table, {@code [vocabulary, size]}, starts uniform in ±0.05 (as Keras), in other
 * limits, or from given vectors, and is trained unless frozen.
 *
 * <p>With word dropout (Bowman et al. 2016), each token of a batch in training is read as the
 * unknown word with a given probability, whatever word it is. So a text keeps its length, and the
 * vector of the unknown word is trained, which a vocabulary of all words of the training texts
 * would never do. Dropout of the vectors themselves is {@link Dropout}'s.
 */
public final class Embedding implements StagedLayer {
  static final String TYPE = "embedding";
  static final double INITIAL_LIMIT = 0.05;

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
    return new Spec(vocabulary, size, true, null, INITIAL_LIMIT, 0, 0);
  }

  /**
   * An embedding that starts from given vectors.
   *
   * @param vectors {@code [vocabulary, size]}, copied when the layer is built
   */
  public static Spec spec(Tensor vectors) {
    return new Spec(vectors.rows(), vectors.columns(), true, vectors, INITIAL_LIMIT, 0, 0);
  }

  /**
   * What an embedding is.
   *
   * @param vocabulary how many ids there are
   * @param size features of a token
   * @param trainable whether training changes the table; true unless told
   * @param vectors the first table, or null for random numbers; neither part of {@link #settings}
   *     nor kept by the layer
   * @param initialLimit the table starts uniform in [−limit, limit) where no vectors are given;
   *     0.05 unless told
   * @param wordDropout the probability that a token in training is read as the unknown word, from 0
   *     to less than 1; 0 unless told
   * @param unknown the id of the unknown word, where there is word dropout
   */
  public record Spec(
      int vocabulary,
      int size,
      boolean trainable,
      @Nullable Tensor vectors,
      double initialLimit,
      double wordDropout,
      int unknown)
      implements LayerSpec {
    /**
     * Checks the sizes, the limit, the probability and the id.
     *
     * @throws IllegalArgumentException if one is out of range, the vectors are not as many and as
     *     wide as the sizes say, or there is a limit beside vectors
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
      if (!(initialLimit >= 0 && Float.isFinite((float) initialLimit))) {
        throw new IllegalArgumentException(
            "Expected initial_limit of embedding to be 0 or more and finite in float32, got "
                + initialLimit);
      }
      if (vectors != null && initialLimit != INITIAL_LIMIT) {
        throw new IllegalArgumentException(
            "Expected no initial_limit of an embedding that starts from vectors, got "
                + initialLimit);
      }
      if (!(wordDropout >= 0 && wordDropout < 1)) {
        throw new IllegalArgumentException(
            "Expected word_dropout of embedding to be at least 0 and less than 1, got "
                + wordDropout);
      }
      if (unknown < 0 || unknown >= vocabulary) {
        throw new IllegalArgumentException(
            "Expected unknown of embedding from 0 to " + (vocabulary - 1) + ", got " + unknown);
      }
    }

    /** The same, trainable or frozen. */
    public Spec trainable(boolean trainable) {
      return new Spec(vocabulary, size, trainable, vectors, initialLimit, wordDropout, unknown);
    }

    /**
     * The same with a table that starts uniform in other limits.
     *
     * @param limit the greatest a feature starts with, in either direction; 0 lets all words start
     *     alike, and be told apart by their gradients only
     */
    public Spec initialLimit(double limit) {
      return new Spec(vocabulary, size, trainable, vectors, limit, wordDropout, unknown);
    }

    /**
     * The same with word dropout.
     *
     * @param rate the probability that a token in training is read as the unknown word
     * @param unknown the id of the unknown word
     */
    public Spec wordDropout(double rate, int unknown) {
      return new Spec(vocabulary, size, trainable, vectors, initialLimit, rate, unknown);
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
      if (initialLimit != INITIAL_LIMIT) {
        settings.put("initial_limit", initialLimit);
      }
      if (wordDropout > 0) {
        settings.put("word_dropout", wordDropout);
        settings.put("unknown", unknown);
      }
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
              ? Initializer.uniform(initialLimit)
              : (table, random) -> table.assign(vectors.to(table.type()));
      Parameter table = weights.parameter("table", trainable, initializer, vocabulary, size);
      // The layer outlives its first vectors, and should not keep them in memory.
      Spec kept = new Spec(vocabulary, size, trainable, null, initialLimit, wordDropout, unknown);
      return new Embedding(kept, table);
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
  public Spec spec() {
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
    Sequences read =
        spec.wordDropout > 0 && pass.isTraining() ? dropped(sequences, pass.random()) : sequences;
    return Activations.tokens(sequences, Operations.lookup(pass, read, table));
  }

  /** The batch with some of its tokens unknown. */
  private Sequences dropped(Sequences sequences, RandomStream random) {
    int[] ids = new int[sequences.tokens()];
    for (int token = 0; token < ids.length; token++) {
      ids[token] = random.nextFloat() < spec.wordDropout ? spec.unknown : sequences.id(token);
    }
    return sequences.withIds(ids);
  }
}
