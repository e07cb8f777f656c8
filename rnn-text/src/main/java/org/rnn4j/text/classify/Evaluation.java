package org.rnn4j.text.classify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.rnn4j.metric.Bootstrap;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.metric.ConfusionMatrix;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.Predictions;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * How well a classifier judges labelled texts: its predictions, made once, and what follows from
 * them. What is not here is a method of {@link Predictions}' own package: curves, calibration.
 *
 * @param labels the names of the classes, in the order that the predictions number them
 * @param predictions the probabilities beside the labels, a row for each text, in order
 * @param withoutTokens how many texts were judged without a token of them being read: nothing was
 *     left of them, or the classifier reads none
 * @param seconds wall time, preparing the texts included
 */
public record Evaluation(
    List<String> labels, Predictions predictions, int withoutTokens, double seconds) {

  /** Checks that there is a label for each class. */
  public Evaluation {
    labels = List.copyOf(labels);
    if (labels.size() != predictions.classes()) {
      throw new IllegalArgumentException(
          "Expected a label for each of " + predictions.classes() + " classes, got " + labels);
    }
  }

  /**
   * Has texts judged.
   *
   * @throws DataException if there is no text, or a text has a label that is not one of the
   *     classifier's
   */
  public static Evaluation of(Classifier classifier, LabelledTexts texts) {
    return of(classifier, classifier.labels(), texts);
  }

  /** The same with the classes in a given order, which are those of the classifier. */
  static Evaluation of(Classifier classifier, List<String> labels, LabelledTexts texts) {
    if (texts.isEmpty()) {
      throw DataException.of("at least one text to evaluate on", "none");
    }
    int[] expected = numbers(labels, texts);
    long start = System.nanoTime();
    List<Prediction> predictions = classifier.predictAll(texts.texts());
    double seconds = (System.nanoTime() - start) / 1e9;
    double[][] probabilities = new double[predictions.size()][];
    int withoutTokens = 0;
    for (int row = 0; row < probabilities.length; row++) {
      Prediction prediction = predictions.get(row);
      withoutTokens += prediction.tokens() == 0 ? 1 : 0;
      probabilities[row] =
          labels.stream()
              .mapToDouble(label -> Objects.requireNonNull(prediction.probabilities().get(label)))
              .toArray();
    }
    return new Evaluation(labels, Predictions.of(probabilities, expected), withoutTokens, seconds);
  }

  /**
   * The numbers of the texts' classes.
   *
   * @throws DataException if a text has a label that is not one of those given
   */
  static int[] numbers(List<String> labels, LabelledTexts texts) {
    int[] numbers = new int[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      String label = texts.get(i).label();
      numbers[i] = labels.indexOf(label);
      if (numbers[i] < 0) {
        throw DataException.of(
            "one of the labels " + labels + " of the classifier",
            "\"" + label + "\" at example " + (i + 1));
      }
    }
    return numbers;
  }

  /**
   * All texts of several evaluations as one, such as the parts held out by all folds of a
   * cross-validation.
   *
   * @throws IllegalArgumentException if there is none, or their labels differ
   */
  public static Evaluation joined(List<Evaluation> parts) {
    List<String> labels = parts.isEmpty() ? List.of() : parts.get(0).labels();
    for (Evaluation part : parts) {
      if (!part.labels().equals(labels)) {
        throw new IllegalArgumentException(
            "Expected evaluations of the same labels " + labels + ", got " + part.labels());
      }
    }
    return new Evaluation(
        labels,
        Predictions.joined(parts.stream().map(Evaluation::predictions).toList()),
        parts.stream().mapToInt(Evaluation::withoutTokens).sum(),
        parts.stream().mapToDouble(Evaluation::seconds).sum());
  }

  /** How many texts were judged. */
  public int examples() {
    return predictions.rows();
  }

  /** The mean loss of a text: {@link CollectedMetric#logLoss}, whatever was trained with. */
  public double loss() {
    return CollectedMetric.logLoss().of(predictions);
  }

  /** The share of texts whose most probable class is theirs, from 0 to 1. */
  public double accuracy() {
    return predictions.accuracy();
  }

  /** The accuracy with its 95 % interval, by Wilson's formula. */
  public Interval accuracyInterval() {
    return Interval.ofAccuracy(predictions);
  }

  /** How many texts of each class are taken for which. */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(predictions);
  }

  /**
   * The metrics that are defined for these texts, those of {@link CollectedMetric#all}: areas under
   * curves are not where a class has no text.
   */
  public List<CollectedMetric> metrics() {
    return CollectedMetric.all().stream().filter(metric -> metric.isDefined(predictions)).toList();
  }

  /** All {@link #metrics} by name, with their intervals. */
  public Map<String, Interval> intervals(Bootstrap bootstrap) {
    List<CollectedMetric> metrics = metrics();
    List<Interval> intervals =
        bootstrap.intervals(predictions, metrics.stream().map(CollectedMetric::function).toList());
    Map<String, Interval> named = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      named.put(metrics.get(i).name(), intervals.get(i));
    }
    return named;
  }

  /** Its texts, accuracy and loss in a line. */
  @Override
  public String toString() {
    Interval accuracy = accuracyInterval();
    return String.format(
        Locale.ROOT,
        "%d texts, accuracy %.2f %% (%.2f to %.2f %%), loss %.4f",
        examples(),
        100 * accuracy.estimate(),
        100 * accuracy.lower(),
        100 * accuracy.upper(),
        loss());
  }
}
