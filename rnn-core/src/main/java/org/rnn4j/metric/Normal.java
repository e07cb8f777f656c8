package org.rnn4j.metric;

/**
 * The normal distribution with mean 0 and deviation 1, with the same bits on every machine. Its
 * density is φ(z) = exp(−z²/2) / √(2π), and Φ(z) the integral of φ up to z.
 */
public final class Normal {
  private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

  /** From here on the continued fraction converges faster than the series. */
  private static final double TAIL = 3;

  private static final int FRACTION_TERMS = 80;
  private static final int MOST_STEPS = 100;

  private Normal() {}

  /** φ(z), the density. */
  public static double density(double z) {
    return StrictMath.exp(-z * z / 2) / ROOT_OF_TWO_PI;
  }

  /**
   * Φ(z), the share below z. Near 0 by Marsaglia's series, further out by Laplace's continued
   * fraction 1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))).
   */
  public static double below(double z) {
    if (z >= TAIL) {
      return 1 - beyond(z);
    }
    if (z <= -TAIL) {
      return beyond(-z);
    }
    return 0.5 + fromZero(z);
  }

  private static double beyond(double z) {
    double fraction = z;
    for (int k = FRACTION_TERMS; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return density(z) / fraction;
  }

  /**
   * Φ(z) − ½ by the series φ(z) · (z + z³/3 + z⁵/(3·5) + …) (Marsaglia: Evaluating the Normal
   * Distribution, 2004).
   */
  private static double fromZero(double z) {
    double term = z;
    double sum = 0;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= z * z / odd;
    }
    return sum * density(z);
  }

  /**
   * The z for which a share of {@code level} lies between −z and z. By Newton's method from 0,
   * which comes from below, for half the level is concave in z.
   *
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  public static double quantile(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("Expected a level between 0 and 1, got " + level);
    }
    double z = 0;
    for (int i = 0; i < MOST_STEPS; i++) {
      double next = z + (level / 2 - fromZero(z)) / density(z);
      if (Math.abs(next - z) <= Math.ulp(z)) {
        return next;
      }
      z = next;
    }
    return z;
  }
}
