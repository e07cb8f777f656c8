package org.rnn4j.examples.draw;

import java.util.List;

/** How a line is broken, so that lines differ by more than colour. */
public enum Dash {
  /** One piece. */
  FULL(List.of()),
  /** Dashes. */
  DASHED(List.of(7, 4)),
  /** Dots. */
  DOTTED(List.of(2, 4)),
  /** A dash and a dot in turns. */
  DASH_DOT(List.of(9, 3, 2, 3));

  private final List<Integer> pattern;

  Dash(List<Integer> pattern) {
    this.pattern = pattern;
  }

  /** Lengths of strokes and gaps in turns, in pixels; empty for a line in one piece. */
  public List<Integer> pattern() {
    return pattern;
  }
}
