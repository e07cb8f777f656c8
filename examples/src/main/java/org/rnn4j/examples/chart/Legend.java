package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/**
 * The names of what is drawn, in columns above a plot, where nothing can run into them. A name that
 * is too long for its column is cut.
 */
final class Legend {
  private static final double SAMPLE = 34;
  private static final double GAP = 10;
  private static final double ROW = 24;
  private static final int MOST_COLUMNS = 4;

  private record Entry(
      String name, @Nullable Stroke stroke, @Nullable Style mark, @Nullable Stroke ring) {}

  private final int mostColumns;
  private final List<Entry> entries = new ArrayList<>();

  Legend() {
    this(MOST_COLUMNS);
  }

  /** A legend of at most so many columns. */
  Legend(int mostColumns) {
    this.mostColumns = mostColumns;
  }

  /** A line with marks. */
  Legend series(String name, Style style) {
    entries.add(new Entry(name, style.stroke(), style, null));
    return this;
  }

  /** A line without marks. */
  Legend line(String name, Stroke stroke) {
    entries.add(new Entry(name, stroke, null, null));
    return this;
  }

  /** A mark without a line. */
  Legend mark(String name, Style style) {
    entries.add(new Entry(name, null, style, null));
    return this;
  }

  /** A ring around a mark. */
  Legend ring(String name, Stroke ring) {
    entries.add(new Entry(name, null, null, ring));
    return this;
  }

  /** A line of text without a sample. */
  Legend note(String text) {
    entries.add(new Entry(text, null, null, null));
    return this;
  }

  /**
   * Draws the names from a height downwards, and returns where the next thing may begin.
   *
   * @param x where the first column begins
   * @param width of all columns
   */
  double draw(Canvas canvas, double x, double y, double width) {
    if (entries.isEmpty()) {
      return y;
    }
    int columns = columns(width);
    double column = width / columns;
    int row = 0;
    int place = 0;
    for (Entry entry : entries) {
      boolean wide = needed(entry) > column;
      if (wide && place > 0) {
        row++;
        place = 0;
      }
      double room = wide ? width : column;
      draw(canvas, entry, x + place * column, y + ROW * row + ROW / 2, room - GAP);
      place = wide ? columns : place + 1;
      if (place == columns) {
        row++;
        place = 0;
      }
    }
    return y + ROW * (place == 0 ? row : row + 1);
  }

  /** As many columns as all but the longest names fit into. */
  private int columns(double width) {
    for (int columns = Math.min(mostColumns, entries.size()); columns > 1; columns--) {
      double room = width / columns;
      long tooWide = entries.stream().filter(entry -> needed(entry) > room).count();
      if (tooWide == 0 || (columns == 2 && 3 * tooWide <= entries.size())) {
        return columns;
      }
    }
    return 1;
  }

  private static double needed(Entry entry) {
    return indent(entry) + TextWidth.of(entry.name(), Plot.TEXT, false) + GAP;
  }

  private static double indent(Entry entry) {
    boolean sampled = entry.stroke() != null || entry.mark() != null || entry.ring() != null;
    return sampled ? SAMPLE + GAP : 0;
  }

  private static void draw(Canvas canvas, Entry entry, double x, double middle, double width) {
    if (entry.stroke() != null) {
      canvas.line(x, middle, x + SAMPLE, middle, entry.stroke());
    }
    Point centre = new Point(x + SAMPLE / 2, middle);
    if (entry.mark() != null) {
      canvas.mark(entry.mark().mark(), centre, Plot.MARK, entry.mark().ink());
    }
    if (entry.ring() != null) {
      canvas.ring(centre, Plot.RING, entry.ring());
    }
    double indent = indent(entry);
    canvas.text(
        x + indent,
        middle + Plot.TEXT * TextWidth.ASCENT / 2 - 1,
        TextWidth.fit(entry.name(), Plot.TEXT, false, width - indent),
        Plot.TEXT,
        Anchor.START,
        Ink.TEXT);
  }
}
