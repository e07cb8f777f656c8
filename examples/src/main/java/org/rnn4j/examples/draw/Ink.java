package org.rnn4j.examples.draw;

import java.util.List;
import java.util.Locale;

/**
 * The colours of a picture. Those of {@link #SERIES} are from the palette of Okabe and Ito (2008),
 * made to be told apart with any kind of colour vision; its yellow is left out, which can hardly be
 * seen on white. In SVG each is also a class, {@code ink-blue} for instance, by which a page may
 * give it another colour where the background is dark.
 */
public enum Ink {
  /** Texts and axes. */
  TEXT(0x222222),
  /** Texts of less weight. */
  MUTED(0x595959),
  /** Lines of a grid, and what is in the background. */
  GRID(0xD9D9D9),
  /** The background. */
  PAPER(0xFFFFFF),
  /** Texts on a filled area. */
  INVERSE(0xFFFFFF),
  /** Okabe and Ito's blue. */
  BLUE(0x0072B2),
  /** Okabe and Ito's vermilion. */
  VERMILION(0xD55E00),
  /** Okabe and Ito's bluish green. */
  GREEN(0x009E73),
  /** Okabe and Ito's reddish purple. */
  PURPLE(0xCC79A7),
  /** Okabe and Ito's orange. */
  ORANGE(0xE69F00),
  /** Okabe and Ito's sky blue. */
  SKY(0x56B4E9),
  /** Okabe and Ito's black, lighter. */
  GREY(0x444444);

  /** The colours of things that are compared, in the order of their use. */
  public static final List<Ink> SERIES = List.of(BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY);

  private final int rgb;

  Ink(int rgb) {
    this.rgb = rgb;
  }

  /** Red, green and blue on a white background, eight bits each. */
  public int rgb() {
    return rgb;
  }

  /** The name of the class in SVG. */
  String className() {
    return "ink-" + name().toLowerCase(Locale.ROOT);
  }

  /** The colour as SVG writes it. */
  String hex() {
    return String.format("#%06x", rgb);
  }
}
