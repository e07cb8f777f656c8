package org.rnn4j.examples.draw;

import java.util.List;

/** The shape that stands at a point of a series, so that series differ by more than colour. */
public enum Mark {
  /** A circle. */
  CIRCLE(List.of()),
  /** A square on its corner. */
  DIAMOND(
      List.of(new Point(0, -1.25), new Point(1.25, 0), new Point(0, 1.25), new Point(-1.25, 0))),
  /** A square. */
  SQUARE(
      List.of(
          new Point(-0.9, -0.9), new Point(0.9, -0.9), new Point(0.9, 0.9), new Point(-0.9, 0.9))),
  /** A triangle that points up. */
  TRIANGLE(List.of(new Point(0, -1.2), new Point(1.15, 0.85), new Point(-1.15, 0.85))),
  /** A triangle that points down. */
  WEDGE(List.of(new Point(0, 1.2), new Point(1.15, -0.85), new Point(-1.15, -0.85)));

  private final List<Point> corners;

  Mark(List<Point> corners) {
    this.corners = corners;
  }

  /** The shape at a place, about as wide as two radii. */
  Element at(Point centre, double radius, Ink ink) {
    if (corners.isEmpty()) {
      return new Element.Disc(centre, radius, ink);
    }
    return new Element.Area(
        corners.stream()
            .map(
                corner ->
                    new Point(centre.x() + radius * corner.x(), centre.y() + radius * corner.y()))
            .toList(),
        ink,
        1);
  }
}
