package org.rnn4j.examples.report;

/** Writes elements of HTML, in which every text is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are names and values in turns. */
  Html open(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      text(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** An element with a text in it. */
  Html element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** A text, in which nothing is markup. */
  Html text(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return this;
  }

  /** What is HTML already. */
  Html raw(String html) {
    out.append(html);
    return this;
  }

  /** HTML has no place for most control characters and for halves of surrogate pairs. */
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
