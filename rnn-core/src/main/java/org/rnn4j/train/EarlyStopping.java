package org.rnn4j.train;

/**
 * Ends a training when a validation score has not become better for some epochs, and leaves the
 * weights of the best epoch; also where the training comes to its end otherwise.
 *
 * <pre>{@code
 * trainer.earlyStopping(EarlyStopping.on(Monitor.metric("accuracy")).patience(5));
 * }</pre>
 *
 * @param monitor what is watched
 * @param patience epochs without an improvement after which the training ends, as in Keras; 3
 *     unless told
 * @param minDelta by how much a score must be better than the best to count; 0 unless told
 * @param restoresBest whether the weights of the best epoch are left, rather than the last; true
 *     unless told
 */
public record EarlyStopping(Monitor monitor, int patience, double minDelta, boolean restoresBest) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the patience is less than 1, or the least difference not a
   *     finite number of 0 or more
   */
  public EarlyStopping {
    Watch.check("early stopping", patience, minDelta);
  }

  /** Watches a score with the defaults above. */
  public static EarlyStopping on(Monitor monitor) {
    return new EarlyStopping(monitor, 3, 0, true);
  }

  /** The same with another patience. */
  public EarlyStopping patience(int patience) {
    return new EarlyStopping(monitor, patience, minDelta, restoresBest);
  }

  /** The same with another least difference. */
  public EarlyStopping minDelta(double minDelta) {
    return new EarlyStopping(monitor, patience, minDelta, restoresBest);
  }

  /** The same, leaving the weights of the last epoch. */
  public EarlyStopping keepingLast() {
    return new EarlyStopping(monitor, patience, minDelta, false);
  }
}
