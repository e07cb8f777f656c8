package org.rnn4j.metric;

/** The normal distribution with mean 0 and deviation 1. */
final class Normal {
  private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final int MOST_STEPS = 100;

  private Normal() {}

  /**
   * The z for which a share of {@code level} lies between −z and z. By Newton's method from 0,
   * which comes from below, for half the level is concave in z.
   *
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  static double quantile(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("Expected a level between 0 and 1, got " + level);
    }
    double z = 0;
    for (int i = 0; i < MOST_STEPS; i++) {
      double next = z + (level / 2 - half(z)) / density(z);
      if (Math.abs(next - z) <= Math.ulp(z)) {
        return next;
      }
      z = next;
    }
    return z;
  }

  /** The share between 0 and z ≥ 0: {@code φ(z)·(z + z³/3 + z⁵/(3·5) + …)} (Marsaglia 2004). */
  private static double half(double z) {
    double term = z;
    double sum = 0;
    for (int i = 3; sum + term != sum; i += 2) {
      sum += term;
      term *= z * z / i;
    }
    return sum * density(z);
  }

  private static double density(double z) {
    return StrictMath.exp(-z * z / 2) / SQRT_TWO_PI;
  }
}
