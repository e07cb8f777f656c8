package org.rnn4j.text.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * Logistic regression on which words and word pairs stand in a text, however often. See {@link
 * NbSvm}, which mostly does better, for what is said of both.
 */
public final class LogisticRegression implements Classifier {
  private final LinearModel model;

  private LogisticRegression(LinearModel model) {
    this.model = model;
  }

  /**
   * Settings of a training.
   *
   * @param ngrams what a text is made of
   * @param cost C, the weight of the texts against that of the penalty ½·‖w‖²
   */
  public record Options(NGrams ngrams, double cost) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the cost is not above 0
     */
    public Options {
      Objects.requireNonNull(ngrams, "ngrams");
      LinearModel.requirePositive("cost", cost);
    }

    /** The default: {@link NGrams#standard()} and a cost of 0.1. */
    public static Options standard() {
      return new Options(NGrams.standard(), 0.1);
    }

    /** The same with other n-grams. */
    public Options withNGrams(NGrams other) {
      return new Options(other, cost);
    }

    /** The same with another cost. */
    public Options withCost(double other) {
      return new Options(ngrams, other);
    }
  }

  /**
   * Trains on texts.
   *
   * @throws DataException if the texts are not of two classes or more, with some of each, or have
   *     no token in common
   */
  public static LogisticRegression train(LabelledTexts texts, Options options) {
    return new LogisticRegression(
        LinearModel.train(texts, options.ngrams, LogisticRegression::ones, options.cost));
  }

  private static double[] ones(int[][] present, boolean[] positive, int features) {
    double[] values = new double[features];
    Arrays.fill(values, 1);
    return values;
  }

  @Override
  public List<String> labels() {
    return model.labels();
  }

  @Override
  public Prediction predict(String text) {
    return model.predict(text);
  }
}
