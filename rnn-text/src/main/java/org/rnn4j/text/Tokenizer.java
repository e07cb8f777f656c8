package org.rnn4j.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a text into tokens in one pass, without a dictionary:
 *
 * <ul>
 *   <li>a word is a run of letters, digits and their combining marks, with single apostrophes
 *       (written {@code '} in the token, whichever was typed) and underscores inside: <i>don't</i>,
 *       <i>user_name</i>, <i>2nd</i>;
 *   <li>a number keeps a point or comma between two digits: <i>3.5</i>, <i>10,000</i>;
 *   <li>a Han ideograph or a hiragana letter, written without spaces, is a token by itself;
 *   <li>a run of one and the same punctuation mark or symbol is a token, cut to three marks:
 *       <i>!</i>, <i>...</i>;
 *   <li>an emoji is a token, with its skin tone, joined parts or second flag letter, without its
 *       variation selector;
 *   <li>where that is asked for, an emoticon is a token, with what is repeated in it once
 *       (<i>:)</i> for <i>:)))</i>, <i>&lt;3</i>, <i>^_^</i>), and so is a placeholder of {@link
 *       TweetRules} such as {@code <user>}.
 * </ul>
 *
 * <p>White space, control and format characters, unassigned and private code points and lone
 * surrogates separate tokens or vanish; so no token is empty or holds half a code point. A text
 * without tokens gives an empty list. Emoji are told by their code blocks, which do not change with
 * the Java version.
 *
 * <p>What {@link TextCleaner#tweets()} and {@link #tweets()} make of a tweet differs from NLTK's
 * {@code TweetTokenizer} (version 3.10, {@code preserve_case=False}) in this, apart from the
 * placeholders:
 *
 * <ul>
 *   <li>a word ends at a hyphen (<i>ant - man</i>; NLTK <i>ant-man</i>);
 *   <li>a run of one mark is one token of at most three (<i>!!!</i>; NLTK three tokens);
 *   <li>an emoticon with repeated parts is one token (<i>:)</i> for <i>:)))</i>; NLTK <i>:)</i>,
 *       <i>)</i>, <i>)</i>), is lower case like any token (<i>:d</i>), and does not stand between
 *       two letters or digits (<i>if:(x</i>). A mouth before its eyes needs a space before it; the
 *       frown <i>D:</i> is none, because of lists and <i>vitamin d:</i>, nor is <i>8)</i>. Pairs of
 *       eyes (<i>^_^</i>, <i>;_;</i>) are emoticons here only;
 *   <li>digits with points and commas are one number (<i>1,000.50</i>; NLTK three tokens);
 *   <li>arrows (<i>--&gt;</i>) and telephone numbers are not put together; an HTML tag is taken out
 *       by the cleaner.
 * </ul>
 *
 * @param punctuation whether punctuation marks and symbols are tokens; otherwise they only separate
 * @param emoji whether emoji are tokens; otherwise they only separate
 * @param emoticons whether emoticons and the placeholders of tweets are tokens; otherwise they are
 *     marks and words like any other
 */
public record Tokenizer(boolean punctuation, boolean emoji, boolean emoticons) {
  private static final int LONGEST_MARK_RUN = 3;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final Tokenizer STANDARD = new Tokenizer(true, true, false);
  private static final Tokenizer TWEETS = new Tokenizer(true, true, true);
  private static final Tokenizer WORDS_ONLY = new Tokenizer(false, false, false);

  /** A tokenizer to which emoticons are marks like any other. */
  public Tokenizer(boolean punctuation, boolean emoji) {
    this(punctuation, emoji, false);
  }

  /** What a code point is to the tokenizer. */
  private enum Kind {
    LETTER,
    DIGIT,
    /** Belongs to the letter before it. */
    COMBINING,
    /** A letter of a script without spaces. */
    SYLLABLE,
    MARK,
    EMOJI,
    /** Not seen: neither a token nor an end of one. */
    INVISIBLE,
    SEPARATOR
  }

  /** The default: words, punctuation and emoji. */
  public static Tokenizer standard() {
    return STANDARD;
  }

  /** Words, punctuation, emoji, emoticons and placeholders; for {@link TextCleaner#tweets()}. */
  public static Tokenizer tweets() {
    return TWEETS;
  }

  /** Words and numbers only. */
  public static Tokenizer wordsOnly() {
    return WORDS_ONLY;
  }

  /** Is told of each token and where in the text it stands. */
  @FunctionalInterface
  interface Sink {
    void accept(String token, int start, int end);
  }

  /** The tokens of a text, in order, as an unmodifiable list. */
  public List<String> tokenize(String text) {
    List<String> tokens = new ArrayList<>(text.length() / 5 + 1);
    tokenize(text, (token, start, end) -> tokens.add(token));
    return List.copyOf(tokens);
  }

