package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rnn4j.examples.report.Comparison;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.metric.Bootstrap;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.metric.Predictions;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.LabelledTexts;

/**
 * What a classifier says of the test texts.
 *
 * @param name of the classifier
 * @param said a prediction for each text
 * @param predictions the same beside the labels, as metrics want them
 * @param measures accuracy and all other metrics; one that these texts do not define has no number
 */
public record Judgement(
    String name, List<Prediction> said, Predictions predictions, List<Measure> measures) {
  /** Copies the lists. */
  public Judgement {
    said = List.copyOf(said);
    measures = List.copyOf(measures);
  }

  /** Asks a classifier for all texts. */
  static Judgement of(String name, Classifier classifier, LabelledTexts texts) {
    List<Prediction> said = classifier.predictAll(texts.texts());
    double[][] probabilities = new double[said.size()][];
    int[] labels = new int[said.size()];
    for (int i = 0; i < labels.length; i++) {
      probabilities[i] =
          texts.labels().stream().mapToDouble(said.get(i).probabilities()::get).toArray();
      labels[i] = texts.labelNumber(i);
    }
    Predictions predictions = Predictions.of(probabilities, labels);
    return new Judgement(name, said, predictions, measures(predictions));
  }

  /** The accuracy with Wilson's interval. */
  Measure accuracy() {
    return accuracy(predictions);
  }

  private static Measure accuracy(Predictions predictions) {
    Interval interval = Interval.ofAccuracy(predictions);
    return Measure.share("accuracy", interval.estimate(), interval.lower(), interval.upper());
  }

  private static List<Measure> measures(Predictions predictions) {
    List<CollectedMetric> metrics = CollectedMetric.all();
    List<CollectedMetric> defined =
        metrics.stream().filter(metric -> metric.isDefined(predictions)).toList();
    List<ToDoubleFunction<Predictions>> functions =
        defined.stream().map(CollectedMetric::function).toList();
    Iterator<Interval> intervals =
        Bootstrap.standard().intervals(predictions, functions).iterator();
    List<Measure> measures = new ArrayList<>();
    measures.add(accuracy(predictions));
    for (CollectedMetric metric : metrics) {
      if (defined.contains(metric)) {
        Interval interval = intervals.next();
        measures.add(
            new Measure(
                metric.name(), interval.estimate(), interval.lower(), interval.upper(), false));
      } else {
        measures.add(Measure.number(metric.name(), Double.NaN));
      }
    }
    return measures;
  }

  /** This beside another on the same texts, seen from the other. */
  Comparison beside(Judgement model) {
    McNemar test = McNemar.of(model.predictions(), predictions);
    return new Comparison(name, accuracy(), test.onlyFirst(), test.onlySecond(), test.pValue());
  }
}
