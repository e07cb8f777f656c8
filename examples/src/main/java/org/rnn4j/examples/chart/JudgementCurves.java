package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Stroke;

/**
 * How well classes are told apart at every threshold: the receiver operating characteristic, and
 * precision against recall, of one or more models or classes. A curve that there is not, since the
 * class has no examples, is named in the legend as undefined.
 */
public final class JudgementCurves {
  private static final double HEIGHT = 460;
  private static final int MOST = 28;
  private static final Stroke REFERENCE = Stroke.of(Ink.MUTED, 1.5).dash(Dash.DOTTED);

  /**
   * A curve.
   *
   * @param name of the model or the class
   * @param points corners in order, from 0 to 1 both ways; none where the curve is undefined
   * @param area the area under it, or what goes by that name; not a number where it is undefined
   */
  public record Curve(String name, List<Point> points, double area) {
    /** Copies the list. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  private JudgementCurves() {}

  /**
   * Draws the share of right alarms over that of false ones, beside the diagonal of guessing.
   *
   * @param curves 1 to 28, of false positive rates (x) and true positive rates (y)
   * @throws IllegalArgumentException if there are none or too many
   */
  public static Picture roc(List<Curve> curves) {
    requireSome(curves);
    Sheet sheet = new Sheet("Receiver operating characteristic");
    Legend legend = legend(curves, "area");
    legend.line("guessing", REFERENCE);
    sheet.legend(legend);
    Plot plot =
        new Plot(
            sheet.canvas(),
            sheet.box(HEIGHT),
            Axis.shares("false positive rate", -0.01, 1.01),
            Axis.shares("true positive rate", -0.01, 1.01));
    plot.line(List.of(new Point(0, 0), new Point(1, 1)), REFERENCE);
    draw(plot, curves);
    return sheet.picture(description(curves, "Area under the curve"));
  }

  /**
   * Draws precision over recall. Between two points the precision is that of the one with greater
   * recall: a straight line would be too hopeful.
   *
   * @param curves 1 to 28, of recall (x), which rises, and precision (y)
   * @throws IllegalArgumentException if there are none or too many
   */
  public static Picture precisionRecall(List<Curve> curves) {
    requireSome(curves);
    List<Curve> stepped =
        curves.stream()
            .map(curve -> new Curve(curve.name(), steps(curve.points()), curve.area()))
            .toList();
    Sheet sheet = new Sheet("Precision and recall");
    sheet.legend(legend(curves, "average precision"));
    Plot plot =
        new Plot(
            sheet.canvas(),
            sheet.box(HEIGHT),
            Axis.shares("recall", -0.01, 1.01),
            Axis.shares("precision", -0.01, 1.01));
    draw(plot, stepped);
    return sheet.picture(description(curves, "Average precision"));
  }

  private static void requireSome(List<Curve> curves) {
    if (curves.isEmpty() || curves.size() > MOST) {
      throw new IllegalArgumentException("Expected 1 to " + MOST + " curves, got " + curves.size());
    }
  }

  private static Legend legend(List<Curve> curves, String area) {
    Legend legend = new Legend();
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      if (curve.points().isEmpty()) {
        legend.note(curve.name() + ": undefined, no examples");
      } else {
        legend.line(
            curve.name() + ": " + area + " " + Digits.fixed(curve.area(), 3), stroke(i, curves));
      }
    }
    return legend;
  }

  private static void draw(Plot plot, List<Curve> curves) {
    for (int i = 0; i < curves.size(); i++) {
      plot.line(curves.get(i).points(), stroke(i, curves));
    }
    if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
      plot.say("undefined: a class without examples");
    }
  }

  private static Stroke stroke(int number, List<Curve> curves) {
    Stroke stroke = Style.of(number).stroke();
    return curves.size() == 1 ? stroke.dash(Dash.FULL) : stroke;
  }

  /** Each precision kept from the recall before it. */
  private static List<Point> steps(List<Point> points) {
    List<Point> steps = new ArrayList<>();
    double before = 0;
    for (Point point : points) {
      steps.add(new Point(before, point.y()));
      steps.add(point);
      before = point.x();
    }
    return steps;
  }

  private static String description(List<Curve> curves, String area) {
    StringBuilder text = new StringBuilder();
    for (Curve curve : curves) {
      text.append(text.isEmpty() ? "" : " ")
          .append(area)
          .append(" of ")
          .append(curve.name())
          .append(": ")
          .append(curve.points().isEmpty() ? "undefined" : Digits.fixed(curve.area(), 3))
          .append('.');
    }
    return text.toString();
  }
}
