package org.rnn4j.examples.chart;

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

  /** The look of the series of that number, counted from 0. */
  static Style of(int number) {
    return new Style(
        Ink.SERIES.get(number % Ink.SERIES.size()),
        Dash.values()[number % Dash.values().length],
        Mark.values()[number % Mark.values().length]);
  }

  Style dash(Dash value) {
    return new Style(ink, value, mark);
  }

  Stroke stroke() {
    return Stroke.of(ink, WIDTH).dash(dash);
  }
}
