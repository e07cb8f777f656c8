package org.rnn4j.examples.draw;

/**
 * How a line is drawn.
 *
 * @param ink its colour
 * @param width its width in pixels
 * @param dash how it is broken
 * @param opacity from 0, nothing is seen, to 1
 */
public record Stroke(Ink ink, double width, Dash dash, double opacity) {

  /** A line in one piece. */
  public static Stroke of(Ink ink, double width) {
    return new Stroke(ink, width, Dash.FULL, 1);
  }

  /** The same line, broken otherwise. */
  public Stroke dash(Dash value) {
    return new Stroke(ink, width, value, opacity);
  }

  /** The same line, more or less transparent. */
  public Stroke opacity(double value) {
    return new Stroke(ink, width, dash, value);
  }
}
