package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rnn4j.examples.chart.Axis.Tick;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/**
 * Upright axes side by side, one for each setting and the last for the score, with a line for each
 * trial. Where a trial has not a setting its line has a gap. More axes than fit side by side go
 * into rows of about as many, each of which ends in the score.
 */
final class ParallelCoordinates {
  private static final int MOST_SETTINGS = 8;
  private static final double HEIGHT = 300;
  private static final double NAME = 22;
  private static final double GAP = 8;
  private static final double SMALL = 13;
  private static final double FEW = 30;
  private static final double VERTEX = 2.5;
  private static final Stroke AXIS = Stroke.of(Ink.MUTED, 1.5);

  private final Sheet sheet;
  private final List<SearchTrial> trials;
  private final SearchScore score;
  private final Map<String, SettingRange> ranges;
  private final Axis scoreAxis;

  /** An upright axis at a place, with where a trial crosses it. */
  private record Upright(String name, Axis axis, double x, SettingCrossing crossing) {}

  private interface SettingCrossing {
    OptionalDouble of(SearchTrial trial);
  }

  ParallelCoordinates(
      Sheet sheet, List<SearchTrial> trials, SearchScore score, Map<String, SettingRange> ranges) {
    this.sheet = sheet;
    this.trials = trials;
    this.score = score;
    this.ranges = ranges;
    scoreAxis = score.axis(trials);
  }

  void draw() {
    List<SettingAxis> settings = SettingAxis.varied(trials, ranges);
    if (settings.isEmpty()) {
      new Plot(sheet.canvas(), sheet.box(HEIGHT), Axis.names("", List.of()), scoreAxis)
          .say(trials.isEmpty() ? "no trial has a score" : "no setting was varied");
      return;
    }
    int rows = (settings.size() + MOST_SETTINGS - 1) / MOST_SETTINGS;
    for (int row = 0; row < rows; row++) {
      draw(settings.subList(row * settings.size() / rows, (row + 1) * settings.size() / rows));
      sheet.skip(GAP);
    }
  }

  private void draw(List<SettingAxis> settings) {
    double top = sheet.y() + 2 * NAME + GAP;
    List<Upright> axes = axes(settings);
    double spacing = axes.get(1).x() - axes.get(0).x();
    SearchTrial best = score.best(trials).orElse(null);
    for (SearchTrial trial : trials) {
      if (!trial.equals(best)) {
        draw(axes, top, trial, Stroke.of(Ink.BLUE, 1.6).opacity(opacity(trial)));
      }
    }
    if (best != null) {
      draw(axes, top, best, Stroke.of(Ink.VERMILION, 3.5));
    }
    for (int i = 0; i < axes.size(); i++) {
      label(axes.get(i), top, spacing, i % 2 == 0 ? NAME : 0);
    }
    sheet.skip(top + HEIGHT + GAP - sheet.y());
  }

  private List<Upright> axes(List<SettingAxis> settings) {
    double left = Sheet.MARGIN + GAP;
    // Room for the labels of the last axis, which stand to its right as all do.
    double right = Sheet.MARGIN + Sheet.INNER - 70;
    double spacing = (right - left) / settings.size();
    List<Upright> axes = new ArrayList<>();
    for (SettingAxis setting : settings) {
      axes.add(
          new Upright(
              setting.name(), setting.axis(), left + axes.size() * spacing, setting::value));
    }
    axes.add(
        new Upright(
            score.name(),
            scoreAxis,
            left + axes.size() * spacing,
            trial -> OptionalDouble.of(trial.score())));
    return axes;
  }

  private void draw(List<Upright> axes, double top, SearchTrial trial, Stroke stroke) {
    Canvas canvas = sheet.canvas();
    List<Point> piece = new ArrayList<>();
    for (Upright upright : axes) {
      OptionalDouble value = upright.crossing().of(trial);
      if (value.isEmpty()) {
        canvas.line(piece, stroke);
        piece = new ArrayList<>();
        continue;
      }
      Point point =
          new Point(upright.x(), top + HEIGHT * (1 - upright.axis().position(value.getAsDouble())));
      canvas.ring(point, VERTEX, stroke);
      piece.add(point);
    }
    canvas.line(piece, stroke);
  }

  /** The better the less transparent, and the more there are the more. */
  private double opacity(SearchTrial trial) {
    double share = Math.max(0, Math.min(1, scoreAxis.position(trial.score())));
    double good = score.greaterIsBetter() ? share : 1 - share;
    return (0.2 + 0.65 * good) * Math.max(0.35, Math.min(1, FEW / trials.size()));
  }

  /** The axis with its name above it, on one of two heights so that neighbours do not touch. */
  private void label(Upright upright, double top, double spacing, double raised) {
    Canvas canvas = sheet.canvas();
    double x = upright.x();
    canvas.line(x, top, x, top + HEIGHT, AXIS);
    boolean last = upright.axis() == scoreAxis;
    double room = last ? Sheet.WIDTH - GAP - x : Math.min(2 * spacing, Sheet.INNER - x) - GAP;
    canvas.bold(
        x - GAP / 2,
        top - GAP - raised,
        TextWidth.fit(upright.name(), SMALL, true, room),
        SMALL,
        Anchor.START,
        Ink.TEXT);
    double labelRoom = last ? Sheet.WIDTH - GAP - x - GAP : spacing - 2 * GAP;
    for (Tick tick : upright.axis().ticks(6)) {
      double y = top + HEIGHT * (1 - upright.axis().position(tick.value()));
      String label = TextWidth.fit(tick.label(), SMALL, false, labelRoom);
      double width = TextWidth.of(label, SMALL, false);
      canvas.line(x - 3, y, x + 3, y, AXIS);
      canvas.box(x + GAP - 2, y - SMALL / 2 - 2, width + 4, SMALL + 4, Ink.PAPER, 0.8);
      canvas.text(
          x + GAP, y + SMALL * TextWidth.ASCENT / 2 - 1, label, SMALL, Anchor.START, Ink.MUTED);
    }
  }
}
