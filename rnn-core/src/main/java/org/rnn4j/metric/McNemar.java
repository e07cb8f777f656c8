package org.rnn4j.metric;

/**
 * McNemar's test of two classifiers on the same rows (McNemar 1947). Only rows count that one of
 * them has right and the other wrong: if both were equally good, each such row would fall to either
 * with probability one half.
 *
 * <p>The p-value is always the exact one, two-sided, of the binomial distribution: {@code min(1,
 * 2·P(X ≤ min(b, c)))} with X of b + c throws of a coin, as {@code scipy.stats.binomtest} and
 * statsmodels' {@code mcnemar(exact=True)} have it. The chi-square with Edwards' correction that
 * textbooks give is an approximation to it for 25 such rows or more; here the exact value takes no
 * longer. Without any such row there is nothing to tell the two apart, and it is 1.
 *
 * @param rows how many rows were predicted by both
 * @param onlyFirst rows that only the first has right
 * @param onlySecond rows that only the second has right
 */
public record McNemar(int rows, int onlyFirst, int onlySecond) {
  /** The level below which a difference is usually called significant. */
  public static final double STANDARD_SIGNIFICANCE = 0.05;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative or there are fewer rows than the two say
   */
  public McNemar {
    if (onlyFirst < 0 || onlySecond < 0 || (long) onlyFirst + onlySecond > rows || rows == 0) {
      throw new IllegalArgumentException(
          "Expected numbers of rows that only one has right of 0 or more, and 1 row or more in all,"
              + " got "
              + onlyFirst
              + " and "
              + onlySecond
              + " of "
              + rows);
    }
  }

  /**
   * Compares predictions of the same rows.
   *
   * @throws IllegalArgumentException if they are not of the same rows: their number or a label
   *     differs
   */
  public static McNemar of(Predictions first, Predictions second) {
    if (first.rows() != second.rows()) {
      throw new IllegalArgumentException(
          "Expected predictions of the same rows, got "
              + first.rows()
              + " and "
              + second.rows()
              + " of them");
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int row = 0; row < first.rows(); row++) {
      if (first.label(row) != second.label(row)) {
        throw new IllegalArgumentException(
            "Expected predictions of the same rows, got the labels "
                + first.label(row)
                + " and "
                + second.label(row)
                + " in row "
                + row);
      }
      onlyFirst += first.isCorrect(row) && !second.isCorrect(row) ? 1 : 0;
      onlySecond += second.isCorrect(row) && !first.isCorrect(row) ? 1 : 0;
    }
    return new McNemar(first.rows(), onlyFirst, onlySecond);
  }

  /**
   * How probable a difference at least as great would be, were both equally good; 1 where no row
   * tells them apart.
   */
  public double pValue() {
    long discordant = (long) onlyFirst + onlySecond;
    return Math.min(1, 2 * FairCoin.atMost(Math.min(onlyFirst, onlySecond), discordant));
  }

  /** Whether the p-value is below {@link #STANDARD_SIGNIFICANCE}. */
  public boolean isSignificant() {
    return pValue() < STANDARD_SIGNIFICANCE;
  }

  /**
   * The accuracy of the first less that of the second, with the adjusted Wald interval of Bonett
   * and Price (2012), which has a width even where no row tells them apart:
   *
   * <pre>
   *   p₁ − p₂ ± z·√((p₁ + p₂ − (p₁ − p₂)²) / (rows + 2)),    p₁ = (onlyFirst + 1) / (rows + 2), p₂ alike
   * </pre>
   *
   * <p>The estimate is {@code (onlyFirst − onlySecond) / rows}. The interval is another
   * approximation than the test: near the limit one may see a difference where the other does not.
   *
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  public Interval difference(double level) {
    double z = Normal.quantile(level);
    double n = rows + 2.0;
    double first = (onlyFirst + 1) / n;
    double second = (onlySecond + 1) / n;
    double centre = first - second;
    double half = z * Math.sqrt((first + second - centre * centre) / n);
    double estimate = (double) (onlyFirst - onlySecond) / rows;
    return new Interval(estimate, Math.max(-1, centre - half), Math.min(1, centre + half), level);
  }
}
