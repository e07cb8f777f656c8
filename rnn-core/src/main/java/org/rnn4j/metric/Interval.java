package org.rnn4j.metric;

/**
 * A number that was measured, and between which bounds the true one lies, at some level of
 * confidence: of many such intervals a share of {@code level} hold the true number.
 *
 * @param estimate what was measured
 * @param lower the lower bound
 * @param upper the upper bound
 * @param level the level of confidence, between 0 and 1
 */
public record Interval(double estimate, double lower, double upper, double level) {
  /** The usual level of confidence. */
  public static final double STANDARD_LEVEL = 0.95;

  /**
   * Wilson's interval of a share, which holds what it says for few trials and for shares near 0 or
   * 1, too (Wilson 1927; recommended by Brown, Cai and DasGupta 2001):
   *
   * <pre>
   *   (p + z²/2n ± z·√(p·(1 − p)/n + z²/4n²)) / (1 + z²/n),    p = successes / n
   * </pre>
   *
   * <p>with z the quantile of the normal distribution that leaves {@code (1 − level)/2} on each
   * side, 1.96 for 0.95.
   *
   * @throws IllegalArgumentException if there is no trial, successes are not from 0 to their
   *     number, or the level is not between 0 and 1
   */
  public static Interval wilson(long successes, long trials, double level) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "Expected successes from 0 to a number of trials of 1 or more, got "
              + successes
              + " of "
              + trials);
    }
    double z = Normal.quantile(level);
    double p = (double) successes / trials;
    double scale = 1 + z * z / trials;
    double centre = (p + z * z / (2.0 * trials)) / scale;
    double half = z / scale * Math.sqrt((p * (1 - p) + z * z / (4.0 * trials)) / trials);
    // At 0 and at all the bounds are exact; rounding would put them beside.
    double lower = successes == 0 ? 0 : centre - half;
    double upper = successes == trials ? 1 : centre + half;
    return new Interval(p, lower, upper, level);
  }

  /** The interval of an accuracy at the {@link #STANDARD_LEVEL}, by {@link #wilson}. */
  public static Interval ofAccuracy(Predictions predictions) {
    return wilson(predictions.correct(), predictions.rows(), STANDARD_LEVEL);
  }

  /**
   * The number below which a share of some numbers lies, linear between two of them, as {@code
   * numpy.percentile} takes it.
   *
   * @param sorted the numbers in ascending order, at least one
   * @param share from 0, the least, to 1, the greatest
   */
  public static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Whether a number lies between the bounds. */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }
}
