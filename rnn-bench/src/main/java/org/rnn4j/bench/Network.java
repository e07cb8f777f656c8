package org.rnn4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Example;

/**
 * The networks that whole steps and predictions are measured on, each with the size of its batches:
 * an embedding of 20,000 words, recurrent layers, the last state, two softmax neurons.
 */
enum Network {
  /** The preset of the same name of the examples. */
  TWITTER_GRU(false, 128, List.of(128, 32, 32), 32, 40, 20),
  /** The preset of the same name of the examples. */
  TWITTER_LSTM(true, 96, List.of(96, 48, 48), 32, 40, 20),
  /** One layer over long texts. */
  LSTM_128(true, 128, List.of(128), 64, 200, 230),
  /** One layer over long texts. */
  GRU_128(false, 128, List.of(128), 64, 200, 230);

  /** Words of every network. */
  static final int VOCABULARY = 20_000;

  private static final int SEED = 1;

  private final boolean lstm;
  private final int embedding;
  private final List<Integer> hidden;
  private final int batch;
  private final int steps;
  private final int oneText;

  Network(boolean lstm, int embedding, List<Integer> hidden, int batch, int steps, int oneText) {
    this.lstm = lstm;
    this.embedding = embedding;
    this.hidden = hidden;
    this.batch = batch;
    this.steps = steps;
    this.oneText = oneText;
  }

  /** The network of a name such as {@code twitter-gru}. */
  static Network named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** A new network, untrained. */
  Sequential build() {
    Sequential.Builder builder = Sequential.builder(SEED).embedding(VOCABULARY, embedding);
    for (int width : hidden) {
      builder.layer(lstm ? Lstm.spec(width) : Gru.spec(width));
    }
    return builder.lastState().dense(2, Activation.SOFTMAX).build();
  }

  /** Batches of texts of full length, with labels of both classes. */
  List<List<Example>> batches(int count) {
    Draws.Ids ids = Draws.zipf(VOCABULARY);
    List<List<Example>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Example> examples = new ArrayList<>();
      for (int[] text : ids.texts(batch, steps)) {
        examples.add(new Example(text, examples.size() % 2));
      }
      batches.add(examples);
    }
    return batches;
  }

  /** The texts of {@link #batches}, without labels. */
  List<List<int[]>> textBatches(int count) {
    return batches(count).stream()
        .map(examples -> examples.stream().map(Example::ids).toList())
        .toList();
  }

  /** Single texts, of the length that predictions of one text are measured with. */
  List<int[]> singleTexts(int count) {
    return Arrays.asList(Draws.zipf(VOCABULARY).texts(count, oneText));
  }

  /** Tokens of a batch. */
  int tokens() {
    return batch * steps;
  }
}
