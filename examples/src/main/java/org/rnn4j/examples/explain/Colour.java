package org.rnn4j.examples.explain;

import org.rnn4j.examples.draw.Shade;

/**
 * A colour of a background, with what to write on it and where to find it among those of terminals.
 *
 * @param red from 0 to 255
 * @param green from 0 to 255
 * @param blue from 0 to 255
 */
record Colour(int red, int green, int blue) {
  /** White. */
  static final Colour WHITE = new Colour(255, 255, 255);

  /** Black. */
  static final Colour BLACK = new Colour(0, 0, 0);

  /** The levels of red, green and blue in the cube of colours 16 to 231 of a terminal. */
  private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};

  /**
   * A shade on white. A terminal has few pale colours, so that it gets all of the ink where pages
   * and pictures have a part of it.
   */
  static Colour of(Shade shade) {
    int ink = shade.ink().rgb();
    Colour full = new Colour(ink >> 16, ink >> 8 & 0xFF, ink & 0xFF);
    return WHITE.mixedWith(full, shade.share());
  }

  /** This colour mixed with another, of which it gets a share from 0 to 1. */
  Colour mixedWith(Colour other, double share) {
    return new Colour(
        mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
  }

  private static int mix(int a, int b, double share) {
    return (int) Math.round(a + (b - a) * share);
  }

  /**
   * Black or white, whichever stands out more: by the Web Content Accessibility Guidelines a
   * contrast of 4.58 at least, on any colour.
   */
  Colour ink() {
    return contrast(BLACK) >= contrast(WHITE) ? BLACK : WHITE;
  }

  /** The contrast with another colour by the Web Content Accessibility Guidelines, from 1 to 21. */
  double contrast(Colour other) {
    double lighter = Math.max(luminance(), other.luminance());
    double darker = Math.min(luminance(), other.luminance());
    return (lighter + 0.05) / (darker + 0.05);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : StrictMath.pow((share + 0.055) / 1.055, 2.4);
  }

  /** The nearest of the 216 colours that terminals of 256 colours have in their cube. */
  int indexed() {
    return 16 + 36 * level(red) + 6 * level(green) + level(blue);
  }

  private static int level(int value) {
    int nearest = 0;
    for (int i = 1; i < LEVELS.length; i++) {
      if (Math.abs(LEVELS[i] - value) < Math.abs(LEVELS[nearest] - value)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
