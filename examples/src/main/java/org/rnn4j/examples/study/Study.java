package org.rnn4j.examples.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;

/** What is studied: designs that are trained on the same texts and compared. */
public enum Study {
  /** Three GRU layers on short texts. */
  TWITTER_GRU(
      "Sentiment of tweets with a GRU",
      "Three layers of gated recurrent units read a tweet, the last state tells its sentiment.",
      Map.of("twitter-gru", Preset.TWITTER_GRU.design().with("early-stopping", "accuracy"))),

  /** Three LSTM layers on short texts. */
  TWITTER_LSTM(
      "Sentiment of tweets with an LSTM",
      "Three layers of long short-term memory read a tweet, the last state tells its sentiment.",
      Map.of("twitter-lstm", Preset.TWITTER_LSTM.design().with("early-stopping", "accuracy"))),

  /** LSTM against GRU on whole reviews. */
  IMDB(
      "LSTM against GRU on film reviews",
      "A layer of long short-term memory and one of gated recurrent units read whole reviews; the "
          + "mean over the text tells its sentiment. A wider one in both directions stands beside "
          + "them. Published for the test half of IMDB: LSTM 87.15 %, GRU 87.77 %.",
      imdb()),

  /** Cells, directions and attention on short texts. */
  TWITTER_ATTENTION(
      "Recurrent networks and self-attention on tweets",
      "LSTM and GRU, in one direction and in both, and self-attention (Lin et al. 2017) over both "
          + "directions in place of the last state; and the preset for tweets.",
      attention()),

  /** An LSTM with dropout and one sigmoid neuron on reviews. */
  MOVIE_REVIEWS(
      "Film reviews with an LSTM",
      "One layer of long short-term memory with dropout reads a review, a sigmoid neuron tells its "
          + "sentiment.",
      Map.of("movie-lstm", Preset.MOVIE_LSTM.design()));

  /** On the few short texts of the demo: more rounds, and less that holds back. */
  private static final Map<String, String> ON_DEMO =
      Map.of(
          "epochs", "12",
          "early-stopping", "accuracy:patience=4",
          "max-length", "64",
          "token-dropout", "0",
          "value-dropout", "0.1",
          "dropout", "0.1",
          "averaging", "0",
          "optimizer", "adam:lr=0.002");

  private final String title;
  private final String about;
  private final Map<String, Design> designs;

  Study(String title, String about, Map<String, Design> designs) {
    this.title = title;
    this.about = about;
    this.designs = designs;
  }

  private static Map<String, Design> imdb() {
    Map<String, Design> designs = new LinkedHashMap<>();
    designs.put("lstm", Preset.IMDB_LSTM.design());
    designs.put("gru", Preset.IMDB_GRU.design());
    designs.put("imdb-best", Preset.IMDB_BEST.design());
    return designs;
  }

  private static Map<String, Design> attention() {
    Design common =
        Design.parse(
            "cleaning=tweets tokenizer=tweets max-length=64 embedding=96 layers=48"
                + " value-dropout=0.3 dropout=0.3 clip=global:1 epochs=6 early-stopping=accuracy");
    Map<String, Design> designs = new LinkedHashMap<>();
    for (String cell : List.of("lstm", "gru")) {
      Design one = common.with("cell", cell);
      Design both = one.with("bidirectional", "concat");
      designs.put(cell, one);
      designs.put("bidirectional " + cell, both);
      designs.put("bidirectional " + cell + ", attention", both.with("pooling", "lin:r=5,da=10"));
    }
    designs.put("twitter-attention", Preset.TWITTER_ATTENTION.design());
    return designs;
  }

  /**
   * The study of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Study named(String name) {
    for (Study study : values()) {
      if (study.toString().equals(name)) {
        return study;
      }
    }
    throw new IllegalArgumentException(
        "Expected a study of " + Arrays.toString(values()) + ", got " + name);
  }

  /** What it is about, in a few words. */
  public String title() {
    return title;
  }

  /** What is done, in a few sentences. */
  public String about() {
    return about;
  }

  /**
   * What is trained, by name, in order.
   *
   * @param demo whether the texts are those of the demo, which are few and short
   */
  public Map<String, Design> designs(boolean demo) {
    if (!demo) {
      return new LinkedHashMap<>(designs);
    }
    Map<String, Design> changed = new LinkedHashMap<>();
    designs.forEach((name, design) -> changed.put(name, design.with(ON_DEMO)));
    return changed;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
