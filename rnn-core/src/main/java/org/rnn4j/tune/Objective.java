package org.rnn4j.tune;

/**
 * What a search makes large: trains with a configuration on the training part of a fold and scores
 * what the fold holds out. It is called by several threads at once, for different folds.
 */
@FunctionalInterface
public interface Objective {
  /**
   * Scores a configuration on one fold.
   *
   * @param configuration the values of the parameters
   * @param fold the number of the fold, from 0
   * @param budget what may be spent, such as epochs; all of it unless the search's method begins
   *     with less
   * @param seed for all randomness of the training; the same for every configuration and budget on
   *     a fold, so that configurations are compared on equal terms
   * @return the score, a finite number, larger being better
   * @throws Exception if the configuration cannot be scored; it is recorded, and the search goes on
   */
  double score(Configuration configuration, int fold, int budget, long seed) throws Exception;
}
