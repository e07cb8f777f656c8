package org.rnn4j.examples.explain;

/**
 * Colours for weights from −1 to 1: white for none, towards blue for what is above, towards orange
 * for what is below. Blue and vermilion are those of Okabe and Ito (2008), which people with any
 * kind of colour vision can tell apart; the sign should be readable without the colour all the
 * same.
 */
public final class ColourScale {
  private static final Colour ABOVE = new Colour(0x00, 0x72, 0xB2);
  private static final Colour BELOW = new Colour(0xD5, 0x5E, 0x00);

  /** Weights below this share of the greatest are as good as none, and stay white. */
  private static final double LEAST = 0.04;

  private ColourScale() {}

  /** The colour of a weight, 1 and −1 standing for all that is beyond. */
  public static Colour of(double weight) {
    double share = Math.min(1, Math.abs(weight));
    return Colour.WHITE.mixedWith(weight < 0 ? BELOW : ABOVE, share);
  }

  /** Whether a weight has a colour that can be seen. */
  public static boolean isSeen(double weight) {
    return Math.abs(weight) >= LEAST;
  }
}
