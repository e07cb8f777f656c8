package org.rnn4j.examples.demo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rnn4j.tensor.RandomStream;

/**
 * What can be told from the words of a text without their order: logistic regression on how often
 * each word comes, the baseline that a recurrent network must beat. Given pairs of neighbouring
 * words as well, it sees a little of the order.
 *
 * <p>{@code p(positive) = σ(b + Σ count(g)·w(g))} over the words (and pairs) g of the training
 * texts; others are ignored. Minimises the mean cross-entropy plus {@code λ/2·|w|²} by stochastic
 * gradient steps with AdaGrad's step sizes (Duchi, Hazan, Singer 2011), the penalty being taken for
 * the words of the step's own text, as is usual for sparse texts. The one of three values of λ that
 * does best on the validation texts is kept, to give the baseline its best.
 */
public final class BagOfWords {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final double[] PENALTIES = {1e-4, 1e-3, 1e-2};
  private static final double STEP = 0.1;
  private static final int EPOCHS = 30;

  private final int longestGram;
  private final Map<String, Integer> features = new HashMap<>();
  private double[] weights = {};
  private double bias;

  private BagOfWords(int longestGram) {
    this.longestGram = longestGram;
  }

  /**
   * Fits a baseline; the same reviews give the same baseline.
   *
   * @param training reviews to fit
   * @param validation reviews to choose the penalty by
   * @param longestGram 1 for words alone, 2 for words and pairs of neighbouring words
   * @throws IllegalArgumentException if there are no reviews, or {@code longestGram} is neither
   */
  public static BagOfWords fit(
      List<DemoReview> training, List<DemoReview> validation, int longestGram) {
    if (training.isEmpty() || validation.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected reviews to fit and to validate with, got "
              + training.size()
              + " and "
              + validation.size());
    }
    if (longestGram != 1 && longestGram != 2) {
      throw new IllegalArgumentException("longestGram: expected 1 or 2, got " + longestGram);
    }
    BagOfWords bag = new BagOfWords(longestGram);
    int[][] counted = new int[training.size()][];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = bag.count(training.get(i).text(), true);
    }
    double[] best = {};
    double bestBias = 0;
    double bestAccuracy = -1;
    for (double penalty : PENALTIES) {
      bag.descend(training, counted, penalty);
      double accuracy = bag.accuracy(validation);
      if (accuracy > bestAccuracy) {
        best = bag.weights;
        bestBias = bag.bias;
        bestAccuracy = accuracy;
      }
    }
    bag.weights = best;
    bag.bias = bestBias;
    return bag;
  }

  /** The probability that a text is positive. */
  public double probability(String text) {
    return sigmoid(score(count(text, false)));
  }

  /** The share of reviews, from 0 to 1, that are judged rightly. */
  public double accuracy(List<DemoReview> reviews) {
    int right = 0;
    for (DemoReview review : reviews) {
      if (probability(review.text()) >= 0.5 == review.positive()) {
        right++;
      }
    }
    return (double) right / reviews.size();
  }

  private void descend(List<DemoReview> reviews, int[][] counted, double penalty) {
    weights = new double[features.size()];
    bias = 0;
    double[] squares = new double[weights.length];
    double biasSquares = 0;
    int[] order = new int[counted.length];
    Arrays.setAll(order, i -> i);
    RandomStream shuffles = new RandomStream(0);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffles.shuffle(order);
      for (int i : order) {
        double error = sigmoid(score(counted[i])) - (reviews.get(i).positive() ? 1 : 0);
        biasSquares += error * error;
        bias -= STEP * error / Math.sqrt(biasSquares + 1e-12);
        for (int feature : counted[i]) {
          double gradient = error + penalty * weights[feature];
          squares[feature] += gradient * gradient;
          weights[feature] -= STEP * gradient / Math.sqrt(squares[feature] + 1e-12);
        }
      }
    }
  }

  private double score(int[] counted) {
    double score = bias;
    for (int feature : counted) {
      score += weights[feature];
    }
    return score;
  }

  /** The features of a text, each as often as it comes. */
  private int[] count(String text, boolean grow) {
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    int[] counted = new int[16];
    int size = 0;
    String previous = "";
    while (words.find()) {
      String word = words.group();
      for (int gram = 1; gram <= longestGram; gram++) {
        if (gram == 2 && previous.isEmpty()) {
          continue;
        }
        String key = gram == 1 ? word : previous + ' ' + word;
        Integer feature =
            grow ? features.computeIfAbsent(key, k -> features.size()) : features.get(key);
        if (feature != null) {
          if (size == counted.length) {
            counted = Arrays.copyOf(counted, 2 * size);
          }
          counted[size++] = feature;
        }
      }
      previous = word;
    }
    return Arrays.copyOf(counted, size);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
