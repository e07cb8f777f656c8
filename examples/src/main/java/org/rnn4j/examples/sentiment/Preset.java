package org.rnn4j.examples.sentiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Dropout;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.OverTime.Take;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Tokenizer;
import org.rnn4j.text.Truncation;

/**
 * A network with the settings that go with it, by the name that the command line knows it by.
 *
 * <p>All start with a trainable embedding and end in a dense layer: one neuron for each class with
 * softmax, or one sigmoid neuron for two classes. Between them stand recurrent layers, of which the
 * last state or the mean over a text is taken. Texts that are too long lose their beginning, for
 * verdicts tend to stand at the end.
 */
public enum Preset {
  /** Three GRU layers for short texts. */
  TWITTER_GRU(
      new Network(Cell.GRU, 128, List.of(128, 32, 32), Take.LAST, false),
      Drops.NONE,
      new Reading(20_000, 64, Tokenizer.standard()),
      Learning.plain(32, 5)),

  /** Three LSTM layers for short texts. */
  TWITTER_LSTM(
      new Network(Cell.LSTM, 96, List.of(96, 48, 48), Take.LAST, false),
      Drops.NONE,
      new Reading(20_000, 64, Tokenizer.standard()),
      Learning.plain(32, 5)),

  /** One GRU layer for whole reviews. */
  IMDB_GRU(
      new Network(Cell.GRU, 64, List.of(64), Take.MEAN, false),
      new Drops(0.2, 0.5, 0.5),
      new Reading(20_000, 1_000, Tokenizer.wordsOnly()),
      Learning.averaged(32, 2)),

  /** One LSTM layer for whole reviews. */
  IMDB_LSTM(
      new Network(Cell.LSTM, 128, List.of(64), Take.MEAN, false),
      new Drops(0.3, 0.5, 0.5),
      new Reading(20_000, 1_000, Tokenizer.wordsOnly()),
      Learning.averaged(32, 2)),

  /** One LSTM layer with dropout and one sigmoid neuron, for reviews of two classes. */
  MOVIE_LSTM(
      new Network(Cell.LSTM, 64, List.of(64), Take.LAST, true),
      new Drops(0, 0.3, 0.3),
      new Reading(10_000, 200, Tokenizer.wordsOnly()),
      Learning.averaged(32, 2));

  /** The two kinds of recurrent layers. */
  enum Cell {
    /** Gated recurrent units. */
    GRU,
    /** Long short-term memory. */
    LSTM
  }

  /**
   * The layers.
   *
   * @param cell kind of the recurrent layers
   * @param embedding size of a token's vector
   * @param hidden sizes of the recurrent layers' states, from first to last
   * @param take what is taken of the last recurrent layer's states
   * @param oneNeuron whether a sigmoid neuron tells two classes apart, instead of a softmax
   */
  record Network(Cell cell, int embedding, List<Integer> hidden, Take take, boolean oneNeuron) {}

  /**
   * What is dropped in training; 0 leaves the layer out.
   *
   * @param words share of whole tokens, after the embedding
   * @param embedding share of single values, after the embedding
   * @param head share of the values that the last layer reads
   */
  record Drops(double words, double embedding, double head) {
    static final Drops NONE = new Drops(0, 0, 0);
  }

  /**
   * What is read of a text.
   *
   * @param words most words that are known, the two reserved ids among them
   * @param length most tokens that are read, the last ones of a text
   * @param tokenizer what counts as a token
   */
  record Reading(int words, int length, Tokenizer tokenizer) {}

  /**
   * How it is learned.
   *
   * @param batchSize texts in a batch
   * @param epochs rounds through the training texts
   * @param optimizer how weights follow from gradients
   * @param averaging what of the weights is left
   */
  record Learning(int batchSize, int epochs, Adam optimizer, WeightAveraging averaging) {
    /** Adam as it comes. */
    static Learning plain(int batchSize, int epochs) {
      return new Learning(batchSize, epochs, Adam.withDefaults(), WeightAveraging.none());
    }

    /**
     * For few long texts with many words. A large ε holds back the words that are seen a few times
     * only, by which a network learns its training texts by heart; the average over some 170 steps
     * takes the place of weights that still swing.
     */
    static Learning averaged(int batchSize, int epochs) {
      Adam adam = Adam.withDefaults().learningRate(0.002).epsilon(1e-4);
      return new Learning(batchSize, epochs, adam, WeightAveraging.exponential(0.994));
    }
  }

  private final Network network;
  private final Drops drops;
  private final Reading reading;
  private final Learning learning;

  Preset(Network network, Drops drops, Reading reading, Learning learning) {
    this.network = network;
    this.drops = drops;
    this.reading = reading;
    this.learning = learning;
  }

  /** Most words that are known unless another number is asked for. */
  int words() {
    return reading.words();
  }

  /** Most tokens that are read of a text unless another number is asked for. */
  int length() {
    return reading.length();
  }

  /** Texts in a batch unless another number is asked for. */
  int batchSize() {
    return learning.batchSize();
  }

  /** Rounds through the training texts unless another number is asked for. */
  int epochs() {
    return learning.epochs();
  }

  /** How weights follow from gradients. */
  Adam optimizer() {
    return learning.optimizer();
  }

  /** What of the weights is left. */
  WeightAveraging averaging() {
    return learning.averaging();
  }

  /** Whether the network tells exactly two classes apart. */
  boolean isBinary() {
    return network.oneNeuron();
  }

  /**
   * How texts are read.
   *
   * @param words most words that are known
   * @param length most tokens that are read
   */
  TextPipeline.Builder pipeline(int words, int length) {
    return TextPipeline.builder()
        .tokenizer(reading.tokenizer())
        .maximumVocabularySize(words)
        .truncation(Truncation.keepLast(length));
  }

  /**
   * Builds the network, untrained.
   *
   * @param vocabularySize number of ids that the embedding knows
   * @param classes number of classes, 2 for a network that {@linkplain #isBinary is binary}
   * @param seed what the weights are drawn from
   */
  Sequential network(int vocabularySize, int classes, long seed) {
    Sequential.Builder builder =
        Sequential.builder(seed).embedding(vocabularySize, network.embedding());
    if (drops.words() > 0) {
      builder.layer(Dropout.spec(drops.words()).unit(Dropout.Unit.TOKEN));
    }
    if (drops.embedding() > 0) {
      builder.dropout(drops.embedding());
    }
    for (int hidden : network.hidden()) {
      builder.layer(network.cell() == Cell.GRU ? Gru.spec(hidden) : Lstm.spec(hidden));
    }
    builder.layer(OverTime.spec(network.take()));
    if (drops.head() > 0) {
      builder.dropout(drops.head());
    }
    return network.oneNeuron()
        ? builder.dense(1, Activation.SIGMOID).build()
        : builder.dense(classes, Activation.SOFTMAX).build();
  }

  /**
   * The preset of a name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Preset named(String name) {
    for (Preset preset : values()) {
      if (preset.toString().equals(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "Expected a preset of " + Arrays.toString(values()) + ", got " + name);
  }

  /** The name on the command line, such as {@code twitter-gru}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
