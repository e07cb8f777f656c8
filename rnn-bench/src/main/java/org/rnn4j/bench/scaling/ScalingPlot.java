package org.rnn4j.bench.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Four panels on logarithmic axes: measured times as dots, and as a line what the time would be if
 * it grew as the multiply-adds do (divided by the threads), through the middle point.
 */
final class ScalingPlot {
  private static final int PANEL = 260;
  private static final int MARGIN = 56;

  private final Map<String, List<Point>> panels;

  ScalingPlot(Map<String, List<Point>> panels) {
    this.panels = panels;
  }

  /** The plot as SVG. */
  String svg() {
    int width = panels.size() * (PANEL + MARGIN) + MARGIN;
    int height = PANEL + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            width,
            height));
    int number = 0;
    for (Map.Entry<String, List<Point>> panel : panels.entrySet()) {
      panel(svg, MARGIN + number++ * (PANEL + MARGIN), panel.getKey(), panel.getValue());
    }
    return svg.append("</svg>\n").toString();
  }

  private static void panel(StringBuilder svg, int left, String name, List<Point> points) {
    boolean threads = name.equals("threads");
    double[] expected = expected(points, threads);
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = 0; i < points.size(); i++) {
      least = Math.min(least, Math.min(expected[i], points.get(i).milliseconds()));
      most = Math.max(most, Math.max(expected[i], points.get(i).milliseconds()));
    }
    least /= 1.3;
    most *= 1.3;
    append(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>%n",
        left,
        MARGIN,
        PANEL,
        PANEL);
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s (ms a step, logarithmic)</text>%n",
        left + PANEL / 2,
        MARGIN - 12,
        name);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      double x = left + 30 + (PANEL - 60) * (points.size() == 1 ? 0.5 : at(points, i));
      double y = MARGIN + PANEL - PANEL * share(points.get(i).milliseconds(), least, most);
      double z = MARGIN + PANEL - PANEL * share(expected[i], least, most);
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, z));
      append(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#0072b2\"/>%n", x, y);
      append(
          svg,
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f</text>%n",
          x,
          y - 9,
          points.get(i).milliseconds());
      append(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
          x,
          MARGIN + PANEL + 18,
          points.get(i).extent());
    }
    append(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"#d55e00\" stroke-dasharray=\"5 4\"/>%n",
        line.toString().strip());
  }

  private static double at(List<Point> points, int i) {
    return share(
        points.get(i).extent(), points.get(0).extent(), points.get(points.size() - 1).extent());
  }

  /** Where a value stands between two others on a logarithmic axis. */
  private static double share(double value, double least, double most) {
    return Math.log(value / least) / Math.log(most / least);
  }

  private static double[] expected(List<Point> points, boolean threads) {
    Point middle = points.get(threads ? 0 : points.size() / 2);
    double[] expected = new double[points.size()];
    for (int i = 0; i < expected.length; i++) {
      double growth = points.get(i).work() / middle.work();
      double share = threads ? (double) middle.extent() / points.get(i).extent() : 1;
      expected[i] = middle.milliseconds() * growth * share;
    }
    return expected;
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
