package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.rnn4j.examples.chart.Plot.Box;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;

/**
 * The loss and the accuracy of one or more models over their epochs, side by side in one picture. A
 * model has one colour and one shape of marks; the training part is a dashed line, the validation
 * part a full one, and the best epoch has a ring.
 */
public final class LearningCurves {
  private static final double HEIGHT = 340;
  private static final int MOST_MARKS = 16;
  private static final Stroke RING = Stroke.of(Ink.TEXT, 2);

  /**
   * How one model learnt; every list has a value for each epoch. Losses are means, accuracies
   * shares from 0 to 1. A value that is not finite is a gap in its line.
   *
   * @param model the model's name
   * @param trainingLoss loss on the training part
   * @param validationLoss loss on the validation part, empty if there was none
   * @param trainingAccuracy accuracy on the training part
   * @param validationAccuracy accuracy on the validation part, empty if there was none
   * @param bestEpoch the epoch, counted from 1, whose weights were kept; 0 if none was chosen
   */
  public record Curve(
      String model,
      List<Double> trainingLoss,
      List<Double> validationLoss,
      List<Double> trainingAccuracy,
      List<Double> validationAccuracy,
      int bestEpoch) {
    /** Copies the lists. */
    public Curve {
      trainingLoss = List.copyOf(trainingLoss);
      validationLoss = List.copyOf(validationLoss);
      trainingAccuracy = List.copyOf(trainingAccuracy);
      validationAccuracy = List.copyOf(validationAccuracy);
    }

    private int epochs() {
      return Math.max(trainingLoss.size(), validationLoss.size());
    }
  }

  /** Which lists of a curve a plot shows. */
  private interface Part {
    List<Double> of(Curve curve);
  }

  private LearningCurves() {}

  /**
   * Draws the curves.
   *
   * @param curves one to seven models
   * @throws IllegalArgumentException if there is nothing to draw, or are too many models
   */
  public static Picture picture(List<Curve> curves) {
    if (curves.isEmpty() || curves.size() > Ink.SERIES.size()) {
      throw new IllegalArgumentException(
          "Expected the curves of 1 to " + Ink.SERIES.size() + " models, got " + curves.size());
    }
    Sheet sheet = new Sheet("Learning curves");
    sheet.legend(legend(curves));
    List<Box> boxes = sheet.row(2, HEIGHT);
    Axis epochs = Axis.whole("epoch", 1, curves.stream().mapToInt(Curve::epochs).max().orElse(1));
    draw(
        curves,
        new Plot(
            sheet.canvas(),
            boxes.get(0),
            epochs,
            Axis.fromZero("loss", values(curves, Curve::trainingLoss, Curve::validationLoss))),
        Curve::trainingLoss,
        Curve::validationLoss);
    draw(
        curves,
        new Plot(
            sheet.canvas(),
            boxes.get(1),
            epochs,
            Axis.shares(
                "accuracy", values(curves, Curve::trainingAccuracy, Curve::validationAccuracy))),
        Curve::trainingAccuracy,
        Curve::validationAccuracy);
    return sheet.picture(description(curves));
  }

  private static Legend legend(List<Curve> curves) {
    // A row for each model: training beside validation.
    Legend legend = new Legend(2);
    for (int model = 0; model < curves.size(); model++) {
      Curve curve = curves.get(model);
      Style style = Style.of(model);
      legend.series(curve.model() + ", training", style.dash(Dash.DASHED));
      if (!curve.validationLoss().isEmpty()) {
        legend.series(curve.model() + ", validation", style.dash(Dash.FULL));
      }
    }
    if (curves.stream().anyMatch(curve -> curve.bestEpoch() > 0)) {
      legend.ring("best epoch", RING);
    }
    return legend;
  }

  private static void draw(List<Curve> curves, Plot plot, Part training, Part validation) {
    boolean nothing = true;
    for (int model = 0; model < curves.size(); model++) {
      Curve curve = curves.get(model);
      Style style = Style.of(model);
      List<Double> learnt = training.of(curve);
      List<Double> held = validation.of(curve);
      nothing &= learnt.isEmpty() && held.isEmpty();
      draw(plot, learnt, style.dash(Dash.DASHED));
      draw(plot, held, style.dash(Dash.FULL));
      List<Double> judged = held.isEmpty() ? learnt : held;
      if (curve.bestEpoch() > 0 && curve.bestEpoch() <= judged.size()) {
        plot.ring(curve.bestEpoch(), judged.get(curve.bestEpoch() - 1), RING);
      }
    }
    if (nothing) {
      plot.say("no epoch was finished");
    }
  }

  private static void draw(Plot plot, List<Double> values, Style style) {
    List<Point> points = new ArrayList<>();
    int every = 1 + (values.size() - 1) / MOST_MARKS;
    for (int i = 0; i < values.size(); i++) {
      points.add(new Point(i + 1, values.get(i)));
      if (i % every == 0 || i == values.size() - 1) {
        plot.mark(i + 1, values.get(i), style);
      }
    }
    plot.line(points, style.stroke());
  }

  private static DoubleStream values(List<Curve> curves, Part training, Part validation) {
    return curves.stream()
        .flatMap(curve -> Stream.concat(training.of(curve).stream(), validation.of(curve).stream()))
        .mapToDouble(Double::doubleValue);
  }

  private static String description(List<Curve> curves) {
    StringBuilder text = new StringBuilder("Loss and accuracy after each epoch.");
    for (Curve curve : curves) {
      text.append(' ').append(curve.model()).append(": ");
      boolean validated = !curve.validationLoss().isEmpty();
      List<Double> losses = validated ? curve.validationLoss() : curve.trainingLoss();
      List<Double> accuracies = validated ? curve.validationAccuracy() : curve.trainingAccuracy();
      if (losses.isEmpty() || accuracies.isEmpty()) {
        text.append("no epoch was finished.");
        continue;
      }
      int shown = curve.bestEpoch() > 0 ? curve.bestEpoch() : losses.size();
      text.append(curve.bestEpoch() > 0 ? "the best of " : "the last of ")
          .append(losses.size() == 1 ? "1 epoch" : losses.size() + " epochs")
          .append(curve.bestEpoch() > 0 ? ", number " + shown + "," : "")
          .append(" has a ")
          .append(validated ? "validation" : "training")
          .append(" loss of ")
          .append(Digits.significant(losses.get(shown - 1), 3))
          .append(" and an accuracy of ")
          .append(Digits.percent(accuracies.get(shown - 1), 1))
          .append('.');
    }
    return text.toString();
  }
}
