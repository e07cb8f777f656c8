package org.rnn4j.examples.chart;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/**
 * A confusion matrix: a row for each actual class, a column for each predicted one. A cell is the
 * darker the greater its share of the row, and holds the count and, where there is room, the share.
 */
public final class ConfusionPicture {
  private static final double LONGEST_NAME = 190;
  private static final double LARGEST_CELL = 190;
  private static final double LEAST_TEXT = 9;
  private static final double GAP = 8;
  private static final int MOST_CLASSES = 40;

  /** The share above which white is better to read than black; both have a contrast of 4 there. */
  private static final double DARK = 0.86;

  private final List<String> labels;
  private final long[][] counts;
  private final Canvas canvas;
  private final double left;
  private final double top;
  private final double width;
  private final double height;

  private ConfusionPicture(List<String> labels, long[][] counts, Sheet sheet) {
    this.labels = labels;
    this.counts = counts;
    canvas = sheet.canvas();
    double longest =
        labels.stream().mapToDouble(label -> TextWidth.of(label, Plot.TEXT, false)).max().orElse(0);
    double names = Math.min(LONGEST_NAME, longest);
    left = Sheet.MARGIN + Plot.TEXT + 2 * GAP + names + GAP;
    width = Math.min(LARGEST_CELL, (Sheet.WIDTH - Sheet.MARGIN - left) / labels.size());
    height = Math.min(width, Math.max(24, 0.6 * width));
    boolean turned = longest > width - GAP;
    top = sheet.y() + Plot.TEXT + 3 * GAP + (turned ? names : Plot.TEXT);
    names(turned, names);
    cells();
    sheet.skip(top + labels.size() * height + 2 - sheet.y());
  }

  /**
   * Draws the matrix.
   *
   * @param labels the names of the classes, 2 to 40
   * @param counts how many examples of a class (first index) were given a class (second index)
   * @throws IllegalArgumentException if the counts are not a square of as many rows as there are
   *     labels, or there are too few or too many of them
   */
  public static Picture of(List<String> labels, long[][] counts) {
    if (labels.size() < 2 || labels.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "Expected 2 to " + MOST_CLASSES + " classes, got " + labels.size());
    }
    for (long[] row : counts) {
      if (row.length != labels.size() || counts.length != labels.size()) {
        throw new IllegalArgumentException(
            "Expected " + labels.size() + " rows of as many counts, got " + Arrays.toString(row));
      }
    }
    Sheet sheet = new Sheet("Confusion matrix");
    ConfusionPicture picture = new ConfusionPicture(labels, counts, sheet);
    sheet.skip(Sheet.MARGIN);
    return sheet.picture(picture.description());
  }

  private void names(boolean turned, double longest) {
    double side = labels.size() * width;
    canvas.text(
        left + side / 2,
        top - (turned ? longest : Plot.TEXT) - 2.5 * GAP,
        "predicted",
        Plot.TEXT,
        Anchor.MIDDLE,
        Ink.MUTED);
    canvas.upright(
        Sheet.MARGIN + Plot.TEXT,
        top + labels.size() * height / 2,
        "actual",
        Plot.TEXT,
        Anchor.MIDDLE,
        Ink.MUTED);
    double baseline = Plot.TEXT * TextWidth.ASCENT / 2 - 1;
    for (int i = 0; i < labels.size(); i++) {
      String name = TextWidth.fit(labels.get(i), Plot.TEXT, false, longest);
      double middle = top + (i + 0.5) * height;
      canvas.text(left - GAP, middle + baseline, name, Plot.TEXT, Anchor.END, Ink.TEXT);
      double centre = left + (i + 0.5) * width;
      if (turned) {
        canvas.upright(
            centre + baseline, top - GAP, name, Math.min(Plot.TEXT, width), Anchor.START, Ink.TEXT);
      } else {
        canvas.text(centre, top - GAP, name, Plot.TEXT, Anchor.MIDDLE, Ink.TEXT);
      }
    }
  }

  private void cells() {
    LongFunction<String> exact = Digits::count;
    boolean roomy = size(exact) >= LEAST_TEXT;
    LongFunction<String> written = roomy ? exact : ConfusionPicture::rounded;
    double size = size(written);
    for (int row = 0; row < labels.size(); row++) {
      long sum = Arrays.stream(counts[row]).sum();
      for (int column = 0; column < labels.size(); column++) {
        double share = sum == 0 ? 0 : (double) counts[row][column] / sum;
        double x = left + column * width;
        double y = top + row * height;
        if (share > 0) {
          canvas.box(x, y, width, height, Ink.BLUE, share);
        }
        write(x + width / 2, y + height / 2, written.apply(counts[row][column]), share, size);
      }
    }
    lines();
  }

  /** A grid, and a frame around what is right. */
  private void lines() {
    Stroke grid = Stroke.of(Ink.GRID, 1);
    for (int i = 0; i <= labels.size(); i++) {
      double x = left + i * width;
      double y = top + i * height;
      canvas.line(x, top, x, top + labels.size() * height, grid);
      canvas.line(left, y, left + labels.size() * width, y, grid);
    }
    for (int i = 0; i < labels.size(); i++) {
      double x = left + i * width;
      double y = top + i * height;
      canvas.line(
          List.of(
              new Point(x, y),
              new Point(x + width, y),
              new Point(x + width, y + height),
              new Point(x, y + height),
              new Point(x, y)),
          Stroke.of(Ink.TEXT, 1.5));
    }
  }

  private void write(double x, double middle, String count, double share, double size) {
    Ink ink = share > DARK ? Ink.INVERSE : Ink.TEXT;
    boolean both = width >= 80 && height >= 2.6 * Plot.TEXT;
    double baseline = middle + size * TextWidth.ASCENT / 2 - 1;
    if (size >= LEAST_TEXT) {
      canvas.text(
          x, both ? baseline - 0.65 * Plot.TEXT : baseline, count, size, Anchor.MIDDLE, ink);
    }
    if (both) {
      canvas.text(
          x,
          baseline + 0.65 * Plot.TEXT,
          Digits.percent(share, 1),
          Plot.TEXT - 1,
          Anchor.MIDDLE,
          ink);
    }
  }

  /** A size at which the longest count fits into its cell. */
  private double size(LongFunction<String> written) {
    double widest =
        Arrays.stream(counts)
            .flatMapToLong(Arrays::stream)
            .mapToDouble(count -> TextWidth.of(written.apply(count), 1, false))
            .max()
            .orElse(1);
    return Math.min(Math.min(Plot.TEXT, (width - 4) / widest), height - 4);
  }

  /** A count in few digits. */
  private static String rounded(long count) {
    if (count < 1_000) {
      return String.valueOf(count);
    }
    return count < 1_000_000
        ? Digits.fixed(count / 1e3, count < 10_000 ? 1 : 0) + "k"
        : Digits.fixed(count / 1e6, count < 10_000_000 ? 1 : 0) + "M";
  }

  private String description() {
    StringBuilder text = new StringBuilder("Rows are actual classes, columns predicted ones.");
    for (int i = 0; i < labels.size(); i++) {
      long sum = Arrays.stream(counts[i]).sum();
      text.append(' ').append(labels.get(i)).append(": ");
      text.append(
          sum == 0
              ? "no examples."
              : Digits.count(counts[i][i]) + " of " + Digits.count(sum) + " right.");
    }
    return text.toString();
  }
}
