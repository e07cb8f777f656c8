package org.rnn4j.tune;

/** The standard normal distribution, with the same bits on every machine. */
final class Normal {
  private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

  /** From here on the continued fraction converges faster than the series. */
  private static final double TAIL = 3;

  private static final int FRACTION_TERMS = 80;

  private Normal() {}

  /** φ(z) = exp(−z²/2) / √(2π). */
  static double density(double z) {
    return StrictMath.exp(-z * z / 2) / ROOT_OF_TWO_PI;
  }

  /**
   * Φ(z), the integral of φ up to z. Near 0 by the series ½ + φ(z) · (z + z³/3 + z⁵/(3·5) + …)
   * (Marsaglia: Evaluating the Normal Distribution, 2004), further out by Laplace's continued
   * fraction 1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))).
   */
  static double below(double z) {
    if (z >= TAIL) {
      return 1 - beyond(z);
    }
    if (z <= -TAIL) {
      return beyond(-z);
    }
    double term = z;
    double sum = z;
    for (int odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return 0.5 + density(z) * sum;
  }

  private static double beyond(double z) {
    double fraction = z;
    for (int k = FRACTION_TERMS; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return density(z) / fraction;
  }

  /**
   * By how much a normal number exceeds a threshold in the mean, where it does: (m − t) Φ(z) + s
   * φ(z) with z = (m − t) / s (Jones, Schonlau and Welch: Efficient Global Optimization of
   * Expensive Black-Box Functions, 1998).
   */
  static double expectedImprovement(double mean, double deviation, double threshold) {
    if (deviation <= 0) {
      return Math.max(0, mean - threshold);
    }
    double z = (mean - threshold) / deviation;
    return Math.max(0, (mean - threshold) * below(z) + deviation * density(z));
  }
}
