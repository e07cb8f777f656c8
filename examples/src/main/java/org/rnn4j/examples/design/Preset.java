package org.rnn4j.examples.design;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Designs that are ready for use, by the name that the command line knows them by.
 *
 * <p>Texts that are too long lose their beginning, for verdicts tend to stand at the end. Where
 * texts are few and long, a large ε holds back the words that are seen a few times only, by which a
 * network learns its training texts by heart, and an average over some 170 steps takes the place of
 * weights that still swing.
 */
public enum Preset {
  /** Three GRU layers for short texts. */
  TWITTER_GRU(
      "short texts",
      "cell=gru embedding=128 layers=128,32,32 pooling=last max-length=64 clip=global:1"),

  /** Three LSTM layers for short texts. */
  TWITTER_LSTM(
      "short texts",
      "cell=lstm embedding=96 layers=96,48,48 pooling=last max-length=64 clip=global:1"),

  /** One GRU layer for whole reviews. */
  IMDB_GRU(
      "whole reviews",
      """
      cell=gru embedding=64 layers=64 pooling=mean tokenizer=words max-length=1000
      token-dropout=0.2 value-dropout=0.5 dropout=0.5
      clip=global:1 optimizer=adam:lr=0.002,eps=1e-4 averaging=0.994 epochs=2\
      """),

  /** One LSTM layer for whole reviews. */
  IMDB_LSTM(
      "whole reviews",
      """
      cell=lstm embedding=128 layers=64 pooling=mean tokenizer=words max-length=1000
      token-dropout=0.3 value-dropout=0.5 dropout=0.5
      clip=global:1 optimizer=adam:lr=0.002,eps=1e-4 averaging=0.994 epochs=2\
      """),

  /**
   * One GRU layer in both directions, for whole reviews, where time and memory matter less than
   * being right. Words' vectors are wide and start near 0, so that a word that is hardly ever seen
   * says hardly anything; dropping words at all their places in a text keeps the network from
   * leaning on single ones.
   */
  IMDB_BEST(
      "whole reviews, the most accurate",
      """
      cell=gru embedding=256 embedding-limit=0.0087 layers=64 bidirectional=concat pooling=mean-max
      tokenizer=words max-length=1000
      embedding-dropout=0.2 value-dropout=0.3 dropout=0.5
      clip=global:1 optimizer=adam:lr=0.003,eps=5e-5 schedule=linear averaging=0.998 epochs=3\
      """),

  /** One GRU layer in both directions with attention, for tweets. */
  TWITTER_ATTENTION(
      "tweets, the most accurate",
      """
      cell=gru embedding=256 embedding-limit=0.01 layers=64 bidirectional=concat
      pooling=additive:size=64 cleaning=tweets tokenizer=tweets max-length=64
      embedding-dropout=0.3 value-dropout=0.5 dropout=0.5
      clip=global:1 optimizer=adam:lr=0.003 schedule=linear averaging=0.998 epochs=4\
      """),

  /** One LSTM layer with dropout and one sigmoid neuron, for reviews of two classes. */
  MOVIE_LSTM(
      "whole reviews of two classes",
      """
      cell=lstm embedding=64 layers=64 pooling=last head=sigmoid
      tokenizer=words max-length=200 max-words=10000
      value-dropout=0.3 dropout=0.3
      clip=global:1 optimizer=adam:lr=0.002,eps=1e-4 averaging=0.994 epochs=2\
      """);

  private final String purpose;
  private final Design design;

  Preset(String purpose, String settings) {
    this.purpose = purpose;
    this.design = Design.parse(settings);
  }

  /** What it was made for. */
  public String purpose() {
    return purpose;
  }

  /** The design. */
  public Design design() {
    return design;
  }

  /**
   * The preset of a name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Preset named(String name) {
    for (Preset preset : values()) {
      if (preset.toString().equals(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "Expected a preset of "
            + Arrays.toString(values())
            + ", got "
            + name
            + Nearest.hint(name, Stream.of(values()).map(Preset::toString).toList())
                .map(hint -> "; " + hint)
                .orElse(""));
  }

  /** The name on the command line, such as {@code twitter-gru}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
