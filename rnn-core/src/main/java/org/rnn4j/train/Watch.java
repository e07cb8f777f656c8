package org.rnn4j.train;

/** The best of a watched score so far, and how long ago it was. */
final class Watch {
  private final Monitor monitor;
  private final double minDelta;
  private double best = Double.NaN;
  private int bestEpoch;
  private int waited;

  Watch(Monitor monitor, double minDelta) {
    this.monitor = monitor;
    this.minDelta = minDelta;
  }

  /** Takes in an epoch; whether it is better than the best by more than the least difference. */
  boolean improves(Epoch epoch) {
    double score = monitor.score(epoch);
    double gain = monitor.greaterIsBetter() ? score - best : best - score;
    if (bestEpoch == 0 || gain > minDelta) {
      best = score;
      bestEpoch = epoch.number();
      waited = 0;
      return true;
    }
    waited++;
    return false;
  }

  /** Epochs without an improvement, since the best or since the waiting began anew. */
  int waited() {
    return waited;
  }

  void waitAnew() {
    waited = 0;
  }

  /** The number of the best epoch; 0 before the first. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** What a checkpoint holds of it. */
  double[] state() {
    return new double[] {best, bestEpoch, waited};
  }

  /** Goes on from a checkpoint. */
  void restore(double best, double bestEpoch, double waited) {
    this.best = best;
    this.bestEpoch = (int) bestEpoch;
    this.waited = (int) waited;
  }

  /** Checks the settings of who watches. */
  static void check(String what, int patience, double minDelta) {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "Expected patience of " + what + " to be 1 epoch or more, got " + patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Expected minDelta of " + what + " to be finite and at least 0, got " + minDelta);
    }
  }
}
