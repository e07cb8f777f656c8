package org.rnn4j.examples.draw;

/**
 * How much room a text takes at most, told without a font, so that a layout is the same on every
 * machine. The widths are those of DejaVu Sans and Verdana, the widest of the usual fonts without
 * serifs: a text in any of them fits.
 */
public final class TextWidth {
  /** The height above the baseline, as a share of the size of the font. */
  public static final double ASCENT = 0.78;

  /** The depth below the baseline, as a share of the size of the font. */
  public static final double DESCENT = 0.22;

  private static final String ELLIPSIS = "…";
  private static final double BOLD = 1.15;
  private static final double ROUNDING = 1e-6;

  /** Hundredths of the font's size, from the blank to the tilde. */
  private static final int[] ASCII = {
    32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, // blank to /
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, // 0 to ?
    100, 68, 69, 70, 77, 63, 58, 78, 75, 30, 30, 66, 56, 86, 75, 79, // @ to O
    60, 79, 70, 64, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, // P to _
    50, 61, 64, 55, 64, 62, 35, 64, 63, 28, 28, 58, 28, 97, 63, 61, // ` to o
    64, 64, 41, 52, 39, 63, 59, 82, 59, 59, 53, 64, 34, 64, 84 // p to ~
  };

  private TextWidth() {}

  /** The width of a line of text in pixels. */
  public static double of(String text, double size, boolean bold) {
    long hundredths = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      hundredths += hundredths(codePoint);
      i += Character.charCount(codePoint);
    }
    return hundredths * size / 100 * (bold ? BOLD : 1);
  }

  /** The text, or as much of its beginning as fits into a width, with an ellipsis behind it. */
  public static String fit(String text, double size, boolean bold, double width) {
    if (of(text, size, bold) <= width + ROUNDING) {
      return text;
    }
    int end = text.length();
    while (end > 0) {
      end = text.offsetByCodePoints(end, -1);
      String shorter = text.substring(0, end).stripTrailing() + ELLIPSIS;
      if (of(shorter, size, bold) <= width + ROUNDING) {
        return shorter;
      }
    }
    return "";
  }

  private static int hundredths(int codePoint) {
    int index = codePoint - ' ';
    if (index >= 0 && index < ASCII.length) {
      return ASCII[index];
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
      return 0;
    }
    if (codePoint < 0x250) {
      return Character.isLowerCase(codePoint) ? 66 : 84;
    }
    return codePoint < 0x10000 ? 100 : 137;
  }
}
