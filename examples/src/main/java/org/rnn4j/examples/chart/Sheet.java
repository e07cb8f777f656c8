package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.chart.Plot.Box;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.TextWidth;

/** What every picture is drawn on, from the top down: a title, a legend, and plots in rows. */
final class Sheet {
  /** The width of all pictures. */
  static final double WIDTH = 800;

  /** What is free on every side. */
  static final double MARGIN = 16;

  /** The width within the margins. */
  static final double INNER = WIDTH - 2 * MARGIN;

  private static final double TITLE = 18;
  private static final double GAP = 14;

  private final Canvas canvas = new Canvas(WIDTH);
  private final String title;
  private double y = MARGIN;

  Sheet(String title) {
    this.title = title;
    canvas.bold(
        MARGIN,
        y + TITLE * TextWidth.ASCENT,
        TextWidth.fit(title, TITLE, true, INNER),
        TITLE,
        Anchor.START,
        Ink.TEXT);
    y += TITLE + GAP;
  }

  Canvas canvas() {
    return canvas;
  }

  /** Where the next thing begins. */
  double y() {
    return y;
  }

  /** Leaves room for what was drawn below the last thing. */
  void skip(double height) {
    y += height;
  }

  /** Draws a legend over the whole width. */
  void legend(Legend legend) {
    double end = legend.draw(canvas, MARGIN, y, INNER);
    y = end > y ? end + GAP : y;
  }

  /** Room over the whole width. */
  Box box(double height) {
    return row(1, height).get(0);
  }

  /** Rooms of one height side by side. */
  List<Box> row(int count, double height) {
    double width = (INNER - (count - 1) * GAP) / count;
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(new Box(MARGIN + i * (width + GAP), y, width, height));
    }
    y += height + GAP;
    return boxes;
  }

  Picture picture(String description) {
    return canvas.picture(y - GAP + MARGIN, title, description);
  }
}
