package org.rnn4j.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rnn4j.json.Json;

/**
 * All that happens to a text before the network reads it: clean, tokenize, leave out stop words,
 * number, truncate. A pipeline is fitted on the training texts once, saved with the model, and
 * immutable, so that a new text meets exactly the treatment the network learned with; any number of
 * threads may use it.
 *
 * <pre>{@code
 * TextPipeline pipeline =
 *     TextPipeline.builder()
 *         .maximumVocabularySize(20_000)
 *         .truncation(Truncation.keepLast(200))
 *         .fit(trainingTexts);
 * int[] ids = pipeline.encode("Not bad at all!");
 * }</pre>
 */
public final class TextPipeline {
  /** The version of the JSON form that this class writes and reads. */
  private static final int VERSION = 1;

  private final TextCleaner cleaner;
  private final Tokenizer tokenizer;
  private final StopWords stopWords;
  private final Vocabulary vocabulary;
  private final Truncation truncation;

  /** A pipeline of the given parts, without stop words. */
  public TextPipeline(
      TextCleaner cleaner, Tokenizer tokenizer, Vocabulary vocabulary, Truncation truncation) {
    this(cleaner, tokenizer, StopWords.none(), vocabulary, truncation);
  }

  /** A pipeline of the given parts. */
  public TextPipeline(
      TextCleaner cleaner,
      Tokenizer tokenizer,
      StopWords stopWords,
      Vocabulary vocabulary,
      Truncation truncation) {
    this.cleaner = Objects.requireNonNull(cleaner, "cleaner");
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
    this.stopWords = Objects.requireNonNull(stopWords, "stopWords");
    this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    this.truncation = Objects.requireNonNull(truncation, "truncation");
  }

  /** Starts a pipeline whose vocabulary is counted from texts. */
  public static Builder builder() {
    return new Builder();
  }

  /** How texts are cleaned. */
  public TextCleaner cleaner() {
    return cleaner;
  }

  /** How texts are cut into tokens. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Which tokens are left out. */
  public StopWords stopWords() {
    return stopWords;
  }

  /** How tokens are numbered. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** How many tokens are read, and from which end. */
  public Truncation truncation() {
    return truncation;
  }

  /**
   * The tokens of a text after cleaning but for stop words, all of them: neither unknown ones
   * dropped nor truncated. A text of which cleaning and stop words leave nothing gives an empty
   * list.
   */
  public List<String> tokens(String text) {
    return stopWords.removeFrom(tokenizer.tokenize(cleaner.clean(text)));
  }

  /**
   * The tokens of a text with where each stands in it, all that cleaning and tokenising give: of
   * {@link #tokens} these are the texts, but for stop words, which are here too.
   */
  public List<Token> locate(String text) {
    List<Token> tokens = new ArrayList<>();
    Trace trace = new Trace();
    tokenizer.tokenize(
        cleaner.clean(text, trace),
        (token, start, end) -> tokens.add(trace.token(token, start, end)));
    return List.copyOf(tokens);
  }

  /**
   * The ids that the network reads for a text. Any text is accepted; one without tokens gives an
   * empty array, to which a network answers as it does without evidence, from its biases alone.
   */
  public int[] encode(String text) {
    return truncation.apply(vocabulary.encode(tokens(text)));
  }

  /** The settings and words as JSON text, which {@link #fromJson} reads. */
  public String toJson() {
    return Json.write(toMap());
  }

  /** The settings and words as JSON values, which {@link #fromMap} reads. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", VERSION);
    map.put("cleaner", cleaner.toMap());
    map.put("tokenizer", tokenizer.toMap());
    if (!stopWords.words().isEmpty()) {
      map.put("stopWords", stopWords.words());
    }
    map.put("truncation", truncation.toMap());
    map.put("vocabulary", vocabulary.toMap());
    return map;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is not JSON, of a newer version, or a setting is
   *     missing, of a wrong kind or unknown; the message names it
   */
  public static TextPipeline fromJson(String json) {
    return fromMap(Json.parseObject(json));
  }

