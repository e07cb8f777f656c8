package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Workers;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * A chain of layers from token ids to a prediction a text. The last layer is a {@link Dense} one,
 * the <em>head</em>: its activation makes probabilities, its sum before the activation is what
 * losses are computed from.
 *
 * <pre>{@code
 * Sequential model = Sequential.builder(seed)
 *     .embedding(20_000, 128)
 *     .gru(128).gru(32).gru(32)
 *     .lastState()
 *     .dense(2, Activation.SOFTMAX)
 *     .build();
 * }</pre>
 *
 * <p>Layers are named after their type, the second of a type {@code gru_2} and so on; parameters
 * {@code gru_2.input_weights}. Any number of threads may {@link #predict} at once while none
 * trains.
 */
public final class Sequential {
  private final long seed;
  private final DType type;
  private final Chain chain;
  private final Map<String, Parameter> parameters;
  private final Dense head;
  private final List<Embedding> embeddings;
  private final BatchPrediction prediction;

  private Sequential(
      long seed, DType type, List<LayerSpec> specs, Function<String, Weights> weights) {
    Chain.requireNetwork(specs);
    this.seed = seed;
    this.type = type;
    chain = Chain.build(specs, Signal.ids(), new HashMap<>(), weights);
    parameters = chain.namedParameters();
    List<Layer> layers = List.copyOf(chain.layers().values());
    head = (Dense) layers.get(layers.size() - 1);
    embeddings = List.copyOf(Chain.embeddings(layers));
    prediction = new BatchPrediction(this, chain);
  }

  /**
   * Starts a chain in float32.
   *
   * @param seed what all weights are drawn from: the same seed, the same weights
   */
  public static Builder builder(long seed) {
    return new Builder(seed);
  }

  /** The seed that the weights were drawn from. */
  public long seed() {
    return seed;
  }

  /** The type of the weights. */
  public DType type() {
    return type;
  }

  /** The layers by name, in order. */
  public Map<String, Layer> layers() {
    return chain.layers();
  }

  /** The embeddings of token ids, those inside of other layers included. */
  public List<Embedding> embeddings() {
    return embeddings;
  }

  /** The parameters by full name, in order, frozen ones included. */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** The activation that turns {@link #logits} into probabilities. */
  public Activation headActivation() {
    return head.spec().activation();
  }

  /** The width of the output: 1 for one sigmoid neuron, else the number of classes. */
  public int outputs() {
    return head.spec().units();
  }

  /** The number of classes told apart: 2 for one neuron, else {@link #outputs}. */
  public int classes() {
    return outputs() == 1 ? 2 : outputs();
  }

  /**
   * Checks token ids before any work is done with them.
   *
   * @param where where they stand, for the message, for example {@code training example 3}
   * @throws IllegalArgumentException if an id is outside the vocabulary of an {@link Embedding} of
   *     the network
   */
  public void requireIds(int[] ids, String where) {
    for (int i = 0; i < embeddings.size(); i++) { // by index: an iterator would take memory
      for (int id : ids) {
        embeddings.get(i).requireId(id, where);
      }
    }
  }

  /**
   * The head's sums before its activation, {@code [batch, outputs]} in original order.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public Variable logits(Pass pass, Sequences sequences) {
    return logits(pass, sequences, (name, output) -> {});
  }

  /**
   * As {@link #logits(Pass, Sequences)}, showing what each layer gives on the way.
   *
   * @param outputs is told each layer's name and output; of the head the sums before its activation
   */
  public Variable logits(Pass pass, Sequences sequences, BiConsumer<String, Tensor> outputs) {
    return chain.logits(pass, Activations.ids(sequences), 0, outputs);
  }

  /**
   * The head's output, {@code [batch, outputs]} in original order: for one sigmoid neuron the
   * probability of class 1, for softmax that of each class. A text without tokens gives what the
   * layers behind {@link OverTime} make of zeros. A text's row does not depend on the other texts.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public Tensor predict(Sequences sequences) {
    return prediction.predict(sequences);
  }

  /**
   * The head's sums before its activation for a prediction, {@code [batch, outputs]} in original
   * order: where {@link #predict} rounds to 0 or 1, these still differ.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public Tensor logits(Sequences sequences) {
    return prediction.logits(sequences);
  }

  /**
   * As {@link #predict(Sequences)}, the work shared among a team of threads, for one caller at a
   * time; the result is the same.
   */
  public Tensor predict(Sequences sequences, Workers workers) {
    return prediction.predict(sequences, workers);
  }

  /**
   * The weights that the network's attention gives each token, {@code [text][hop][token]}: texts in
   * the caller's order, tokens in reading order. The weights of a hop sum to 1. Of several layers
   * with attention the hops follow each other.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   * @throws IllegalStateException if no layer of the network attends
   */
  public double[][][] attention(Sequences sequences) {
    return prediction.attention(sequences);
  }

  /** Whether a layer of the network attends, so that there are weights of {@link #attention}. */
  public boolean attends() {
    return !prediction.attended(Sequences.pack(new int[] {0})).isEmpty();
  }

  /** Predicts one text at a time without taking memory; for one thread. */
  public Predictor predictor() {
    return new Predictor(this, BatchPrediction.fastBackend(), prediction.projected());
  }

  /**
   * Reads a text token by token and predicts after each; for one thread.
   *
   * @throws IllegalArgumentException if the network is not in float32, or a layer needs tokens that
   *     come later, as a bidirectional one does, or holds layers
   */
  public Stepper stepper() {
    return new Stepper(this, BatchPrediction.fastBackend());
  }

  /** A network of the same layers and weights in another type. */
  public Sequential to(DType other) {
    Map<String, Tensor> converted = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> converted.put(name, parameter.value().to(other)));
    return new Sequential(seed, other, chain.specs(), new GivenWeights(other, converted)::of);
  }

  /**
   * A parameter by its full name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "Expected a parameter of " + parameters.keySet() + ", got " + name);
    }
    return parameter;
  }

  /** The architecture without weights, as JSON values. */
  public Map<String, Object> configuration() {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("seed", seed);
    configuration.put("dtype", type.name());
    configuration.put("layers", LayerTypes.describe(chain.specs()));
    return configuration;
  }

  /**
   * Builds a network from {@link #configuration}, with the weights that its seed gives.
   *
   * @throws IllegalArgumentException if a part is missing, out of range or unknown
   */
  public static Sequential fromConfiguration(Map<String, Object> configuration, LayerTypes types) {
    return described(configuration, types).build();
  }

  /**
   * Builds a network from {@link #configuration} over given weights. No memory is taken for
   * weights, and none are drawn.
   *
   * @param weights by full name, as {@link #parameters} has them; they become the network's own and
   *     are not copied
   * @throws IllegalArgumentException if a part is missing, out of range or unknown, or if a tensor
   *     is missing, of another shape or type, or not of the network
   */
  public static Sequential fromConfiguration(
      Map<String, Object> configuration, LayerTypes types, Map<String, Tensor> weights) {
    return described(configuration, types).build(weights);
  }

  private static Builder described(Map<String, Object> configuration, LayerTypes types) {
    Settings settings = new Settings("sequential", configuration, types);
    Builder builder =
        builder(settings.wholeOf64Bits("seed")).type(settings.choice("dtype", DType.class));
    settings.list("layers");
    settings.requireAllRead();
    settings.layers("layers").forEach(builder::layer);
    return builder;
  }

  /** Puts a chain together; {@link #build} checks it. */
  public static final class Builder {
    private final long seed;
    private final List<LayerSpec> specs = new ArrayList<>();
    private DType type = DType.FLOAT32;

    private Builder(long seed) {
      this.seed = seed;
    }

    /** The type of the weights; {@link DType#FLOAT32} unless told. */
    public Builder type(DType type) {
      this.type = type;
      return this;
    }

    /** Adds any layer. */
    public Builder layer(LayerSpec spec) {
      specs.add(spec);
      return this;
    }

    /** Adds a trainable embedding. */
    public Builder embedding(int vocabulary, int size) {
      return layer(Embedding.spec(vocabulary, size));
    }

    /** Adds an LSTM. */
    public Builder lstm(int hidden) {
      return layer(Lstm.spec(hidden));
    }

    /** Adds a GRU with the reset gate after the recurrent product. */
    public Builder gru(int hidden) {
      return layer(Gru.spec(hidden));
    }

    /** Adds a simple recurrent layer. */
    public Builder simpleRnn(int hidden) {
      return layer(SimpleRnn.spec(hidden));
    }

    /** Adds a recurrent layer in both directions, side by side. */
    public Builder bidirectional(RecurrentSpec spec) {
      return layer(Bidirectional.spec(spec));
    }

    /** Adds a recurrent layer in both directions, put together in a way. */
    public Builder bidirectional(RecurrentSpec spec, Merge merge) {
      return layer(Bidirectional.spec(spec).merge(merge));
    }

    /** Takes the last state of each text. */
    public Builder lastState() {
      return layer(OverTime.spec(OverTime.Take.LAST));
    }

    /** Takes the mean over each text. */
    public Builder meanOverTime() {
      return layer(OverTime.spec(OverTime.Take.MEAN));
    }

    /** Takes the greatest value of each feature over each text. */
    public Builder maxOverTime() {
      return layer(OverTime.spec(OverTime.Take.MAX));
    }

    /** Takes the mean and the greatest value of each feature over each text, side by side. */
    public Builder meanAndMaxOverTime() {
      return concatenate(
          List.of(OverTime.spec(OverTime.Take.MEAN)), List.of(OverTime.spec(OverTime.Take.MAX)));
    }

    /** Sums each text up by attention of one hop, see {@link Attention#additive}. */
    public Builder attention(int size) {
      return layer(Attention.additive(size));
    }

    /** Sums each text up by attention of several hops, see {@link Attention#structured}. */
    public Builder attention(int size, int hops) {
      return layer(Attention.structured(size, hops));
    }

    /** Normalises each row over its features. */
    public Builder layerNorm() {
      return layer(LayerNorm.withDefaults());
    }

    /** Adds layers in a row and a connection around them: {@code x + f(x)}. */
    public Builder residual(LayerSpec... layers) {
      return layer(Residual.spec(layers));
    }

    /**
     * Adds branches that are given the same and whose rows are put side by side: {@code (f₁(x) |
     * f₂(x) | …)}, see {@link Concatenate}.
     *
     * @param branches each layers in a row; without layers a branch gives what it is given: {@code
     *     concatenate(List.of(), List.of(Gru.spec(64)))}
     */
    @SafeVarargs
    public final Builder concatenate(List<LayerSpec>... branches) {
      return layer(new Concatenate.Spec(List.of(branches)));
    }

    /** Adds dropout. */
    public Builder dropout(double rate) {
      return layer(Dropout.spec(rate));
    }

    /** Adds a fully connected layer. */
    public Builder dense(int units, Activation activation) {
      return layer(Dense.spec(units, activation));
    }

    /**
     * Builds the network.
     *
     * @throws IllegalArgumentException if there is no layer, a layer cannot read what the one
     *     before gives, or the last is not dense
     */
    public Sequential build() {
      RandomStream random = new RandomStream(seed);
      return build(name -> Weights.drawn(type, random.derive(name)));
    }

    private Sequential build(Map<String, Tensor> weights) {
      GivenWeights given = new GivenWeights(type, weights);
      Sequential model = build(given::of);
      given.requireAllUsed();
      return model;
    }

    private Sequential build(Function<String, Weights> weights) {
      return new Sequential(seed, type, specs, weights);
    }
  }
}
