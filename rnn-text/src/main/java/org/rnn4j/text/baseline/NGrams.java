package org.rnn4j.text.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.rnn4j.text.StopWords;
import org.rnn4j.text.TextCleaner;
import org.rnn4j.text.Tokenizer;

/**
 * What a text is made of to a baseline: its tokens and the runs of neighbouring ones.
 *
 * @param cleaner how texts are cleaned
 * @param tokenizer how texts are cut into tokens
 * @param stopWords tokens that are left out before runs are made
 * @param longest the most tokens of a run: 1 for words alone, 2 for pairs too
 * @param minimumFrequency in how many training texts a run must stand to be a feature
 */
public record NGrams(
    TextCleaner cleaner,
    Tokenizer tokenizer,
    StopWords stopWords,
    int longest,
    int minimumFrequency) {
  private static final NGrams STANDARD =
      new NGrams(TextCleaner.standard(), Tokenizer.standard(), StopWords.none(), 2, 2);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a number is below 1
   */
  public NGrams {
    Objects.requireNonNull(cleaner, "cleaner");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(stopWords, "stopWords");
    if (longest < 1 || minimumFrequency < 1) {
      throw new IllegalArgumentException(
          "Expected a longest and a minimumFrequency of 1 or more, got "
              + longest
              + " and "
              + minimumFrequency);
    }
  }

  /** The default: words and pairs that stand in two texts, standard cleaner and tokenizer. */
  public static NGrams standard() {
    return STANDARD;
  }

  /** The same for tweets: with {@link TextCleaner#tweets()} and {@link Tokenizer#tweets()}. */
  public static NGrams tweets() {
    return new NGrams(
        TextCleaner.tweets(),
        Tokenizer.tweets(),
        StopWords.none(),
        STANDARD.longest,
        STANDARD.minimumFrequency);
  }

  /** The same with runs of another length at most. */
  public NGrams withLongest(int tokens) {
    return new NGrams(cleaner, tokenizer, stopWords, tokens, minimumFrequency);
  }

  /** The same with another least number of texts. */
  public NGrams withMinimumFrequency(int texts) {
    return new NGrams(cleaner, tokenizer, stopWords, longest, texts);
  }

  /** The same with other stop words. */
  public NGrams withStopWords(StopWords words) {
    return new NGrams(cleaner, tokenizer, words, longest, minimumFrequency);
  }

  /** The tokens of a text. */
  List<String> tokens(String text) {
    return stopWords.removeFrom(tokenizer.tokenize(cleaner.clean(text)));
  }

  /** The runs of tokens, joined by spaces, which no token holds; those of one token first. */
  List<String> of(List<String> tokens) {
    List<String> runs = new ArrayList<>(tokens.size() * longest);
    for (int length = 1; length <= longest; length++) {
      for (int start = 0; start + length <= tokens.size(); start++) {
        runs.add(
            length == 1
                ? tokens.get(start)
                : String.join(" ", tokens.subList(start, start + length)));
      }
    }
    return runs;
  }
}
