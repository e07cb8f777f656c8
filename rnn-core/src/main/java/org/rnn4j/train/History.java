package org.rnn4j.train;

import java.util.List;

/**
 * The epochs of a training, and how it ended.
 *
 * @param epochs in order; those before a checkpoint that the training went on from included
 * @param bestEpoch the number of the epoch that was best by what {@link EarlyStopping} watches; 0
 *     where it is not asked for
 * @param ending how the training ended
 */
public record History(List<Epoch> epochs, int bestEpoch, Ending ending) {
  /** How a training ended. */
  public enum Ending {
    /** All epochs were done. */
    COMPLETED,
    /** What early stopping watches did not become better any more. */
    STOPPED_EARLY,
    /** It was asked to stop, and goes on from its checkpoint, if it was given a place for one. */
    INTERRUPTED
  }

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * The last epoch.
   *
   * @throws IllegalStateException if the training was interrupted in its first
   */
  public Epoch last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException(
          "Expected at least one whole epoch, got none: the training was interrupted");
    }
    return epochs.get(epochs.size() - 1);
  }

  /**
   * The epoch that was best by what early stopping watches.
   *
   * @throws IllegalStateException if nothing was watched
   */
  public Epoch best() {
    if (bestEpoch == 0) {
      throw new IllegalStateException(
          "Expected early stopping, which tells the best epoch, got none");
    }
    return epochs.get(bestEpoch - 1);
  }
}
