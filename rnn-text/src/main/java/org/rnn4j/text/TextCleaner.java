package org.rnn4j.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evens out what does not change the meaning of a text, in this order: HTML line breaks and other
 * block elements become a space, HTML inline tags are taken out, HTML character references are
 * resolved, Unicode is normalised, what is peculiar to tweets is evened out where that is asked
 * for, letters become lower case.
 *
 * <p>Only names of real HTML elements count as tags, so {@code <3} and {@code <sigh>} stay. Each
 * step can be switched off by itself. The result depends on the text alone: lower case is taken
 * code point by code point, without language and without context (a capital sigma becomes σ at the
 * end of a word too), which is also what keeps it linear: {@link String#toLowerCase(
 * java.util.Locale)} needs minutes for a text of 100,000 capital sigmas.
 *
 * @param lineBreaks whether {@code <br>}, {@code <p>} and other block elements become a space
 * @param tags whether {@code <b>}, {@code <i>} and other inline elements are taken out
 * @param entities whether {@code &amp;}, {@code &#233;} and the like are resolved, once
 * @param normalization the Unicode form to bring the text to
 * @param tweetRules what becomes of mentions, hashtags and the like; {@link TweetRules#none()}
 *     unless told. Case is still there when they are applied, so hashtags can be cut at capitals
 * @param lowerCase whether letters become lower case
 */
public record TextCleaner(
    boolean lineBreaks,
    boolean tags,
    boolean entities,
    Normalization normalization,
    TweetRules tweetRules,
    boolean lowerCase) {

  /** A Unicode normalisation form (Unicode Standard Annex 15), or none. */
  public enum Normalization {
    /** The text keeps its code points. */
    NONE,
    /** Canonical composition: é is one code point, however it was typed. */
    NFC,
    /** Compatibility composition: also full-width and ligature letters become plain ones. */
    NFKC
  }

  private static final TextCleaner STANDARD =
      new TextCleaner(true, true, true, Normalization.NFKC, TweetRules.none(), true);

  private static final TextCleaner NOTHING =
      new TextCleaner(false, false, false, Normalization.NONE, TweetRules.none(), false);

  /** Checks the settings. */
  public TextCleaner {
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(tweetRules, "tweetRules");
  }

  /** A cleaner of texts that are not tweets. */
  public TextCleaner(
      boolean lineBreaks,
      boolean tags,
      boolean entities,
      Normalization normalization,
      boolean lowerCase) {
    this(lineBreaks, tags, entities, normalization, TweetRules.none(), lowerCase);
  }

  /** The default: every step on, with NFKC, but those for tweets. */
  public static TextCleaner standard() {
    return STANDARD;
  }

  /** Every step on, those for tweets too; made for {@link Tokenizer#tweets()}. */
  public static TextCleaner tweets() {
    return STANDARD.withTweetRules(TweetRules.standard());
  }

  /** A cleaner that hands the text through as it is. */
  public static TextCleaner none() {
    return NOTHING;
  }

  /** The same cleaner with HTML treated (breaks, tags and entities together) or left alone. */
  public TextCleaner withHtml(boolean on) {
    return new TextCleaner(on, on, on, normalization, tweetRules, lowerCase);
  }

  /** The same cleaner with another Unicode form. */
  public TextCleaner withNormalization(Normalization form) {
    return new TextCleaner(lineBreaks, tags, entities, form, tweetRules, lowerCase);
  }

  /** The same cleaner with other rules for tweets. */
  public TextCleaner withTweetRules(TweetRules rules) {
    return new TextCleaner(lineBreaks, tags, entities, normalization, rules, lowerCase);
  }

  /** The same cleaner with letters brought to lower case or left as they are. */
  public TextCleaner withLowerCase(boolean on) {
    return new TextCleaner(lineBreaks, tags, entities, normalization, tweetRules, on);
  }

  /** The cleaned text. Any text is accepted, NUL and lone surrogates included. */
  public String clean(String text) {
    return clean(text, null);
  }

  /**
   * The cleaned text.
   *
   * @param trace what is told the way back to the original, or null
   */
  String clean(String text, @Nullable Trace trace) {
    String cleaned = Html.strip(text, lineBreaks, tags, entities, step(trace));
    cleaned =
        switch (normalization) {
          case NONE -> cleaned;
          case NFC -> NormalForm.NFC.of(cleaned, step(trace));
          // NFKC would tear the acute accent that people type for an apostrophe into a space and a
          // combining mark, and "don´t" into two words.
          case NFKC -> NormalForm.NFKC.of(cleaned.replace('\u00B4', '\''), step(trace));
        };
    cleaned = tweetRules.apply(cleaned, step(trace));
    return lowerCase ? lowerCase(cleaned) : cleaned;
  }

  private static @Nullable Edits step(@Nullable Trace trace) {
    return trace == null ? null : trace.step();
  }

  /** The settings as JSON values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lineBreaks", lineBreaks);
    map.put("tags", tags);
    map.put("entities", entities);
    map.put("normalization", normalization.name());
    if (!tweetRules.equals(TweetRules.none())) {
      map.put("tweets", tweetRules.toMap());
    }
    map.put("lowerCase", lowerCase);
    return map;
  }

  static TextCleaner fromMap(JsonFields fields) {
    TextCleaner cleaner =
        new TextCleaner(
            fields.truth("lineBreaks"),
            fields.truth("tags"),
            fields.truth("entities"),
            fields.constant("normalization", Normalization.class),
            fields.has("tweets") ? TweetRules.fromMap(fields.object("tweets")) : TweetRules.none(),
            fields.truth("lowerCase"));
    fields.expectNoMore();
    return cleaner;
  }

  /**
   * Lower case, char by char at the same place: no letter's lower case takes more chars or fewer.
   */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      lower.appendCodePoint(Character.toLowerCase(codePoint));
      i += Character.charCount(codePoint);
    }
    return lower.toString();
  }
}
