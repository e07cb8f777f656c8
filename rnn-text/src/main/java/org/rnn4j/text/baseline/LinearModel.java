package org.rnn4j.text.baseline;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * A linear score {@code s = Σ weight[feature] + bias} for each class against all others, or for the
 * second of two classes. The probability of the second of two classes is σ(s), of one of several
 * {@code σ(s)} divided by the sum over the classes.
 */
final class LinearModel {
  private final List<String> labels;
  private final Features features;

  /** For each class, or for the second of two alone: a weight for each feature, then the bias. */
  private final double[][] weights;

  private LinearModel(List<String> labels, Features features, double[][] weights) {
    this.labels = labels;
    this.features = features;
    this.weights = weights;
  }

  /** Chooses the value that each feature has in the texts it stands in. */
  interface Scaling {
    /**
     * The values for telling a class from the others.
     *
     * @param present the features of each text
     * @param positive whether each text is of the class
     */
    double[] values(int[][] present, boolean[] positive, int features);
  }

  static LinearModel train(LabelledTexts texts, NGrams ngrams, Scaling scaling, double cost) {
    requireClasses(texts);
    Features.Training training = Features.of(ngrams, texts);
    Features features = training.features();
    int[][] present = training.present();
    int classes = texts.labels().size();
    double[][] weights = new double[classes == 2 ? 1 : classes][];
    for (int model = 0; model < weights.length; model++) {
      int label = classes == 2 ? 1 : model;
      boolean[] positive = new boolean[texts.size()];
      for (int text = 0; text < positive.length; text++) {
        positive[text] = texts.labelNumber(text) == label;
      }
      double[] values = scaling.values(present, positive, features.count());
      weights[model] = Liblinear.train(present, values, positive, cost);
      for (int i = 0; i < values.length; i++) {
        weights[model][i] *= values[i];
      }
    }
    return new LinearModel(texts.labels(), features, weights);
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Expected a " + name + " above 0, got " + value);
    }
  }

  private static void requireClasses(LabelledTexts texts) {
    if (texts.labels().size() < 2 || texts.counts().containsValue(0)) {
      throw DataException.of(
          "texts of at least two classes to learn from, some of each", texts.counts().toString());
    }
  }

  List<String> labels() {
    return labels;
  }

  Prediction predict(String text) {
    Features.Found found = features.in(text);
    double[] probabilities = weights.length == 1 ? ofTwo(found) : ofSeveral(found);
    Map<String, Double> named = new LinkedHashMap<>();
    for (int label = 0; label < probabilities.length; label++) {
      named.put(labels.get(label), probabilities[label]);
    }
    return Predictions.of(named, found.tokens(), found.unknownTokens());
  }

  private double[] ofTwo(Features.Found found) {
    double score = score(weights[0], found);
    return new double[] {StrictMath.exp(logSigmoid(-score)), StrictMath.exp(logSigmoid(score))};
  }

  private double[] ofSeveral(Features.Found found) {
    double[] logs = new double[weights.length];
    for (int label = 0; label < logs.length; label++) {
      logs[label] = logSigmoid(score(weights[label], found));
    }
    // In relation to the greatest, so that not all of them vanish.
    double greatest = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (int label = 0; label < logs.length; label++) {
      logs[label] = StrictMath.exp(logs[label] - greatest);
      sum += logs[label];
    }
    for (int label = 0; label < logs.length; label++) {
      logs[label] /= sum;
    }
    return logs;
  }

  private static double score(double[] weights, Features.Found found) {
    double score = weights[weights.length - 1];
    for (int feature : found.present()) {
      score += weights[feature];
    }
    return score;
  }

  /** log σ(s), without overflow. */
  private static double logSigmoid(double score) {
    return Math.min(score, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(score)));
  }
}
