package org.rnn4j.examples.chart;

import java.util.List;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Mark;
import org.rnn4j.examples.draw.Stroke;

/**
 * How a series looks. Two series that are drawn together differ in colour, mark and dash as far as
 * these reach; no two of the first 28 agree in both colour and dash.
 */
record Style(Ink ink, Dash dash, Mark mark) {
  private static final double WIDTH = 2;
  private static final List<Dash> DASHES =
      List.of(Dash.FULL, Dash.DASHED, Dash.DOTTED, Dash.DASH_DOT);
  private static final List<Mark> MARKS =
      List.of(Mark.CIRCLE, Mark.DIAMOND, Mark.SQUARE, Mark.TRIANGLE, Mark.WEDGE);

  /** The look of the series of that number, counted from 0. */
  static Style of(int number) {
    return new Style(
        Ink.SERIES.get(number % Ink.SERIES.size()),
        DASHES.get(number % DASHES.size()),
        MARKS.get(number % MARKS.size()));
  }

  Style dash(Dash value) {
    return new Style(ink, value, mark);
  }

  Stroke stroke() {
    return Stroke.of(ink, WIDTH).dash(dash);
  }
}
