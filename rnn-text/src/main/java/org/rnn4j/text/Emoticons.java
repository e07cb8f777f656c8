package org.rnn4j.text;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds faces and hearts made of punctuation, and the placeholders that stand for parts of tweets.
 * Both are told by what stands around them too, so that <i>10:30</i>, <i>http://</i>, <i>if:(x</i>
 * and <i>Download:Part</i> hold none. Kept in one place, since the cleaner must leave alone what
 * the tokenizer is to find.
 */
final class Emoticons {
  static final String URL = "<url>";
  static final String USER = "<user>";
  static final String HASHTAG = "<hashtag>";
  static final String NUMBER = "<number>";
  static final String ELONGATED = "<elong>";

  /** Ours, and the others of the GloVe vectors of tweets, which a text may bring with it. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          URL,
          USER,
          HASHTAG,
          NUMBER,
          ELONGATED,
          "<allcaps>",
          "<repeat>",
          "<smile>",
          "<sadface>",
          "<neutralface>",
          "<lolface>",
          "<heart>");

  private static final int LONGEST_PLACEHOLDER = 13;

  /** What the first character of an emoticon may be. */
  private static final String FIRST = "<>:;=)([]xX8oO0tTuU^-*.@$~\u00AC\u0CA0\\";

  private static final String NOT_AFTER_WORD = "(?<![\\p{L}\\p{N}])";
  private static final String NOT_BEFORE_WORD = "(?![\\p{L}\\p{N}])";

  /**
   * Repetitions are bounded by {@link #squeeze}, and every loop is over one character, so that the
   * time is linear in what is read.
   */
  private static final Pattern EMOTICON =
      Pattern.compile(
          String.join(
              "|",
              // Hearts, whole and broken.
              "</?3++(?![\\p{L}\\p{N}]|[.,]\\p{N})",
              // Eyes, nose, mouth: :) ;-( =] :'( >:/
              ">?[:;=]'?[-~^*o]?(?:\\)++|\\(++|\\]++|\\[++|\\}++|\\{++|\\|++|\\\\++|\\*++|/(?!/))",
              // A letter, a digit or a sign that begins words as the mouth: :D :P :3 :@
              NOT_AFTER_WORD
                  + ">?[:;=]'?[-~^*o]?(?:[dD]++|[pP]++|[oO]++|[sS]++|[xX]++|[cC]++|3++|@++|\\$++)"
                  + NOT_BEFORE_WORD,
              NOT_AFTER_WORD + "(?:[xX]-?[dD]++|[xX8]-[)(]++)" + NOT_BEFORE_WORD,
              // Mouth first, behind a space only: (: )-; [=
              "(?<!\\S)(?:\\)++|\\(++|\\]++|\\[++)[-~^*o]?'?[:;=](?![\\p{L}\\p{N}:;=/)(])",
              // Two eyes: ^_^ -_- >_< o_O T_T \o/
              "[-^>=*;.@$~\u00AC\u0CA0]_++[-^<=*;.@$~\u00AC\u0CA0]",
              "\\^[-.]?\\^|>\\.<|;-;",
              NOT_AFTER_WORD
                  + "(?:[oO][_.]++[oO]|0_++0|[tT]_++[tT]|[uU]_++[uU]|[xX]_++[xX]|\\\\[oO]/)"
                  + NOT_BEFORE_WORD));

  private Emoticons() {}

  /** The index behind the placeholder that starts at an index, or the index itself. */
  static int placeholderEnd(String text, int start) {
    if (text.charAt(start) != '<') {
      return start;
    }
    int limit = Math.min(text.length(), start + LONGEST_PLACEHOLDER);
    int end = start + 1;
    while (end < limit && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
      end++;
    }
    boolean closed = end < limit && text.charAt(end) == '>';
    return closed && PLACEHOLDERS.contains(text.substring(start, end + 1)) ? end + 1 : start;
  }

  /** The index behind the emoticon that starts at an index, or the index itself. */
  static int emoticonEnd(String text, int start) {
    if (FIRST.indexOf(text.charAt(start)) < 0) {
      return start;
    }
    Matcher matcher = EMOTICON.matcher(text).region(start, text.length());
    if (!matcher.useTransparentBounds(true).lookingAt()) {
      return start;
    }
    boolean insideWord = isWord(text, start - 1) && isWord(text, matcher.end());
    return insideWord ? start : matcher.end();
  }

  /** An emoticon with what is repeated in it once: <i>:)</i> for <i>:)))</i>. */
  static String squeeze(String emoticon) {
    if (emoticon.equals("^^")) {
      return emoticon;
    }
    StringBuilder squeezed = new StringBuilder(emoticon.length());
    for (int i = 0; i < emoticon.length(); i++) {
      if (i == 0 || emoticon.charAt(i) != emoticon.charAt(i - 1)) {
        squeezed.append(emoticon.charAt(i));
      }
    }
    return squeezed.toString();
  }

  private static boolean isWord(String text, int index) {
    return index >= 0 && index < text.length() && Character.isLetterOrDigit(text.charAt(index));
  }
}
