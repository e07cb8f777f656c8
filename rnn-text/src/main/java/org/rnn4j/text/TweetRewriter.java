package org.rnn4j.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@link TweetRules} to one text in one pass from left to right. Every loop of a pattern
 * that is tried at many places is bounded, so that the time is linear in the text.
 */
final class TweetRewriter {
  private static final Pattern URL =
      Pattern.compile("(?i)(?:https?://|www\\.)[^\\s<>\"]++", Pattern.UNICODE_CASE);

  /** What ends a sentence rather than a URL. */
  private static final String AFTER_URL = ".,!?;:)]}'*\u2026\u2019\u201D";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}(?![\\p{L}\\p{N}@])"
              + "|(?:[a-z0-9-]{1,63}\\.){1,8}(?:"
              + "(?:com|net|org|edu|gov|info)(?![\\p{L}\\p{N}@_-]|\\.[\\p{L}\\p{N}])(?:/[^\\s<>\"]*+)?"
              + "|(?:co\\.uk|co|ly|me|fm|tv|gl|be|it|im|la|uk|us|de|fr)/[^\\s<>\"]++))");

  private static final Pattern MENTION = Pattern.compile("@[A-Za-z0-9_]++");
  private static final Pattern HASHTAG = Pattern.compile("#[\\p{L}\\p{M}\\p{N}_]++");
  private static final Pattern NUMBER =
      Pattern.compile("\\p{Nd}++(?:[.,:]\\p{Nd}++){0,20}+(?![\\p{L}\\p{M}\\p{N}_'\u2019])");
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}]++"
              + "(?:(?:['\u2019_]|(?<=\\p{Nd})[.,:](?=\\p{Nd}))[\\p{L}\\p{M}\\p{N}]++){0,20}+");

  private final TweetRules rules;
  private final String text;
  private final @Nullable Edits edits;
  private final StringBuilder out;
  private final Matcher matcher;

  /** Whether the last thing written must not touch what follows. */
  private boolean apart;

  /**
   * A rewriter of one text.
   *
   * @param edits what is told where the text changed, or null
   */
  TweetRewriter(TweetRules rules, String text, @Nullable Edits edits) {
    this.rules = rules;
    this.text = text;
    this.edits = edits;
    this.out = new StringBuilder(text.length() + 16);
    this.matcher = URL.matcher(text);
  }

  String rewrite() {
    for (int i = 0; i < text.length(); ) {
      i = next(i);
    }
    return out.toString();
  }

  /** Writes what starts at an index and returns the index behind it. */
  private int next(int i) {
    int end = Emoticons.placeholderEnd(text, i);
    if (end == i) {
      end = Emoticons.emoticonEnd(text, i);
    }
    if (end > i) {
      return copy(i, end);
    }
    int codePoint = text.codePointAt(i);
    boolean word = isWord(codePoint);
    if (rules.urls() && word && (end = urlEnd(i)) > i) {
      return replace(Emoticons.URL, i, end);
    }
    boolean free = i == 0 || apart || !isWord(text.codePointBefore(i));
    if (rules.mentions() && codePoint == '@' && free && (end = end(MENTION, i)) > i) {
      return replace(Emoticons.USER, i, end);
    }
    if (rules.hashtags() && codePoint == '#' && free && (end = end(HASHTAG, i)) > i) {
      String tag = text.substring(i + 1, end);
      if (tag.codePoints().anyMatch(Character::isLetter)) {
        replace(Emoticons.HASHTAG, i, i + 1);
        return hashtagWords(tag, i + 1);
      }
    }
    if (word) {
      return word(i);
    }
    return copy(i, i + Character.charCount(codePoint));
  }

  private int word(int i) {
    int end = end(NUMBER, i);
    if (end > i) {
      return rules.numbers() ? replace(Emoticons.NUMBER, i, end) : copy(i, end);
    }
    end = end(WORD, i);
    String word = text.substring(i, end);
    String squeezed = rules.elongations() ? squeeze(word) : word;
    if (squeezed.equals(word)) {
      return copy(i, end);
    }
    write(squeezed, i, end);
    if (isOneLetter(word)) {
      apart = true; // so that "wwww.x.y" does not begin to look like a URL
      return end;
    }
    return replace(Emoticons.ELONGATED, i, end);
  }

  /** Writes the words of a tag that starts at an index, and returns the index behind it. */
  private int hashtagWords(String tag, int start) {
    int wordStart = 0;
    for (int i = 1; i <= tag.length(); i++) {
      if (i == tag.length() || startsWord(tag, i)) {
        String word = tag.substring(wordStart, i).replace("_", "");
        if (!word.isEmpty()) {
          // The words of a tag go the way of words that stand by themselves.
          String rewritten = new TweetRewriter(rules, word, null).rewrite();
          write(rewritten, start + wordStart, start + i);
          apart = true;
        }
        wordStart = i;
      }
    }
    return start + tag.length();
  }

  private int urlEnd(int start) {
    int end = end(URL, start);
    if (end == start) {
      end = end(ADDRESS, start);
    }
    while (end > start && AFTER_URL.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private int end(Pattern pattern, int start) {
    matcher.usePattern(pattern).useTransparentBounds(true).region(start, text.length());
    return matcher.lookingAt() ? matcher.end() : start;
  }

  private int copy(int start, int end) {
    write(text.substring(start, end), start, end);
    return end;
  }

  private int replace(String placeholder, int start, int end) {
    apart = true;
    write(placeholder, start, end);
    apart = true;
    return end;
  }

  /**
   * Appends what a stretch of the text becomes, with a space before it where it would touch a
   * placeholder.
   */
  private void write(String piece, int start, int end) {
    int written = out.length();
    boolean touches = !out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1));
    if (apart && touches && !Character.isWhitespace(piece.charAt(0))) {
      out.append(' ');
      note(start, start, written);
    }
    written = out.length();
    out.append(piece);
    apart = false;
    if (end - start != piece.length() || !text.startsWith(piece, start)) {
      note(start, end, written);
    }
  }

  /** Notes what a stretch of the text became, from an index of what is written to its end. */
  private void note(int start, int end, int written) {
    if (edits != null) {
      edits.add(start, end, written, out.length());
    }
  }

  private static boolean startsWord(String tag, int i) {
    char before = tag.charAt(i - 1);
    char c = tag.charAt(i);
    if (before == '_') {
      return c != '_';
    }
    boolean lowerNext = i + 1 < tag.length() && Character.isLowerCase(tag.charAt(i + 1));
    if (Character.isUpperCase(c)) {
      return Character.isLowerCase(before)
          || Character.isDigit(before)
          || (Character.isUpperCase(before) && lowerNext);
    }
    return Character.isDigit(c)
        && Character.isLetter(before)
        && i + 1 < tag.length()
        && Character.isDigit(tag.charAt(i + 1));
  }

  /** A word without the repetition of letters that nobody spells. */
  private static String squeeze(String word) {
    StringBuilder squeezed = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); ) {
      int end = i + 1;
      while (end < word.length() && sameLetter(word.charAt(i), word.charAt(end))) {
        end++;
      }
      int kept = end - i;
      if (kept > 2) {
        kept = kept == word.length() ? 3 : end == word.length() ? 1 : 2;
      }
      squeezed.append(word, i, i + kept);
      i = end;
    }
    return squeezed.toString();
  }

  private static boolean isOneLetter(String word) {
    return word.chars().allMatch(c -> sameLetter(word.charAt(0), (char) c));
  }

  /** Whether two characters are one letter of a script that is written with spaces. */
  private static boolean sameLetter(char a, char b) {
    return Character.isLetter(a)
        && !Character.isIdeographic(a)
        && Character.toLowerCase(a) == Character.toLowerCase(b);
  }

  private static boolean isWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint);
  }
}
