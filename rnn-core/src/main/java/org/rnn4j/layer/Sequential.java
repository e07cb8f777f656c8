package org.rnn4j.layer;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ProjectedTable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
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
  private final Map<String, Layer> layers;
  private final Map<String, Parameter> parameters;
  private final Dense head;

  /** Kept from one prediction to the next as long as the memory is not needed otherwise. */
  private final ConcurrentLinkedQueue<SoftReference<Workspace>> workspaces =
      new ConcurrentLinkedQueue<>();

  private final List<Embedding> embeddings;
  private final @Nullable Embedding embedding;
  private final @Nullable ProjectedTable projected;

  private Sequential(
      long seed, DType type, List<LayerSpec> specs, Function<String, Weights> weights) {
    requireChain(specs);
    this.seed = seed;
    this.type = type;
    layers = Chain.build(specs, Signal.ids(), new HashMap<>(), weights).layers();
    Map<String, Parameter> named = new LinkedHashMap<>();
    layers.forEach(
        (name, layer) -> {
          for (Parameter parameter : layer.parameters()) {
            String full = name + "." + parameter.name();
            Chain.requireUnique("parameters", full, named.put(full, parameter));
          }
        });
    List<Layer> chain = List.copyOf(layers.values());
    head = (Dense) chain.get(chain.size() - 1);
    embeddings = Chain.embeddings(chain);
    embedding = chain.get(0) instanceof Embedding first ? first : null;
    projected = projectedTable(chain);
    parameters = Collections.unmodifiableMap(named);
  }

  /** Checks that each layer can read what the one before gives, before any weight is drawn. */
  private static void requireChain(List<LayerSpec> specs) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one layer, got none");
    }
    Chain.output(specs, Signal.ids()).require(Signal.Form.TEXTS, "the end of a network");
    LayerSpec last = specs.get(specs.size() - 1);
    if (!(last instanceof Dense.Spec)) {
      throw new IllegalArgumentException("Expected the last layer to be dense, got " + last.type());
    }
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
    return layers;
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
    return through(pass, Activations.ids(sequences), 0, outputs);
  }

  /** What the layers from a place in the chain on make of what the one before gives. */
  private Variable through(
      Pass pass, Activations input, int first, BiConsumer<String, Tensor> outputs) {
    Activations activations = input;
    int place = 0;
    for (Map.Entry<String, Layer> entry : layers.entrySet()) {
      if (place++ < first) {
        continue;
      }
      Layer layer = entry.getValue();
      Pass own = pass.derive(entry.getKey());
      activations = layer == head ? head.logits(own, activations) : layer.forward(own, activations);
      outputs.accept(entry.getKey(), activations.values().value());
    }
    return activations.values();
  }

  /**
   * As {@link #logits(Pass, Sequences)} for a prediction in float32: where a recurrent layer
   * follows the embedding, its products with words are looked up in a table.
   */
  private Variable predictedLogits(Pass pass, Sequences sequences) {
    ProjectedTable table = projected;
    if (table == null || embedding == null || !(pass.backend() instanceof FastBackend backend)) {
      return logits(pass, sequences);
    }
    embedding.requireIds(sequences);
    embedding.settle();
    RecurrentLayer recurrent = (RecurrentLayer) List.copyOf(layers.values()).get(1);
    Tensor states = recurrent.projected(backend, sequences, table, pass.workspace());
    return through(
        pass, Activations.tokens(sequences, Variable.constant(states)), 2, (name, output) -> {});
  }

  /**
   * The head's output, {@code [batch, outputs]} in original order: for one sigmoid neuron the
   * probability of class 1, for softmax that of each class. A text without tokens gives what the
   * layers behind {@link OverTime} make of zeros. A text's row does not depend on the other texts.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public Tensor predict(Sequences sequences) {
    return predict(sequences, Inference.backend(type));
  }

  /**
   * The head's sums before its activation for a prediction, {@code [batch, outputs]} in original
   * order: where {@link #predict} rounds to 0 or 1, these still differ.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public Tensor logits(Sequences sequences) {
    return logits(sequences, Inference.backend(type));
  }

  private Tensor predict(Sequences sequences, Backend backend) {
    Tensor logits = logits(sequences, backend);
    Tensor probabilities = Tensor.zeros(type, logits.shape());
    backend.activate(headActivation(), logits, probabilities);
    return probabilities;
  }

  private Tensor logits(Sequences sequences, Backend backend) {
    SoftReference<Workspace> kept = workspaces.poll();
    Workspace workspace = kept == null ? null : kept.get();
    if (kept == null || workspace == null) {
      workspace = new Workspace(type);
      kept = new SoftReference<>(workspace);
    }
    Pass pass = Pass.inference(backend, workspace);
    Tensor logits = predictedLogits(pass, sequences).value().copy();
    workspace.reset();
    workspaces.add(kept);
    return logits;
  }

  /**
   * As {@link #predict(Sequences)}, the work shared among a team of threads, for one caller at a
   * time; the result is the same.
   */
  public Tensor predict(Sequences sequences, Workers workers) {
    return predict(
        sequences,
        type == DType.FLOAT32
            ? new FastBackend(KernelSelection.kernels(), workers)
            : ReferenceBackend.INSTANCE);
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
    List<Tensor> weights = attended(sequences);
    if (weights.isEmpty()) {
      throw new IllegalStateException(
          "Expected a network with a layer of attention, got the layers " + layers.keySet());
    }
    double[][][] byText = new double[sequences.batch()][0][];
    for (Tensor layer : weights) {
      double[][][] byToken = sequences.unpackRows(layer);
      for (int text = 0; text < byText.length; text++) {
        byText[text] = withHops(byText[text], byToken[text], layer.columns());
      }
    }
    return byText;
  }

  /** Whether a layer of the network attends, so that there are weights of {@link #attention}. */
  public boolean attends() {
    return !attended(Sequences.pack(new int[] {0})).isEmpty();
  }

  /** The weights that each layer with attention gives, {@code [tokens, hops]}. */
  private List<Tensor> attended(Sequences sequences) {
    List<Tensor> weights = new ArrayList<>();
    Pass pass = Pass.inference(Inference.backend(type), new Workspace(type));
    logits(pass.watching(weights::add), sequences);
    return weights;
  }

  /** Hops, and after them those given token by token. */
  private static double[][] withHops(double[][] hops, double[][] byToken, int more) {
    double[][] all = Arrays.copyOf(hops, hops.length + more);
    for (int hop = 0; hop < more; hop++) {
      double[] weights = new double[byToken.length];
      for (int t = 0; t < weights.length; t++) {
        weights[t] = byToken[t][hop];
      }
      all[hops.length + hop] = weights;
    }
    return all;
  }

  /** Predicts one text at a time without taking memory; for one thread. */
  public Predictor predictor() {
    return new Predictor(this, Inference.SINGLE, projected);
  }

  /**
   * Reads a text token by token and predicts after each; for one thread.
   *
   * @throws IllegalArgumentException if the network is not in float32, or a layer needs tokens that
   *     come later, as a bidirectional one does, or holds layers
   */
  public Stepper stepper() {
    return new Stepper(this, Inference.SINGLE);
  }

  /** The first recurrent layer's products with words, or null where it is not the second layer. */
  private static @Nullable ProjectedTable projectedTable(List<Layer> chain) {
    return chain.get(0) instanceof Embedding embedding
            && chain.get(1) instanceof RecurrentLayer recurrent
            && !recurrent.spec().options().backwards()
        ? new ProjectedTable(embedding.table())
        : null;
  }

  /** A network of the same layers and weights in another type. */
  public Sequential to(DType other) {
    Map<String, Tensor> converted = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> converted.put(name, parameter.value().to(other)));
    return new Sequential(seed, other, specs(), new GivenWeights(other, converted)::of);
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

  private List<LayerSpec> specs() {
    return layers.values().stream().map(Layer::spec).toList();
  }

  /** The architecture without weights, as JSON values. */
  public Map<String, Object> configuration() {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("seed", seed);
    configuration.put("dtype", type.name());
    configuration.put("layers", LayerTypes.describe(specs()));
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

  /** The shared single-threaded backends that predictions run on, made on first use. */
  private static final class Inference {
    private static final FastBackend SINGLE = new FastBackend(KernelSelection.kernels());

    static Backend backend(DType type) {
      return type == DType.FLOAT32 ? SINGLE : ReferenceBackend.INSTANCE;
    }
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