  /** Hands out the tokens of a text, in order. */
  void tokenize(String text, Sink sink) {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int face = emoticons ? faceEnd(text, i) : i;
      if (face > i) {
        sink.accept(Emoticons.squeeze(text.substring(i, face)), i, face);
        i = face;
        continue;
      }
      int start = i;
      int codePoint = text.codePointAt(i);
      Kind kind = kind(codePoint);
      token.setLength(0);
      i =
          switch (kind) {
            case LETTER, DIGIT -> word(text, i, token);
            case MARK -> marks(text, i, token);
            case EMOJI -> emojiSequence(text, i, token);
            case SYLLABLE, COMBINING, INVISIBLE, SEPARATOR -> {
              token.appendCodePoint(codePoint);
              yield i + Character.charCount(codePoint);
            }
          };
      if (isToken(kind)) {
        sink.accept(token.toString(), start, i);
      }
    }
  }

  /** The settings as JSON values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("punctuation", punctuation);
    map.put("emoji", emoji);
    if (emoticons) {
      map.put("emoticons", true);
    }
    return map;
  }

  static Tokenizer fromMap(JsonFields fields) {
    Tokenizer tokenizer =
        new Tokenizer(
            fields.truth("punctuation"),
            fields.truth("emoji"),
            fields.has("emoticons") && fields.truth("emoticons"));
    fields.expectNoMore();
    return tokenizer;
  }

  /** Whether what starts with a code point of this kind is a token. */
  private boolean isToken(Kind kind) {
    return switch (kind) {
      case LETTER, DIGIT, SYLLABLE -> true;
      case MARK -> punctuation;
      case EMOJI -> emoji;
      case COMBINING, INVISIBLE, SEPARATOR -> false;
    };
  }

  /** The index behind the placeholder or emoticon that starts at an index, or the index itself. */
  private static int faceEnd(String text, int start) {
    int end = Emoticons.placeholderEnd(text, start);
    return end > start ? end : Emoticons.emoticonEnd(text, start);
  }

  /** Appends the word that starts at an index and returns the index behind it. */
  private static int word(String text, int start, StringBuilder word) {
    Kind last = Kind.SEPARATOR;
    int i = start;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      Kind kind = kind(codePoint);
      if (kind == Kind.LETTER || kind == Kind.DIGIT) {
        word.appendCodePoint(codePoint);
        last = kind;
      } else if (kind == Kind.COMBINING) {
        word.appendCodePoint(codePoint);
      } else if (kind == Kind.MARK && joins(codePoint, last, kindAt(text, end))) {
        word.appendCodePoint(isApostrophe(codePoint) ? '\'' : codePoint);
      } else if (kind != Kind.INVISIBLE) {
        break;
      }
      i = end;
    }
    return i;
  }

  /** Whether a mark between two characters makes one word of them. */
  private static boolean joins(int mark, Kind before, Kind after) {
    if (mark == '.' || mark == ',') {
      return before == Kind.DIGIT && after == Kind.DIGIT;
    }
    if (isApostrophe(mark)) {
      return after == Kind.LETTER;
    }
    return mark == '_' && (after == Kind.LETTER || after == Kind.DIGIT);
  }

  private static int marks(String text, int start, StringBuilder token) {
    int mark = text.codePointAt(start);
    int i = start;
    for (int count = 0; i < text.length() && text.codePointAt(i) == mark; count++) {
      if (count < LONGEST_MARK_RUN) {
        token.appendCodePoint(mark);
      }
      i += Character.charCount(mark);
    }
    return i;
  }

  private static int emojiSequence(String text, int start, StringBuilder token) {
    int first = text.codePointAt(start);
    token.appendCodePoint(first);
    int i = start + Character.charCount(first);
    if (isFlagLetter(first)) {
      if (i < text.length() && isFlagLetter(text.codePointAt(i))) {
        token.appendCodePoint(text.codePointAt(i));
        i += 2;
      }
      return i;
    }
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      if (codePoint == ZERO_WIDTH_JOINER && kindAt(text, end) == Kind.EMOJI) {
        int joined = text.codePointAt(end);
        token.appendCodePoint(codePoint).appendCodePoint(joined);
        end += Character.charCount(joined);
      } else if (isSkinTone(codePoint) || isTag(codePoint)) {
        token.appendCodePoint(codePoint);
      } else if (!isVariationSelector(codePoint)) {
        break;
      }
      i = end;
    }
    return i;
  }

  private static Kind kindAt(String text, int index) {
    return index < text.length() ? kind(text.codePointAt(index)) : Kind.SEPARATOR;
  }

  private static Kind kind(int codePoint) {
    if (codePoint < 0x80) {
      return asciiKind(codePoint);
    }
    if (isVariationSelector(codePoint)) {
      return Kind.INVISIBLE;
    }
    if (codePoint >= 0x1F000 && codePoint <= 0x1FAFF) {
      return Kind.EMOJI;
    }
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER ->
          isSyllable(codePoint) ? Kind.SYLLABLE : Kind.LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER -> Kind.DIGIT;
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> Kind.COMBINING;
      case Character.ENCLOSING_MARK, Character.FORMAT -> Kind.INVISIBLE;
      case Character.OTHER_SYMBOL ->
          codePoint >= 0x2300 && codePoint <= 0x2BFF ? Kind.EMOJI : Kind.MARK;
      case Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          Kind.MARK;
      default -> Kind.SEPARATOR;
    };
  }

  private static Kind asciiKind(int c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return Kind.LETTER;
    }
    if (c >= '0' && c <= '9') {
      return Kind.DIGIT;
    }
    return c > ' ' && c != 0x7F ? Kind.MARK : Kind.SEPARATOR;
  }

  private static boolean isSyllable(int codePoint) {
    return Character.isIdeographic(codePoint) || (codePoint >= 0x3041 && codePoint <= 0x309F);
  }

  private static boolean isApostrophe(int codePoint) {
    return codePoint == '\'' || codePoint == 0x2019 || codePoint == 0xFF07;
  }

  private static boolean isFlagLetter(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
  }

  private static boolean isSkinTone(int codePoint) {
    return codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
  }

  /** The invisible letters that spell the flags of England, Scotland and Wales. */
  private static boolean isTag(int codePoint) {
    return codePoint >= 0xE0020 && codePoint <= 0xE007F;
  }

  private static boolean isVariationSelector(int codePoint) {
    return codePoint >= 0xFE00 && codePoint <= 0xFE0F;
  }
}
