package org.rnn4j.train;

/**
 * Lowers the learning rate when a validation score has not become better for some epochs: what the
 * schedule says is then multiplied by the factor, and again after as many epochs more.
 *
 * @param monitor what is watched
 * @param factor what the rate is multiplied by; 0.1 unless told
 * @param patience epochs without an improvement after which it is, as in Keras (PyTorch waits for
 *     one more); 2 unless told
 * @param minDelta by how much a score must be better than the best to count; 0 unless told
 * @param least what the product of the factors does not go below; 0 unless told
 */
public record ReduceOnPlateau(
    Monitor monitor, double factor, int patience, double minDelta, double least) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the factor is not in (0, 1), the patience less than 1, the
   *     least difference not a finite number of 0 or more, or the least product not in [0, 1)
   */
  public ReduceOnPlateau {
    Watch.check("ReduceOnPlateau", patience, minDelta);
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "Expected the factor of ReduceOnPlateau to be more than 0 and less than 1, got "
              + factor);
    }
    if (!(least >= 0 && least < 1)) {
      throw new IllegalArgumentException(
          "Expected the least rate of ReduceOnPlateau to be at least 0 and less than 1, got "
              + least);
    }
  }

  /** Watches a score with the defaults above. */
  public static ReduceOnPlateau on(Monitor monitor) {
    return new ReduceOnPlateau(monitor, 0.1, 2, 0, 0);
  }

  /** The same with another factor. */
  public ReduceOnPlateau factor(double factor) {
    return new ReduceOnPlateau(monitor, factor, patience, minDelta, least);
  }

  /** The same with another patience. */
  public ReduceOnPlateau patience(int patience) {
    return new ReduceOnPlateau(monitor, factor, patience, minDelta, least);
  }

  /** The same with another least difference. */
  public ReduceOnPlateau minDelta(double minDelta) {
    return new ReduceOnPlateau(monitor, factor, patience, minDelta, least);
  }

  /** The same with a bound for the product of the factors. */
  public ReduceOnPlateau least(double least) {
    return new ReduceOnPlateau(monitor, factor, patience, minDelta, least);
  }
}
