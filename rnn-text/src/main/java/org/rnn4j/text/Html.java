package org.rnn4j.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes HTML out of a text in one pass: block elements become a space, inline tags vanish,
 * character references become the characters they name. What is not well-formed stays as it is.
 */
final class Html {
  private static final Set<String> BLOCKS =
      Set.of(
          "article",
          "aside",
          "blockquote",
          "body",
          "br",
          "caption",
          "center",
          "dd",
          "div",
          "dl",
          "dt",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "head",
          "header",
          "hr",
          "html",
          "li",
          "main",
          "nav",
          "ol",
          "option",
          "p",
          "pre",
          "section",
          "select",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "title",
          "tr",
          "ul");

  private static final Set<String> INLINES =
      Set.of(
          "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "i", "img",
          "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
          "sub", "sup", "tt", "u", "var");

  /** The names of U+00A0 to U+00FF, in order. */
  private static final String LATIN_1_NAMES =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
          + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
          + " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute"
          + " ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, Integer> NAMED = named();

  /**
   * The characters that references to 128 … 159 mean: HTML reads them as Windows-1252, because that
   * is what the pages that hold them were written in. A zero stands where Windows-1252 has none.
   */
  private static final String WINDOWS_1252 =
      "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0"
          + "\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

  /** The longest reference that is looked for: {@code &#x10FFFF;}. */
  private static final int LONGEST_REFERENCE = 10;

  private Html() {}

  /**
   * The text without its HTML.
   *
   * @param edits what is told where the text changed, or null
   */
  static String strip(
      String text, boolean breaks, boolean tags, boolean entities, @Nullable Edits edits) {
    boolean markup = (breaks || tags) && text.indexOf('<') >= 0;
    boolean references = entities && text.indexOf('&') >= 0;
    if (!markup && !references) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int end = i + 1;
      int written = plain.length();
      if (c == '<' && markup) {
        end = appendTag(plain, text, i, breaks, tags);
      } else if (c == '&' && references) {
        end = appendReference(plain, text, i);
      } else {
        plain.append(c);
      }
      if (edits != null && end > i + 1) {
        edits.add(i, end, written, plain.length());
      }
      i = end;
    }
    return plain.toString();
  }

  /** Appends what the tag at {@code start} leaves behind and returns where the text goes on. */
  private static int appendTag(
      StringBuilder plain, String text, int start, boolean breaks, boolean tags) {
    int nameStart = start + 1;
    if (nameStart < text.length() && text.charAt(nameStart) == '/') {
      nameStart++;
    }
    int nameEnd = nameStart;
    // The longest known name has ten letters, so a longer run need not be walked to its end.
    while (nameEnd < text.length() && nameEnd - nameStart <= 10 && isNameCharacter(text, nameEnd)) {
      nameEnd++;
    }
    String name = asciiLowerCase(text.substring(nameStart, nameEnd));
    boolean block = breaks && BLOCKS.contains(name);
    int end = block || (tags && INLINES.contains(name)) ? tagEnd(text, nameEnd) : -1;
    if (end < 0) {
      plain.append('<');
      return start + 1;
    }
    if (block) {
      plain.append(' ');
    }
    return end;
  }

  /**
   * The index behind the tag's closing bracket, or −1. Stops at the next tag, so scans never
   * overlap.
   */
  private static int tagEnd(String text, int nameEnd) {
    for (int i = nameEnd; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return i + 1;
      }
      boolean separator = c == '/' || Character.isWhitespace(c);
      if (c == '<' || (i == nameEnd && !separator)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isNameCharacter(String text, int index) {
    char c = text.charAt(index);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String asciiLowerCase(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < lower.length(); i++) {
      lower.setCharAt(i, Character.toLowerCase(lower.charAt(i)));
    }
    return lower.toString();
  }

  /** Appends the character that the reference at {@code start} names; returns where to go on. */
  private static int appendReference(StringBuilder plain, String text, int start) {
    int limit = Math.min(text.length(), start + LONGEST_REFERENCE);
    int end = start + 1;
    while (end < limit && text.charAt(end) != ';') {
      end++;
    }
    int codePoint = -1;
    if (end < limit) {
      String name = text.substring(start + 1, end);
      codePoint = name.startsWith("#") ? numbered(name) : NAMED.getOrDefault(name, -1);
    }
    if (codePoint < 0) {
      plain.append('&');
      return start + 1;
    }
    plain.appendCodePoint(codePoint);
    return end + 1;
  }

  private static int numbered(String name) {
    boolean hexadecimal = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    int radix = hexadecimal ? 16 : 10;
    int first = hexadecimal ? 2 : 1;
    int codePoint = 0;
    for (int i = first; i < name.length(); i++) {
      char c = name.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      codePoint = codePoint * radix + digit;
    }
    if (codePoint >= 128 && codePoint < 160) {
      codePoint = WINDOWS_1252.charAt(codePoint - 128);
    }
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    return codePoint == 0 || surrogate || codePoint > Character.MAX_CODE_POINT ? -1 : codePoint;
  }

  private static Map<String, Integer> named() {
    Map<String, Integer> named = new HashMap<>();
    int codePoint = 0xA0;
    for (String name : LATIN_1_NAMES.split(" ", -1)) {
      named.put(name, codePoint++);
    }
    named.put("quot", (int) '"');
    named.put("amp", (int) '&');
    named.put("apos", (int) '\'');
    named.put("lt", (int) '<');
    named.put("gt", (int) '>');
    named.put("ndash", 0x2013);
    named.put("mdash", 0x2014);
    named.put("lsquo", 0x2018);
    named.put("rsquo", 0x2019);
    named.put("ldquo", 0x201C);
    named.put("rdquo", 0x201D);
    named.put("bull", 0x2022);
    named.put("hellip", 0x2026);
    named.put("euro", 0x20AC);
    named.put("trade", 0x2122);
    named.put("hearts", 0x2665);
    return Map.copyOf(named);
  }
}
