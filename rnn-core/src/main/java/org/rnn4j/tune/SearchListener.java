package org.rnn4j.tune;

/** Is told how a search goes. Calls come one at a time, from any thread. */
public interface SearchListener {
  /**
   * A fold has been scored, or has failed, or was found in the journal.
   *
   * @param outcome how it went
   * @param progress where the search stands
   */
  default void foldEnded(FoldTask.Outcome outcome, Progress progress) {}

  /** All folds of a trial have ended; trials of one batch are told in their order. */
  default void trialEnded(Trial trial) {}

  /**
   * Where a search stands.
   *
   * @param ended how many folds have ended
   * @param planned how many there will be at most
   * @param known how many of those that have ended were found in the journal
   */
  record Progress(int ended, int planned, int known) {}
}
