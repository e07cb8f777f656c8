package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.metric.Bootstrap;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.metric.Interval;
import org.rnn4j.text.classify.Evaluation;

/** The metrics of an evaluation as measures, and what they are called where people read them. */
public final class Measures {
  private static final Map<String, String> TITLES =
      Map.of(
          "f1", "F1",
          "macroF1", "macro F1",
          "rocAuc", "area under ROC curve",
          "averagePrecision", "average precision",
          "logLoss", "log loss",
          "brierScore", "Brier score",
          "calibrationError", "calibration error");

  private Measures() {}

  /** Accuracy and all other metrics by name; one that the texts do not define has no number. */
  static List<Measure> of(Evaluation evaluation) {
    Map<String, Interval> intervals = evaluation.intervals(Bootstrap.standard());
    List<Measure> measures = new ArrayList<>();
    measures.add(accuracy(evaluation));
    for (CollectedMetric metric : CollectedMetric.all()) {
      Interval interval = intervals.get(metric.name());
      measures.add(
          interval == null
              ? Measure.number(metric.name(), Double.NaN)
              : new Measure(
                  metric.name(), interval.estimate(), interval.lower(), interval.upper(), false));
    }
    return measures;
  }

  /** The accuracy with its interval. */
  static Measure accuracy(Evaluation evaluation) {
    Interval interval = evaluation.accuracyInterval();
    return Measure.share("accuracy", interval.estimate(), interval.lower(), interval.upper());
  }

  /**
   * What a metric is called in a table.
   *
   * @param metric its name
   * @param labels the names of the classes
   */
  public static String title(String metric, List<String> labels) {
    return metric.equals("f1") && labels.size() == 2
        ? "F1 of " + labels.get(1)
        : TITLES.getOrDefault(metric, metric);
  }
}
