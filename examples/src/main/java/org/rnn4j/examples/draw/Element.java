package org.rnn4j.examples.draw;

import java.util.List;

/** One thing that is drawn; what comes later covers what came before. */
public sealed interface Element {

  /** Where a text stands to its point. */
  enum Anchor {
    /** It begins there. */
    START,
    /** Its middle is there. */
    MIDDLE,
    /** It ends there. */
    END
  }

  /** A line from point to point. */
  record Line(List<Point> points, Stroke stroke) implements Element {
    /** Copies the list. */
    public Line {
      points = List.copyOf(points);
    }
  }

  /** The inside of a polygon. */
  record Area(List<Point> corners, Ink ink, double opacity) implements Element {
    /** Copies the list. */
    public Area {
      corners = List.copyOf(corners);
    }
  }

  /** A full circle. */
  record Disc(Point centre, double radius, Ink ink) implements Element {}

  /** The rim of a circle. */
  record Ring(Point centre, double radius, Stroke stroke) implements Element {}

  /**
   * A line of text.
   *
   * @param at where its baseline is, at the {@code anchor}
   * @param upright whether it is turned by a quarter, to be read from the bottom up
   */
  record Text(
      Point at, String text, double size, Anchor anchor, boolean bold, boolean upright, Ink ink)
      implements Element {

    /** The box that the text takes at most, as two corners: left and top, right and bottom. */
    public List<Point> box() {
      double length = TextWidth.of(text, size, bold);
      double before =
          switch (anchor) {
            case START -> 0;
            case MIDDLE -> length / 2;
            case END -> length;
          };
      double ascent = TextWidth.ASCENT * size;
      double descent = TextWidth.DESCENT * size;
      return upright
          ? List.of(
              new Point(at.x() - ascent, at.y() - length + before),
              new Point(at.x() + descent, at.y() + before))
          : List.of(
              new Point(at.x() - before, at.y() - ascent),
              new Point(at.x() - before + length, at.y() + descent));
    }
  }
}
