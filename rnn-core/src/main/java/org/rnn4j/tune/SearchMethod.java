package org.rnn4j.tune;

import java.util.List;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * How configurations to be tried are chosen: {@link Grid}, {@link Randomised}, {@link Halving},
 * {@link Hyperband}, {@link Bayesian}, or one's own.
 */
public interface SearchMethod {
  /** The name and settings of the method, as plain JSON values: a journal belongs to one method. */
  Map<String, Object> describe();

  /**
   * How many trials it proposes in a space at most.
   *
   * @param budget the whole budget of a trial
   * @throws IllegalArgumentException if the space or the budget do not suit the method
   */
  int trials(Space space, int budget);

  /**
   * Starts to choose.
   *
   * @param budget the whole budget of a trial
   * @param random the only source of randomness
   * @throws IllegalArgumentException if the space or the budget do not suit the method
   */
  Sampler start(Space space, int budget, RandomStream random);

  /** Chooses batch by batch. What it proposes depends on what it was told, and nothing else. */
  interface Sampler {
    /** The next trials, which do not wait for each other; none when the search is over. */
    List<Proposal> ask();

    /** How the trials of the last batch went, in the order they were proposed. */
    void tell(List<Trial> trials);

    /**
     * How trials went that it has not proposed, see {@link Search#first}, before it is asked for
     * any. Nothing is done unless a sampler learns from all trials.
     */
    default void learn(List<Trial> trials) {}
  }

  /**
   * A trial to be run.
   *
   * @param configuration the values of the parameters
   * @param budget what is to be spent on each fold
   */
  record Proposal(Configuration configuration, int budget) {}
}
