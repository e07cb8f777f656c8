package org.rnn4j.examples.sentiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Truncation;

/**
 * A network with the settings that go with it, by the name that the command line knows it by.
 *
 * <p>All start with a trainable embedding, read the last state of their last recurrent layer, and
 * end in a dense layer: one neuron for each class with softmax, or one sigmoid neuron for two
 * classes. Dropout, where there is any, stands before that last layer. Texts that are too long lose
 * their beginning, for verdicts tend to stand at the end.
 */
public enum Preset {
  /** Three GRU layers for short texts. */
  TWITTER_GRU(
      new Network(Cell.GRU, 128, List.of(128, 32, 32), 0, false), new Reading(20_000, 64), 32, 5),

  /** Three LSTM layers for short texts. */
  TWITTER_LSTM(
      new Network(Cell.LSTM, 96, List.of(96, 48, 48), 0, false), new Reading(20_000, 64), 32, 5),

  /** One GRU layer for whole reviews. */
  IMDB_GRU(new Network(Cell.GRU, 128, List.of(128), 0.3, false), new Reading(20_000, 200), 64, 4),

  /** One LSTM layer for whole reviews. */
  IMDB_LSTM(new Network(Cell.LSTM, 128, List.of(128), 0.3, false), new Reading(20_000, 200), 64, 4),

  /** One LSTM layer with dropout and one sigmoid neuron, for reviews of two classes. */
  MOVIE_LSTM(new Network(Cell.LSTM, 64, List.of(64), 0.2, true), new Reading(10_000, 200), 64, 3);

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
   * @param dropout share of the last state that is dropped in training
   * @param oneNeuron whether a sigmoid neuron tells two classes apart, instead of a softmax
   */
  record Network(
      Cell cell, int embedding, List<Integer> hidden, double dropout, boolean oneNeuron) {}

  /**
   * What is read of a text.
   *
   * @param words most words that are known, the two reserved ids among them
   * @param length most tokens that are read, the last ones of a text
   */
  record Reading(int words, int length) {}

  private final Network network;
  private final Reading reading;
  private final int batchSize;
  private final int epochs;

  Preset(Network network, Reading reading, int batchSize, int epochs) {
    this.network = network;
    this.reading = reading;
    this.batchSize = batchSize;
    this.epochs = epochs;
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
    return batchSize;
  }

  /** Rounds through the training texts unless another number is asked for. */
  int epochs() {
    return epochs;
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
    for (int hidden : network.hidden()) {
      if (network.cell() == Cell.GRU) {
        builder.gru(hidden);
      } else {
        builder.lstm(hidden);
      }
    }
    builder.lastState();
    if (network.dropout() > 0) {
      builder.dropout(network.dropout());
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
