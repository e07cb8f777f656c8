package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.chart.Axis.Tick;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/**
 * A rectangle with two axes, on which lines, marks and bars are drawn by their values. The title of
 * the upward axis stands above it, where it can be read without turning the head. Labels of ticks
 * are thinned out until none touches another; names that do not fit side by side are turned, and
 * cut if they are very long.
 */
final class Plot {
  /** The size of texts. */
  static final double TEXT = 15;

  /** The radius of a mark. */
  static final double MARK = 4.5;

  /** The radius of a ring around a mark. */
  static final double RING = 9;

  private static final double TITLE = 30;
  private static final double GAP = 8;
  private static final double RIGHT = 26;
  private static final double TICK_GAP = 36;
  private static final double LONGEST_NAME = 150;
  private static final double NEAREST = 0.5;
  private static final Stroke GRID = Stroke.of(Ink.GRID, 1);
  private static final Stroke BASE = Stroke.of(Ink.MUTED, 1);

  private final Canvas canvas;
  private final Axis across;
  private final Axis up;
  private final double left;
  private final double top;
  private final double right;
  private final double bottom;

  /**
   * Draws the axes.
   *
   * @param box the room for the plot with all its labels
   */
  Plot(Canvas canvas, Box box, Axis across, Axis up) {
    this(canvas, box, across, up, 0);
  }

  /**
   * Draws the axes.
   *
   * @param box the room for the plot with all its labels
   * @param leastLabels least room for the labels of the upward axis, so that plots below each other
   *     can begin at one place
   */
  Plot(Canvas canvas, Box box, Axis across, Axis up, double leastLabels) {
    this.canvas = canvas;
    this.across = across;
    this.up = up;
    double above = up.title().isEmpty() ? GAP : TITLE;
    int mostUp = (int) Math.max(2, (box.height() - above - 2 * TITLE) / TICK_GAP);
    List<Tick> upTicks = up.ticks(mostUp);
    double widest = upTicks.stream().mapToDouble(tick -> width(tick.label())).max().orElse(0);
    widest = Math.max(leastLabels, widest);
    left = box.x() + Math.min(widest, box.width() / 3) + GAP;
    right = box.x() + box.width() - RIGHT;
    top = box.y() + above;
    List<Tick> acrossTicks = acrossTicks();
    boolean turned = across.hasNames() && overlap(acrossTicks);
    double longest = acrossTicks.stream().mapToDouble(tick -> width(tick.label())).max().orElse(0);
    double below = turned ? Math.min(LONGEST_NAME, longest) + 2 * GAP : TEXT + GAP;
    double titleRoom = across.title().isEmpty() ? 0 : TEXT + GAP;
    bottom = box.y() + box.height() - below - titleRoom;
    drawUp(box, upTicks);
    drawAcross(acrossTicks, turned);
    if (!across.title().isEmpty()) {
      canvas.text(
          (left + right) / 2,
          box.y() + box.height() - TEXT * TextWidth.DESCENT,
          TextWidth.fit(across.title(), TEXT, false, right - left),
          TEXT,
          Anchor.MIDDLE,
          Ink.MUTED);
    }
  }

  /** A rectangle in pixels. */
  record Box(double x, double y, double width, double height) {}

  double x(double value) {
    return left + across.position(value) * (right - left);
  }

  double y(double value) {
    return bottom - up.position(value) * (bottom - top);
  }

  Point at(double x, double y) {
    return new Point(x(x), y(y));
  }

  /** Whether there is a place for a point on the plot. */
  boolean shows(double x, double y) {
    return across.spans(x) && up.spans(y);
  }

  double left() {
    return left;
  }

  double right() {
    return right;
  }

  double top() {
    return top;
  }

  double bottom() {
    return bottom;
  }

  /** A line through values; one that has no place on the plot is a gap. */
  void line(List<Point> values, Stroke stroke) {
    List<Point> piece = new ArrayList<>();
    for (Point value : values) {
      if (shows(value.x(), value.y())) {
        piece.add(at(value.x(), value.y()));
      } else {
        canvas.line(thinned(piece), stroke);
        piece = new ArrayList<>();
      }
    }
    canvas.line(thinned(piece), stroke);
  }

