package org.rnn4j.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Numbers tokens for the network. Id 0 is reserved for padding: batches here are packed and never
 * hold it, but its place keeps the numbering that other frameworks use. Id 1 stands for every token
 * that is not in the vocabulary. The words follow from id 2, the most frequent first, equal
 * frequencies in code point order, so that the numbering does not depend on the order of the texts.
 */
public final class Vocabulary {
  /** The id that is reserved for padding, 0. */
  public static final int PADDING = 0;

  /** The id of every token that is not in the vocabulary, 1. */
  public static final int UNKNOWN = 1;

  /** How many ids are reserved: the first word has this id. */
  public static final int RESERVED = 2;

  /** What {@link #token} answers for {@link #PADDING}. */
  public static final String PADDING_TOKEN = "[PAD]";

  /** What {@link #token} answers for {@link #UNKNOWN}. */
  public static final String UNKNOWN_TOKEN = "[UNK]";

  /** What becomes of a token that is not in the vocabulary. */
  public enum UnknownTokens {
    /** It is read as {@link #UNKNOWN}: the network sees that a word stood there. */
    KEEP,
    /** It is left out, as if the text did not have it. */
    DROP
  }

  private final List<String> words;
  private final UnknownTokens unknownTokens;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> words, UnknownTokens unknownTokens) {
    this.words = List.copyOf(words);
    this.unknownTokens = Objects.requireNonNull(unknownTokens, "unknownTokens");
    this.ids = new HashMap<>(this.words.size() * 2);
    for (String word : this.words) {
      int id = RESERVED + ids.size();
      if (word.isEmpty() || word.equals(PADDING_TOKEN) || word.equals(UNKNOWN_TOKEN)) {
        throw new IllegalArgumentException(
            "Expected words that are neither empty nor reserved, got \""
                + word
                + "\" for id "
                + id);
      }
      if (hasLoneSurrogate(word)) {
        throw new IllegalArgumentException(
            "Expected words of whole code points, got a lone surrogate in the word of id " + id);
      }
      if (ids.putIfAbsent(word, id) != null) {
        throw new IllegalArgumentException(
            "Expected each word once, got \"" + word + "\" again for id " + id);
      }
    }
  }

  /**
   * A vocabulary of the given words, the first of which gets id 2.
   *
   * @throws IllegalArgumentException if a word is empty, reserved, given twice or holds a lone
   *     surrogate
   */
  public static Vocabulary of(List<String> words, UnknownTokens unknownTokens) {
    return new Vocabulary(words, unknownTokens);
  }

  /** Counts tokens for a new vocabulary. */
  public static Builder builder() {
    return new Builder();
  }

  /** The number of ids, the two reserved ones included: the rows an embedding needs. */
  public int size() {
    return RESERVED + words.size();
  }

  /** The words in the order of their ids, from id 2. */
  public List<String> words() {
    return words;
  }

  /** What becomes of unknown tokens. */
  public UnknownTokens unknownTokens() {
    return unknownTokens;
  }

  /** Whether a token has an id of its own. */
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /** The id of a token; {@link #UNKNOWN} if it has none of its own. */
  public int id(String token) {
    return ids.getOrDefault(token, UNKNOWN);
  }

  /**
   * The token of an id.
   *
   * @throws IllegalArgumentException if the id is not from 0 to {@code size() - 1}
   */
  public String token(int id) {
    if (id < 0 || id >= size()) {
      throw new IllegalArgumentException(
          "Expected an id from 0 to " + (size() - 1) + ", got " + id);
    }
    return switch (id) {
      case PADDING -> PADDING_TOKEN;
      case UNKNOWN -> UNKNOWN_TOKEN;
      default -> words.get(id - RESERVED);
    };
  }

  /** The ids of tokens in their order; unknown ones as {@link #unknownTokens()} says. */
  public int[] encode(List<String> tokens) {
    int[] encoded = new int[tokens.size()];
    int length = 0;
    for (String token : tokens) {
      int id = id(token);
      if (id != UNKNOWN || unknownTokens == UnknownTokens.KEEP) {
        encoded[length++] = id;
      }
    }
    return length == encoded.length ? encoded : Arrays.copyOf(encoded, length);
  }

  /**
   * The tokens of ids.
   *
   * @throws IllegalArgumentException if an id is not from 0 to {@code size() - 1}
   */
  public List<String> decode(int[] ids) {
    List<String> tokens = new ArrayList<>(ids.length);
    for (int id : ids) {
      tokens.add(token(id));
    }
    return List.copyOf(tokens);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary
        && unknownTokens == vocabulary.unknownTokens
        && words.equals(vocabulary.words);
  }

  @Override
  public int hashCode() {
    return Objects.hash(words, unknownTokens);
  }

  @Override
  public String toString() {
    return "Vocabulary[size=" + size() + ", unknownTokens=" + unknownTokens + "]";
  }

  /** The words and settings as JSON values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("unknownTokens", unknownTokens.name());
    map.put("words", words);
    return map;
  }

  static Vocabulary fromMap(JsonFields fields) {
    Vocabulary vocabulary =
        new Vocabulary(
            fields.texts("words"), fields.constant("unknownTokens", UnknownTokens.class));
    fields.expectNoMore();
    return vocabulary;
  }

  private static boolean hasLoneSurrogate(String word) {
    return word.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  /** Counts tokens and chooses the words of a vocabulary. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Integer> counts = new HashMap<>();
    private int minimumFrequency = 1;
    private int maximumSize = Integer.MAX_VALUE;
    private UnknownTokens unknownTokens = UnknownTokens.KEEP;

    private Builder() {}

    /**
     * How often a token must occur to become a word; 1 by default.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder minimumFrequency(int frequency) {
      if (frequency < 1) {
        throw new IllegalArgumentException(
            "Expected a minimumFrequency of 1 or more, got " + frequency);
      }
      this.minimumFrequency = frequency;
      return this;
    }

    /**
     * The most ids the vocabulary may have, the two reserved ones included; unbounded by default.
     *
     * @throws IllegalArgumentException if it leaves no room for a word
     */
    public Builder maximumSize(int size) {
      if (size <= RESERVED) {
        throw new IllegalArgumentException(
            "Expected a maximumSize of "
                + (RESERVED + 1)
                + " or more (two ids are reserved), got "
                + size);
      }
      this.maximumSize = size;
      return this;
    }

    /** What becomes of tokens outside the vocabulary; kept as unknown by default. */
    public Builder unknownTokens(UnknownTokens unknownTokens) {
      this.unknownTokens = Objects.requireNonNull(unknownTokens, "unknownTokens");
      return this;
    }

    /** Counts the tokens of one text. */
    public Builder add(List<String> tokens) {
      for (String token : tokens) {
        counts.merge(token, 1, Math::addExact);
      }
      return this;
    }

    /** Counts the tokens of each text. */
    public Builder addAll(Stream<List<String>> texts) {
      texts.forEachOrdered(this::add);
      return this;
    }

    /** Forgets what was counted, not the settings. */
    void clear() {
      counts.clear();
    }

    /**
     * The vocabulary of the tokens counted so far. Without any token that is frequent enough it has
     * the two reserved ids only.
     */
    public Vocabulary build() {
      Comparator<Map.Entry<String, Integer>> byFrequency =
          Map.Entry.<String, Integer>comparingByValue().reversed();
      List<String> words =
          counts.entrySet().stream()
              .filter(entry -> entry.getValue() >= minimumFrequency)
              .sorted(byFrequency.thenComparing(Map.Entry::getKey, CodePointOrder::compare))
              .limit(maximumSize - RESERVED)
              .map(Map.Entry::getKey)
              .toList();
      return new Vocabulary(words, unknownTokens);
    }
  }
}
