package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;

/**
 * Whether probabilities mean what they say: for bins of probability how often the judgement was
 * right, beside the diagonal on which the two are the same, and below it how many judgements each
 * bin holds.
 */
public final class CalibrationPicture {
  private static final double HEIGHT = 360;
  private static final double COUNTS_HEIGHT = 190;
  private static final double LABELS = 80;
  private static final double LEAST_SHARE = 1e-9;
  private static final Stroke REFERENCE = Stroke.of(Ink.MUTED, 1.5).dash(Dash.DOTTED);

  /**
   * Judgements of similar probability.
   *
   * @param lower where the bin begins
   * @param upper where it ends
   * @param count how many judgements it holds
   * @param probability the mean of their probabilities
   * @param frequency the share of them that was right
   */
  public record Bin(double lower, double upper, long count, double probability, double frequency) {}

  private CalibrationPicture() {}

  /**
   * Draws the bins.
   *
   * @param bins in ascending order; empty ones are left out
   * @param expectedError the mean distance from the diagonal, by count
   */
  public static Picture of(List<Bin> bins, double expectedError) {
    List<Bin> filled = bins.stream().filter(bin -> bin.count() > 0).toList();
    Sheet sheet = new Sheet("Calibration");
    Style style = Style.of(0);
    sheet.legend(
        new Legend()
            .series("judgements, in bins of probability", style)
            .line("as right as it says", REFERENCE));
    double from =
        Math.max(0, filled.stream().mapToDouble(Bin::lower).min().orElse(0) - LEAST_SHARE);
    Axis across = Axis.shares("", from - 0.01, 1.01);
    Plot plot =
        new Plot(
            sheet.canvas(),
            sheet.box(HEIGHT),
            across,
            Axis.shares("how often it was right", -0.01, 1.01),
            LABELS);
    plot.line(List.of(new Point(from, from), new Point(1, 1)), REFERENCE);
    List<Point> line = new ArrayList<>();
    for (Bin bin : filled) {
      line.add(new Point(bin.probability(), bin.frequency()));
    }
    plot.line(line, style.stroke());
    line.forEach(point -> plot.mark(point.x(), point.y(), style));
    if (filled.isEmpty()) {
      plot.say("no judgements");
    }
    counts(sheet, filled, from);
    return sheet.picture(description(filled, expectedError));
  }

  private static void counts(Sheet sheet, List<Bin> bins, double from) {
    Plot plot =
        new Plot(
            sheet.canvas(),
            sheet.box(COUNTS_HEIGHT),
            Axis.shares("probability of the predicted class", from - 0.01, 1.01),
            Axis.counts("judgements", bins.stream().mapToDouble(Bin::count)),
            LABELS);
    for (Bin bin : bins) {
      double gap = 0.06 * (bin.upper() - bin.lower());
      plot.bar(bin.lower() + gap, bin.upper() - gap, (double) bin.count(), Ink.BLUE, 0.8);
    }
  }

  private static String description(List<Bin> bins, double expectedError) {
    StringBuilder text = new StringBuilder();
    text.append("Expected calibration error: ")
        .append(Digits.percent(expectedError, 1))
        .append('.');
    for (Bin bin : bins) {
      text.append(" Said ")
          .append(Digits.percent(bin.probability(), 0))
          .append(", was ")
          .append(Digits.percent(bin.frequency(), 0))
          .append(" of ")
          .append(Digits.count(bin.count()))
          .append('.');
    }
    return text.toString();
  }
}
