package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Mark;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/** What a data set is made of: how long its texts are, and how many each class has. */
public final class DataPictures {
  private static final double HEIGHT = 320;
  private static final int MOST_BINS = 40;
  private static final double LONGEST_NAME = 240;
  private static final double BAR = 14;
  private static final double GAP = 8;
  private static final double COUNT_ROOM = 150;

  private DataPictures() {}

  /**
   * Draws how many texts have which length.
   *
   * @param lengths the numbers of tokens of all texts, before they are cut
   * @param limit most tokens that are read of a text; 0 if there is no limit
   */
  public static Picture lengths(int[] lengths, int limit) {
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    int longest = sorted.length == 0 ? 1 : Math.max(1, sorted[sorted.length - 1]);
    int width = binWidth(longest);
    long[] counts = new long[longest / width + 1];
    for (int length : sorted) {
      counts[length / width]++;
    }
    Stroke half = Stroke.of(Ink.VERMILION, 2);
    Stroke most = Stroke.of(Ink.GREEN, 2).dash(Dash.DASHED);
    Stroke cut = Stroke.of(Ink.TEXT, 2).dash(Dash.DOTTED);
    Sheet sheet = new Sheet("Lengths of texts");
    Legend legend = new Legend();
    if (sorted.length > 0) {
      legend.line("half are no longer than " + Digits.count(quantile(sorted, 0.5)), half);
      legend.line("95 % are no longer than " + Digits.count(quantile(sorted, 0.95)), most);
    }
    if (limit > 0) {
      legend.line("read at most: " + Digits.count(limit), cut);
    }
    sheet.legend(legend);
    Plot plot =
        new Plot(
            sheet.canvas(),
            sheet.box(HEIGHT),
            Axis.whole("tokens", 0, (double) counts.length * width),
            Axis.counts(
                "texts", DoubleStream.of(Arrays.stream(counts).asDoubleStream().toArray())));
    for (int i = 0; i < counts.length; i++) {
      double from = (double) i * width - 0.5;
      plot.bar(from + 0.05 * width, from + 0.95 * width, (double) counts[i], Ink.BLUE, 0.8);
    }
    if (sorted.length == 0) {
      plot.say("no texts");
    } else {
      plot.vertical(quantile(sorted, 0.5), half);
      plot.vertical(quantile(sorted, 0.95), most);
    }
    if (limit > 0) {
      plot.vertical(limit, cut);
    }
    return sheet.picture(lengthsDescription(sorted, limit));
  }

  /**
   * Draws how many texts each class has.
   *
   * @param labels the names of the classes
   * @param parts for each part of the data, such as training and test, the count of each class, in
   *     the order of the labels
   * @throws IllegalArgumentException if a part has not one count for each label
   */
  public static Picture classes(List<String> labels, Map<String, long[]> parts) {
    parts.forEach(
        (part, counts) -> {
          if (counts.length != labels.size()) {
            throw new IllegalArgumentException(
                "Expected " + labels.size() + " counts of " + part + ", got " + counts.length);
          }
        });
    Sheet sheet = new Sheet("Texts of each class");
    Legend legend = new Legend();
    List<String> names = new ArrayList<>(parts.keySet());
    for (int part = 0; part < names.size(); part++) {
      legend.mark(names.get(part), bar(part));
    }
    sheet.legend(legend);
    if (labels.isEmpty() || parts.isEmpty()) {
      sheet.legend(new Legend().note("no texts"));
    } else {
      bars(sheet, labels, parts);
    }
    return sheet.picture(classesDescription(labels, parts));
  }

  private static Style bar(int part) {
    return new Style(Style.of(part).ink(), Dash.FULL, Mark.SQUARE);
  }

  private static void bars(Sheet sheet, List<String> labels, Map<String, long[]> parts) {
    Canvas canvas = sheet.canvas();
    double longest =
        labels.stream().mapToDouble(label -> TextWidth.of(label, Plot.TEXT, false)).max().orElse(0);
    double left = Sheet.MARGIN + Math.min(LONGEST_NAME, longest) + GAP;
    double room = Sheet.WIDTH - Sheet.MARGIN - COUNT_ROOM - left;
    long greatest = parts.values().stream().flatMapToLong(Arrays::stream).max().orElse(1);
    double group = parts.size() * (BAR + 4) + GAP;
    double top = sheet.y();
    for (int label = 0; label < labels.size(); label++) {
      double y = top + label * group;
      canvas.text(
          left - GAP,
          y + (group - GAP) / 2 + Plot.TEXT * TextWidth.ASCENT / 2 - 1,
          TextWidth.fit(labels.get(label), Plot.TEXT, false, LONGEST_NAME),
          Plot.TEXT,
          Anchor.END,
          Ink.TEXT);
      int part = 0;
      for (long[] counts : parts.values()) {
        double length = greatest == 0 ? 0 : room * counts[label] / greatest;
        double barTop = y + part * (BAR + 4) + 2;
        canvas.box(left, barTop, Math.max(1, length), BAR, bar(part).ink(), 0.85);
        long sum = Arrays.stream(counts).sum();
        canvas.text(
            left + Math.max(1, length) + GAP,
            barTop + BAR - 2,
            Digits.count(counts[label])
                + (sum == 0 ? "" : " (" + Digits.percent((double) counts[label] / sum, 1) + ")"),
            BAR,
            Anchor.START,
            Ink.MUTED);
        part++;
      }
    }
    canvas.line(left, top, left, top + labels.size() * group - GAP, Stroke.of(Ink.MUTED, 1));
    sheet.skip(labels.size() * group + GAP);
  }

  /** A width of 1, 2 or 5 times a power of ten that makes at most 40 bins. */
  private static int binWidth(int longest) {
    int unit = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if (longest / (factor * unit) < MOST_BINS) {
          return factor * unit;
        }
      }
      unit *= 10;
    }
  }

  /** The least length that a share of all does not exceed. */
  private static int quantile(int[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }

  private static String lengthsDescription(int[] sorted, int limit) {
    if (sorted.length == 0) {
      return "There are no texts.";
    }
    long over = Arrays.stream(sorted).filter(length -> length > limit).count();
    return "Of "
        + Digits.count(sorted.length)
        + " texts the shortest has "
        + Digits.count(sorted[0])
        + " tokens, the longest "
        + Digits.count(sorted[sorted.length - 1])
        + "; half have at most "
        + Digits.count(quantile(sorted, 0.5))
        + ", 95 % at most "
        + Digits.count(quantile(sorted, 0.95))
        + "."
        + (limit > 0 ? " " + Digits.count(over) + " are cut to " + Digits.count(limit) + "." : "");
  }

  private static String classesDescription(List<String> labels, Map<String, long[]> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (part, counts) -> {
          text.append(text.isEmpty() ? "" : " ").append(part).append(": ");
          for (int i = 0; i < counts.length; i++) {
            text.append(i == 0 ? "" : ", ").append(Digits.count(counts[i])).append(' ');
            text.append(labels.get(i));
          }
          text.append('.');
        });
    return text.isEmpty() ? "There are no texts." : text.toString();
  }
}