  /** A mark at a value, if it has a place on the plot. */
  void mark(double x, double y, Style style) {
    if (shows(x, y)) {
      canvas.mark(style.mark(), at(x, y), MARK, style.ink());
    }
  }

  /** A ring around a value, if it has a place on the plot. */
  void ring(double x, double y, Stroke stroke) {
    if (shows(x, y)) {
      canvas.ring(at(x, y), RING, stroke);
    }
  }

  /** A bar from 0 to a value, from one place to another. */
  void bar(double from, double to, double value, Ink ink, double opacity) {
    if (value > 0) {
      canvas.box(x(from), y(value), x(to) - x(from), bottom - y(value), ink, opacity);
    }
  }

  /** A line from the bottom to the top. */
  void vertical(double x, Stroke stroke) {
    if (across.spans(x)) {
      canvas.line(x(x), top, x(x), bottom, stroke);
    }
  }

  /** A text in the middle, where there is nothing else to see. */
  void say(String text) {
    String said = TextWidth.fit(text, TEXT, false, right - left);
    double width = width(said) + 2 * GAP;
    double middle = (left + right) / 2;
    canvas.box(middle - width / 2, (top + bottom) / 2 - TEXT, width, 1.5 * TEXT, Ink.PAPER, 1);
    canvas.text(middle, (top + bottom) / 2, said, TEXT, Anchor.MIDDLE, Ink.MUTED);
  }

  /** Leaves out points that could not be told from the one before them. */
  private static List<Point> thinned(List<Point> points) {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      Point last = kept.isEmpty() ? point : kept.get(kept.size() - 1);
      boolean apart =
          Math.abs(point.x() - last.x()) >= NEAREST || Math.abs(point.y() - last.y()) >= NEAREST;
      if (kept.isEmpty() || apart || i == points.size() - 1) {
        kept.add(point);
      }
    }
    return kept;
  }

  private List<Tick> acrossTicks() {
    for (int most = 9; most > 1; most--) {
      List<Tick> ticks = across.ticks(most);
      if (across.hasNames() || !overlap(ticks)) {
        return ticks;
      }
    }
    return across.ticks(1);
  }

  private boolean overlap(List<Tick> ticks) {
    for (int i = 1; i < ticks.size(); i++) {
      double between = x(ticks.get(i).value()) - x(ticks.get(i - 1).value());
      double needed = (width(ticks.get(i).label()) + width(ticks.get(i - 1).label())) / 2 + GAP;
      if (needed > between) {
        return true;
      }
    }
    return ticks.size() == 1 && width(ticks.get(0).label()) > right - left;
  }

  private void drawUp(Box box, List<Tick> ticks) {
    if (!up.title().isEmpty()) {
      canvas.bold(
          box.x(),
          box.y() + TEXT + 1,
          TextWidth.fit(up.title(), TEXT, true, box.width()),
          TEXT,
          Anchor.START,
          Ink.TEXT);
    }
    for (Tick tick : ticks) {
      double y = y(tick.value());
      canvas.line(left, y, right, y, GRID);
      canvas.text(
          left - GAP,
          y + TEXT * TextWidth.ASCENT / 2 - 1,
          TextWidth.fit(tick.label(), TEXT, false, left - box.x() - GAP),
          TEXT,
          Anchor.END,
          Ink.MUTED);
    }
  }

  private void drawAcross(List<Tick> ticks, boolean turned) {
    canvas.line(left, bottom, right, bottom, BASE);
    for (Tick tick : ticks) {
      double x = x(tick.value());
      canvas.line(x, bottom, x, bottom + 4, BASE);
      if (turned) {
        canvas.upright(
            x + TEXT * TextWidth.ASCENT / 2,
            bottom + GAP,
            TextWidth.fit(tick.label(), TEXT, false, LONGEST_NAME),
            TEXT,
            Anchor.END,
            Ink.MUTED);
      } else {
        canvas.text(x, bottom + TEXT + 6, tick.label(), TEXT, Anchor.MIDDLE, Ink.MUTED);
      }
    }
  }

  private static double width(String text) {
    return TextWidth.of(text, TEXT, false);
  }
}
