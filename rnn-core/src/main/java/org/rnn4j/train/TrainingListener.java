package org.rnn4j.train;

/** Is told how a training goes. Called on the training thread; what it does takes training time. */
public interface TrainingListener {
  /** Training begins, or goes on from a checkpoint, where progress then stands. */
  default void started(Progress progress) {}

  /** A step was taken: a batch was learned, or the last of several that are accumulated. */
  default void batchEnded(Progress progress) {}

  /** An epoch ended, validation included. */
  default void epochEnded(Epoch epoch) {}

  /**
   * An epoch was the best so far by what early stopping watches; told after {@link #epochEnded}.
   */
  default void improved(Epoch epoch) {}

  /** Training ended; the network has the weights that are left. Not told after a failure. */
  default void ended(History history) {}

  /**
   * Where a training stands.
   *
   * @param epoch counted from 1; 0 before the first batch
   * @param epochs how many there will be
   * @param batch counted from 1 within the epoch
   * @param batches how many the epoch has
   * @param tokens tokens learned in this epoch so far
   * @param allTokens tokens that the epoch has
   * @param seconds wall time of this epoch so far
   * @param running scores over the epoch so far
   */
  record Progress(
      int epoch,
      int epochs,
      int batch,
      int batches,
      long tokens,
      long allTokens,
      double seconds,
      Scores running) {}
}
