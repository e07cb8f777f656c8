package org.rnn4j.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tokens that are left out of a text because they say nothing of its class. Compared with tokens as
 * they come from cleaning and tokenising: in lower case, with {@code '} for any apostrophe.
 *
 * <pre>{@code
 * TextPipeline.builder().stopWords(StopWords.english().with("film", "movie"))
 * }</pre>
 *
 * <p>A recurrent network reads word after word and mostly does better with all of them; stop words
 * are for short trainings and for counting. Immutable.
 */
public final class StopWords {
  private static final StopWords NONE = new StopWords(new TreeSet<>());

  private final List<String> words;
  private final Set<String> set;

  private StopWords(TreeSet<String> sorted) {
    this.words = List.copyOf(sorted);
    this.set = Set.copyOf(sorted);
  }

  /** No stop words: every token is kept. */
  public static StopWords none() {
    return NONE;
  }

  /**
   * The given words.
   *
   * @throws IllegalArgumentException if a word is empty or holds white space: no token does
   */
  public static StopWords of(Collection<String> words) {
    for (String word : words) {
      if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException(
            "Expected stop words without white space, got \"" + word + "\"");
      }
    }
    TreeSet<String> sorted = new TreeSet<>(CodePointOrder::compare);
    sorted.addAll(words);
    return new StopWords(sorted);
  }

  /**
   * English words that join others: articles, pronouns, auxiliary verbs, prepositions, conjunctions
   * and question words, with their contractions.
   *
   * <p>Negations are not among them ({@link #englishNegations} has them): <i>not good</i> would
   * become <i>good</i>, the opposite. Nor are words that turn or weigh a judgement, such as
   * <i>but</i>, <i>however</i>, <i>very</i>, <i>too</i>, <i>only</i>, <i>more</i>.
   */
  public static StopWords english() {
    return EnglishStopWords.FUNCTION_WORDS;
  }

  /** The English words that negate: <i>no</i>, <i>not</i>, <i>never</i>, <i>don't</i> and so on. */
  public static StopWords englishNegations() {
    return EnglishStopWords.NEGATIONS;
  }

  /** These words and others. */
  public StopWords with(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return of(all);
  }

  /** These words but some. */
  public StopWords without(String... kept) {
    Set<String> fewer = new HashSet<>(set);
    fewer.removeAll(List.of(kept));
    return of(fewer);
  }

  /** The words in code point order. */
  public List<String> words() {
    return words;
  }

  /** Whether a token is left out. */
  public boolean contains(String token) {
    return set.contains(token);
  }

  /** The tokens that are not left out, in order. */
  public List<String> removeFrom(List<String> tokens) {
    return set.isEmpty() ? tokens : tokens.stream().filter(token -> !set.contains(token)).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StopWords stopWords && words.equals(stopWords.words);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }

  @Override
  public String toString() {
    return "StopWords[" + words.size() + "]";
  }
}
