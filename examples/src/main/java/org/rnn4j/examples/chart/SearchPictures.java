package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.rnn4j.examples.chart.Plot.Box;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;

/** What a search tried and found. Trials without a score are counted, and not drawn. */
public final class SearchPictures {
  private static final double HEIGHT = 340;
  private static final double SMALL_HEIGHT = 230;
  private static final double SPREAD = 0.07;
  private static final Stroke BEST = Stroke.of(Ink.VERMILION, 2.5);

  private SearchPictures() {}

  /**
   * Draws each setting that was varied against the score.
   *
   * @param ranges of the settings that were drawn from one; the others were chosen among values
   */
  public static Picture settings(
      List<SearchTrial> trials, SearchScore score, Map<String, SettingRange> ranges) {
    Sheet sheet = new Sheet("Each setting against " + score.name());
    List<SearchTrial> scored = trials.stream().filter(SearchTrial::isScored).toList();
    List<SettingAxis> axes = SettingAxis.varied(scored, ranges);
    sheet.legend(
        unscored(
            new Legend().mark("a trial", Style.of(0)).ring("the best", BEST),
            trials.size() - scored.size()));
    Axis up = score.axis(scored);
    for (int i = 0; i < axes.size(); i += 2) {
      List<Box> boxes = sheet.row(2, SMALL_HEIGHT);
      for (int column = 0; column < 2 && i + column < axes.size(); column++) {
        draw(sheet, boxes.get(column), axes.get(i + column), up, scored, score);
      }
    }
    if (axes.isEmpty()) {
      new Plot(sheet.canvas(), sheet.box(SMALL_HEIGHT), Axis.names("", List.of()), up)
          .say(scored.isEmpty() ? "no trial has a score" : "no setting was varied");
    }
    return sheet.picture(description(trials, scored, score));
  }

  /**
   * Draws every trial as a line through its settings to its score.
   *
   * @param ranges of the settings that were drawn from one; the others were chosen among values
   */
  public static Picture parallel(
      List<SearchTrial> trials, SearchScore score, Map<String, SettingRange> ranges) {
    Sheet sheet = new Sheet("Settings of each trial");
    List<SearchTrial> scored = trials.stream().filter(SearchTrial::isScored).toList();
    Stroke others = Stroke.of(Ink.BLUE, 2);
    sheet.legend(
        unscored(
            new Legend()
                .line("the best trial", Stroke.of(Ink.VERMILION, 3.5))
                .line("another, the darker the better", others),
            trials.size() - scored.size()));
    new ParallelCoordinates(sheet, scored, score, ranges).draw();
    return sheet.picture(description(trials, scored, score));
  }

  /** Draws the score of each trial, and the best so far, over what was spent until then. */
  public static Picture progress(List<SearchTrial> trials, SearchScore score, String unit) {
    Sheet sheet = new Sheet("What the search found for what it spent");
    List<SearchTrial> scored = trials.stream().filter(SearchTrial::isScored).toList();
    Style style = Style.of(0);
    sheet.legend(
        unscored(
            new Legend()
                .mark("a trial", style)
                .line("the best so far", BEST)
                .ring("the best", BEST),
            trials.size() - scored.size()));
    List<Point> points = new ArrayList<>();
    List<Point> best = new ArrayList<>();
    double spent = 0;
    for (SearchTrial trial : trials) {
      spent += trial.cost();
      if (trial.isScored()) {
        points.add(new Point(spent, trial.score()));
        double before = best.isEmpty() ? trial.score() : best.get(best.size() - 1).y();
        boolean better = score.isBetter(trial.score(), before);
        best.add(new Point(spent, before));
        best.add(new Point(spent, better ? trial.score() : before));
      }
    }
    Plot plot =
        new Plot(
            sheet.canvas(),
            sheet.box(HEIGHT),
            Axis.counts(unit + " spent", DoubleStream.of(spent)),
            score.axis(scored));
    if (!best.isEmpty()) {
      best.add(new Point(spent, best.get(best.size() - 1).y()));
    }
    plot.line(best, BEST);
    points.forEach(point -> plot.mark(point.x(), point.y(), style));
    score
        .best(scored)
        .ifPresent(
            trial -> {
              Point point = points.get(scored.indexOf(trial));
              plot.ring(point.x(), point.y(), BEST);
            });
    if (points.isEmpty()) {
      plot.say("no trial has a score");
    }
    return sheet.picture(description(trials, scored, score));
  }

  private static void draw(
      Sheet sheet,
      Box box,
      SettingAxis setting,
      Axis up,
      List<SearchTrial> trials,
      SearchScore score) {
    Plot plot = new Plot(sheet.canvas(), box, setting.axis(), up);
    Map<Double, Integer> seen = new HashMap<>();
    SearchTrial best = score.best(trials).orElse(null);
    for (SearchTrial trial : trials) {
      OptionalDouble value = setting.value(trial);
      if (value.isEmpty()) {
        continue;
      }
      double x = value.getAsDouble();
      if (setting.axis().hasNames()) {
        // Side by side, so that trials of one value do not cover each other.
        x += SPREAD * (seen.merge(x, 1, Integer::sum) % 5 - 2);
      }
      plot.mark(x, trial.score(), Style.of(0));
      if (trial.equals(best)) {
        plot.ring(x, trial.score(), BEST);
      }
    }
  }

  private static Legend unscored(Legend legend, int count) {
    return count == 0
        ? legend
        : legend.note(count + (count == 1 ? " trial" : " trials") + " without a score");
  }

  private static String description(
      List<SearchTrial> trials, List<SearchTrial> scored, SearchScore score) {
    String counts =
        trials.size()
            + (trials.size() == 1 ? " trial, " : " trials, ")
            + scored.size()
            + " with a score.";
    return score
        .best(scored)
        .map(
            best ->
                counts
                    + " The best is number "
                    + best.number()
                    + " with "
                    + score.name()
                    + " "
                    + score.write(best.score())
                    + ".")
        .orElse(counts);
  }
}
