package org.rnn4j.tune;

import org.jspecify.annotations.Nullable;

/**
 * One piece of a search's work: a configuration on one fold.
 *
 * @param trial the number of the trial, from 0
 * @param configuration the values of the parameters
 * @param fold the number of the fold, from 0
 * @param budget what may be spent
 * @param seed for all randomness of the training
 */
public record FoldTask(int trial, Configuration configuration, int fold, int budget, long seed) {
  private static final long BYTES_OF_MEGABYTE = 1L << 20;

  /**
   * How a task ended.
   *
   * @param task the task
   * @param score the score, or null if it failed
   * @param error why it failed, or null
   */
  public record Outcome(FoldTask task, @Nullable Double score, @Nullable String error) {

    /**
     * Checks that there is one of both.
     *
     * @throws IllegalArgumentException if there are both or none, or the score is not finite
     */
    public Outcome {
      if ((score == null) == (error == null) || (score != null && !Double.isFinite(score))) {
        throw new IllegalArgumentException(
            "Expected a finite score or an error, got " + score + " and " + error);
      }
    }
  }

  /**
   * Has the objective score the task; what it throws, a score that is not finite, or memory that is
   * too small fails it.
   */
  public Outcome run(Objective objective) {
    try {
      return runInMemory(objective);
    } catch (OutOfMemoryError e) {
      return failed(
          "out of memory, of which there are at most "
              + Runtime.getRuntime().maxMemory() / BYTES_OF_MEGABYTE
              + " MB (-Xmx gives more): "
              + e.getMessage());
    }
  }

  /**
   * The same where memory suffices.
   *
   * @throws OutOfMemoryError if it does not, be it because of other tasks that run
   */
  Outcome runInMemory(Objective objective) {
    try {
      double score = objective.score(configuration, fold, budget, seed);
      return Double.isFinite(score)
          ? new Outcome(this, score, null)
          : failed("expected a finite score, got " + score);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      // Of another class the message may say little alone: "Index 5 out of bounds", "null".
      String message = e instanceof IllegalArgumentException ? e.getMessage() : null;
      return failed(message == null ? e.toString() : message);
    }
  }

  private Outcome failed(String error) {
    return new Outcome(this, null, error);
  }
}
