package org.rnn4j.text.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;

/** Numbers the runs of tokens that stand in enough training texts, in the order they first come. */
final class Features {
  private final NGrams ngrams;
  private final Map<String, Integer> numbers;

  private Features(NGrams ngrams, Map<String, Integer> numbers) {
    this.ngrams = ngrams;
    this.numbers = numbers;
  }

  /**
   * What a text has.
   *
   * @param present the features that stand in it, each once, ascending
   * @param tokens how many tokens it has
   * @param unknownTokens how many of them are no feature
   */
  record Found(int[] present, int tokens, int unknownTokens) {}

  /**
   * Features and the texts they were chosen by.
   *
   * @param features the features
   * @param present those of each text, ascending
   */
  record Training(Features features, int[][] present) {}

  /** Chooses the features of training texts. */
  static Training of(NGrams ngrams, LabelledTexts texts) {
    Map<String, Integer> numbers = new HashMap<>();
    List<int[]> found = new ArrayList<>(texts.size());
    for (LabelledText text : texts) {
      int[] runs =
          ngrams.of(ngrams.tokens(text.text())).stream()
              .mapToInt(run -> numbers.computeIfAbsent(run, key -> numbers.size()))
              .toArray();
      found.add(ascending(runs));
    }
    int[] renumbered = frequent(found, numbers.size(), ngrams.minimumFrequency());
    numbers.values().removeIf(number -> renumbered[number] < 0);
    numbers.replaceAll((run, number) -> renumbered[number]);
    if (numbers.isEmpty()) {
      throw DataException.of(
          "tokens that stand in at least " + ngrams.minimumFrequency() + " training texts",
          "none in " + texts.size() + " texts");
    }
    int[][] present =
        found.stream()
            .map(runs -> Arrays.stream(runs).map(run -> renumbered[run]).filter(n -> n >= 0))
            .map(runs -> runs.toArray())
            .toArray(int[][]::new);
    return new Training(new Features(ngrams, numbers), present);
  }

  /** The new number of each run, or -1 for one that stands in too few texts. */
  private static int[] frequent(List<int[]> texts, int runs, int minimumFrequency) {
    int[] numbers = new int[runs];
    for (int[] text : texts) {
      for (int run : text) {
        numbers[run]++;
      }
    }
    int next = 0;
    for (int run = 0; run < runs; run++) {
      numbers[run] = numbers[run] >= minimumFrequency ? next++ : -1;
    }
    return numbers;
  }

  private static int[] ascending(int[] runs) {
    return Arrays.stream(runs).sorted().distinct().toArray();
  }

  int count() {
    return numbers.size();
  }

  Found in(String text) {
    List<String> tokens = ngrams.tokens(text);
    int[] runs =
        ngrams.of(tokens).stream()
            .mapToInt(run -> numbers.getOrDefault(run, -1))
            .filter(number -> number >= 0)
            .toArray();
    int unknown = (int) tokens.stream().filter(token -> !numbers.containsKey(token)).count();
    return new Found(ascending(runs), tokens.size(), unknown);
  }
}
