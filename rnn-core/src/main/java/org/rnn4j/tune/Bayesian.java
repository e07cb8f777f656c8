package org.rnn4j.tune;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * Learns from the trials so far where a better one may be found (Snoek, Larochelle and Adams:
 * Practical Bayesian Optimization of Machine Learning Algorithms, 2012): a Gaussian process with
 * Matérn's covariance, ν = 5/2, a length scale for each parameter and noise, all fitted by marginal
 * likelihood with wide priors, says what score a configuration has and how certain that is; tried
 * next is the one with the largest expected improvement over the highest mean of those tried. The
 * first trials are spread evenly over the space (a Latin hypercube).
 *
 * <p>Parameters are seen from 0 to 1 on their scale, choices one-hot, parameters that do not exist
 * in the middle. A trial that failed counts as the worst so far, one that was stopped by its mean
 * over the folds that it had. No configuration is tried twice.
 *
 * <p>Trials of one batch do not wait for each other: each but the first is chosen as if those
 * before it had turned out as expected (Ginsbourger, Le Riche and Carraro 2010). Smaller batches
 * learn more from the same number of trials, larger ones keep more threads at work; the number of
 * threads itself changes nothing.
 *
 * @param trials how many are tried
 * @param initial how many of them come first, spread over the space
 * @param batch how many are chosen at once after that
 */
public record Bayesian(int trials, int initial, int batch) implements SearchMethod {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are no trials, fewer than 2 initial ones, or no batch
   */
  public Bayesian {
    Randomised.requireTrials(trials);
    if (initial < 2 || batch < 1) {
      throw new IllegalArgumentException(
          "Expected 2 initial trials or more and batches of 1 or more, got "
              + initial
              + " and "
              + batch);
    }
  }

  /** A fourth of the trials, but 4 to 20, come first; then each is chosen by itself. */
  public static Bayesian of(int trials) {
    return new Bayesian(trials, Math.max(4, Math.min(20, trials / 4)), 1);
  }

  /** The same in batches of another size. */
  public Bayesian batch(int batch) {
    return new Bayesian(trials, initial, batch);
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "bayes");
    json.put("trials", trials);
    json.put("initial", initial);
    json.put("batch", batch);
    return json;
  }

  @Override
  public int trials(Space space, int budget) {
    return (int) Math.min(trials, space.size());
  }

  @Override
  public Sampler start(Space space, int budget, RandomStream random) {
    return new BayesianSampler(this, space, budget, random);
  }
}
