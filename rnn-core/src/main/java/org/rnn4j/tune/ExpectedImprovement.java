package org.rnn4j.tune;

import org.rnn4j.metric.Normal;

/**
 * By how much a normal number exceeds a threshold in the mean, where it does: (m − t) Φ(z) + s φ(z)
 * with z = (m − t) / s (Jones, Schonlau and Welch: Efficient Global Optimization of Expensive
 * Black-Box Functions, 1998).
 */
final class ExpectedImprovement {
  private ExpectedImprovement() {}

  /** Of a number with mean m and deviation s over the threshold t. */
  static double of(double mean, double deviation, double threshold) {
    if (deviation <= 0) {
      return Math.max(0, mean - threshold);
    }
    double z = (mean - threshold) / deviation;
    return Math.max(0, (mean - threshold) * Normal.below(z) + deviation * Normal.density(z));
  }
}
