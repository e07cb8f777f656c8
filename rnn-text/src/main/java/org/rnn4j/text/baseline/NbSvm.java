package org.rnn4j.text.baseline;

import java.util.List;
import java.util.Objects;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * NB-SVM (Wang and Manning 2012), the linear classifier that is hard to beat on long reviews: which
 * words and word pairs f stand in a text, each weighed by what naive Bayes says of it, {@code r(f)
 * = log((p(f)/‖p‖₁) / (q(f)/‖q‖₁))}, where p(f) is α plus the number of texts of the class that
 * have f, and q(f) the same for the other texts.
 *
 * <pre>{@code
 * NbSvm baseline = NbSvm.train(split.train(), NbSvm.Options.standard());
 * Prediction prediction = baseline.predict("not bad at all");
 * }</pre>
 *
 * <p>The weights are those of logistic regression, as in Mesnil et al. (2014), not of the support
 * vector machine that gave the method its name: probabilities come with it. The paper's
 * interpolation of weights is left out for the same reason. Of more than two classes each is told
 * from all others, and their probabilities are divided by their sum. A text without tokens gets
 * what the bias says.
 *
 * <p>The same texts and options give the same classifier in every run on one Java version and
 * machine; no random number is drawn, so that there is no seed. Another Java version or processor
 * may change the last digits of its probabilities: the solver, liblinear, calls {@link Math#exp},
 * which need not round alike everywhere. Everything else here is bit for bit the same.
 */
public final class NbSvm implements Classifier {
  private final LinearModel model;

  private NbSvm(LinearModel model) {
    this.model = model;
  }

  /**
   * Settings of a training.
   *
   * @param ngrams what a text is made of
   * @param smoothing α, what is added to every count
   * @param cost C, the weight of the texts against that of the penalty ½·‖w‖²
   */
  public record Options(NGrams ngrams, double smoothing, double cost) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if smoothing or cost is not above 0
     */
    public Options {
      Objects.requireNonNull(ngrams, "ngrams");
      LinearModel.requirePositive("smoothing", smoothing);
      LinearModel.requirePositive("cost", cost);
    }

    /** The default: {@link NGrams#standard()}, smoothing and cost of 1, as in the paper. */
    public static Options standard() {
      return new Options(NGrams.standard(), 1, 1);
    }

    /** The same with other n-grams. */
    public Options withNGrams(NGrams other) {
      return new Options(other, smoothing, cost);
    }

    /** The same with another smoothing. */
    public Options withSmoothing(double other) {
      return new Options(ngrams, other, cost);
    }

    /** The same with another cost. */
    public Options withCost(double other) {
      return new Options(ngrams, smoothing, other);
    }
  }

  /**
   * Trains on texts.
   *
   * @throws DataException if the texts are not of two classes or more, with some of each, or have
   *     no token in common
   */
  public static NbSvm train(LabelledTexts texts, Options options) {
    return new NbSvm(
        LinearModel.train(
            texts,
            options.ngrams,
            (present, positive, features) ->
                logCountRatios(present, positive, features, options.smoothing),
            options.cost));
  }

  /** r of each feature. */
  static double[] logCountRatios(
      int[][] present, boolean[] positive, int features, double smoothing) {
    double[] ours = new double[features];
    double[] others = new double[features];
    for (int text = 0; text < present.length; text++) {
      for (int feature : present[text]) {
        (positive[text] ? ours : others)[feature]++;
      }
    }
    double ourSum = 0;
    double othersSum = 0;
    for (int feature = 0; feature < features; feature++) {
      ourSum += ours[feature] + smoothing;
      othersSum += others[feature] + smoothing;
    }
    double[] ratios = new double[features];
    for (int feature = 0; feature < features; feature++) {
      double our = (ours[feature] + smoothing) / ourSum;
      double other = (others[feature] + smoothing) / othersSum;
      ratios[feature] = StrictMath.log(our / other);
    }
    return ratios;
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
