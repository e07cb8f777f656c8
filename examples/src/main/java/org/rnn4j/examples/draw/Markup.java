package org.rnn4j.examples.draw;

/** Writes elements of HTML or XML, in which every text is escaped. */
public final class Markup {
  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are names and values in turns. */
  public Markup open(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1]));
      out.append('"');
    }
    out.append('>');
    return this;
  }

  /** Closes an element, and ends the line. */
  public Markup close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** An element with a text in it. */
  public Markup element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** A text, in which nothing is markup. */
  public Markup text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** What is markup already. */
  public Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  /**
   * A text as the content of an element, or of an attribute in double quotation marks: what has a
   * meaning in markup is escaped, each end of a line is one line feed, and what markup cannot hold
   * (control characters, halves of surrogate pairs) is replaced.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    boolean control = (c < ' ' && c != '\t' && c != '\n') || (c >= 0x7F && c <= 0x9F);
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !half && (c & 0xFFFE) != 0xFFFE;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
