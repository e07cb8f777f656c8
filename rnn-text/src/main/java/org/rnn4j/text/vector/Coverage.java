package org.rnn4j.text.vector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of some texts pretrained vectors cover.
 *
 * @param words the words of the vocabulary
 * @param coveredWords how many of them have a vector
 * @param tokens the tokens of the texts, those outside the vocabulary included
 * @param coveredTokens how many of them are words with a vector
 * @param missing the words of the vocabulary without a vector and how often the texts have them,
 *     the most frequent first
 */
public record Coverage(
    int words, int coveredWords, long tokens, long coveredTokens, Map<String, Long> missing) {
  /** How many missing words {@link #toString} names. */
  private static final int NAMED = 10;

  /** Keeps its own copy of the map. */
  public Coverage {
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /** The report as one line, with the ten most frequent missing words. */
  @Override
  public String toString() {
    String named =
        missing.entrySet().stream()
            .limit(NAMED)
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    return coveredWords
        + " of "
        + words
        + " words and "
        + coveredTokens
        + " of "
        + tokens
        + " tokens have a vector"
        + (named.isEmpty() ? "" : "; the most frequent words without: " + named);
  }
}
