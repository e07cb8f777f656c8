package org.rnn4j.metric;

/** The binomial distribution with probability one half: heads in throws of a coin. */
final class FairCoin {
  private static final double TWO_PI = 2 * Math.PI;

  private FairCoin() {}

  /**
   * The probability of at most so many heads, where they are not more than half the throws. A sum
   * from the greatest term down, so that no tail is too thin:
   *
   * <pre>
   *   P(X ≤ k) = P(X = k)·(1 + k/(n−k+1) + k·(k−1)/((n−k+1)·(n−k+2)) + …)
   * </pre>
   */
  static double atMost(long heads, long throwsOfCoin) {
    double term = 1;
    double sum = 0;
    for (long k = heads; k >= 0 && sum + term != sum; k--) {
      sum += term;
      term *= (double) k / (throwsOfCoin - k + 1);
    }
    return sum * exactly(heads, throwsOfCoin);
  }

  /**
   * P(X = k) as Loader has it (Fast and Accurate Computation of Binomial Probabilities, 2000),
   * which loses no digits to factorials.
   */
  private static double exactly(long k, long n) {
    if (k == 0 || k == n) {
      return StrictMath.exp(-n * StrictMath.log(2));
    }
    double skew = (double) (n - 2 * k) / n;
    double deviance =
        n / 2.0 * ((1 - skew) * StrictMath.log1p(-skew) + (1 + skew) * StrictMath.log1p(skew));
    double exponent = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance;
    double scale = Math.sqrt(n / (TWO_PI * k * (n - k)));
    return scale * StrictMath.exp(exponent);
  }

  /** log n! less what Stirling's formula gives for it. */
  private static double stirlingError(long n) {
    if (n > 15) {
      double square = 1.0 / ((double) n * n);
      double series =
          1.0 / 12
              - square
                  * (1.0 / 360
                      - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188))));
      return series / n;
    }
    double logFactorial = 0;
    for (int i = 2; i <= n; i++) {
      logFactorial += StrictMath.log(i);
    }
    return logFactorial - (n + 0.5) * StrictMath.log((double) n) + n - StrictMath.log(TWO_PI) / 2;
  }
}
