package org.rnn4j.examples.draw;

/**
 * The background of something that was weighed: none for a weight of 0, towards blue for what is
 * above, towards vermilion for what is below. People with any kind of colour vision can tell the
 * two apart; the sign should be readable without the colour all the same.
 *
 * @param ink the colour of the sign
 * @param share how much of the colour, from 0 to 1
 */
public record Shade(Ink ink, double share) {
  /** Weights below this share of the greatest are as good as none. */
  private static final double LEAST = 0.04;

  /** The opacity of the full colour, on which dark texts can be read, and light ones by night. */
  private static final double DEEPEST = 0.6;

  /** The shade of a weight from −1 to 1, which stand for all that is beyond. */
  public static Shade of(double weight) {
    return new Shade(weight < 0 ? Ink.VERMILION : Ink.BLUE, Math.min(1, Math.abs(weight)));
  }

  /** Whether it can be told from none. */
  public boolean isSeen() {
    return share >= LEAST;
  }

  /** How opaque the ink is on paper. */
  public double opacity() {
    return DEEPEST * share;
  }
}