  /**
   * Reads what {@link #toMap} gave.
   *
   * @throws IllegalArgumentException as {@link #fromJson}
   */
  public static TextPipeline fromMap(Map<String, ?> map) {
    JsonFields fields = new JsonFields("pipeline", map);
    int version = fields.whole("version");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Expected a pipeline of version " + VERSION + ", got version " + version);
    }
    TextPipeline pipeline =
        new TextPipeline(
            TextCleaner.fromMap(fields.object("cleaner")),
            Tokenizer.fromMap(fields.object("tokenizer")),
            fields.has("stopWords") ? StopWords.of(fields.texts("stopWords")) : StopWords.none(),
            Vocabulary.fromMap(fields.object("vocabulary")),
            Truncation.fromMap(fields.object("truncation")));
    fields.expectNoMore();
    return pipeline;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPipeline pipeline
        && cleaner.equals(pipeline.cleaner)
        && tokenizer.equals(pipeline.tokenizer)
        && stopWords.equals(pipeline.stopWords)
        && vocabulary.equals(pipeline.vocabulary)
        && truncation.equals(pipeline.truncation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cleaner, tokenizer, stopWords, vocabulary, truncation);
  }

  @Override
  public String toString() {
    return "TextPipeline["
        + cleaner
        + ", "
        + tokenizer
        + ", "
        + stopWords
        + ", "
        + vocabulary
        + ", "
        + truncation
        + "]";
  }

  /** Gathers the settings of a pipeline and fits it. Not thread-safe. */
  public static final class Builder {
    private final Vocabulary.Builder vocabulary = Vocabulary.builder().minimumFrequency(2);
    private TextCleaner cleaner = TextCleaner.standard();
    private Tokenizer tokenizer = Tokenizer.standard();
    private StopWords stopWords = StopWords.none();
    private Truncation truncation = Truncation.none();

    private Builder() {}

    /** How texts are cleaned; {@link TextCleaner#standard()} by default. */
    public Builder cleaner(TextCleaner cleaner) {
      this.cleaner = Objects.requireNonNull(cleaner, "cleaner");
      return this;
    }

    /** How texts are cut into tokens; {@link Tokenizer#standard()} by default. */
    public Builder tokenizer(Tokenizer tokenizer) {
      this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
      return this;
    }

    /** Which tokens are left out; {@link StopWords#none()} by default. */
    public Builder stopWords(StopWords stopWords) {
      this.stopWords = Objects.requireNonNull(stopWords, "stopWords");
      return this;
    }

    /**
     * How often a token must occur in the fitted texts to become a word; 2 by default, so that the
     * network also meets unknown words while it learns.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder minimumFrequency(int frequency) {
      vocabulary.minimumFrequency(frequency);
      return this;
    }

    /**
     * The most ids of the vocabulary, the two reserved ones included; unbounded by default.
     *
     * @throws IllegalArgumentException if it is below 3
     */
    public Builder maximumVocabularySize(int size) {
      vocabulary.maximumSize(size);
      return this;
    }

    /** What becomes of unknown tokens; kept as unknown by default. */
    public Builder unknownTokens(Vocabulary.UnknownTokens unknownTokens) {
      vocabulary.unknownTokens(unknownTokens);
      return this;
    }

    /** How many tokens are read; {@link Truncation#none()} by default. */
    public Builder truncation(Truncation truncation) {
      this.truncation = Objects.requireNonNull(truncation, "truncation");
      return this;
    }

    /**
     * Counts the words of the texts, truncated ends included, and gives the pipeline.
     *
     * @throws IllegalArgumentException if the texts have tokens, but stop words only
     */
    public TextPipeline fit(Iterable<String> texts) {
      vocabulary.clear();
      long read = 0;
      long kept = 0;
      for (String text : texts) {
        List<String> tokens = tokenizer.tokenize(cleaner.clean(text));
        List<String> words = stopWords.removeFrom(tokens);
        vocabulary.add(words);
        read += tokens.size();
        kept += words.size();
      }
      if (read > 0 && kept == 0) {
        throw new IllegalArgumentException(
            "Expected texts with other tokens than stop words, got "
                + read
                + " tokens, all of them among the "
                + stopWords.words().size()
                + " stop words");
      }
      return new TextPipeline(cleaner, tokenizer, stopWords, vocabulary.build(), truncation);
    }
  }
}
