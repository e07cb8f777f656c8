package org.rnn4j.tune;

/**
 * The covariance of a Gaussian process: Matérn's with ν = 5/2 and a length scale for each group of
 * columns (automatic relevance determination), and independent noise (Rasmussen and Williams:
 * Gaussian Processes for Machine Learning, 2006, chapter 4):
 *
 * <pre>{@code
 * k(a, b) = v (1 + √5 r + 5 r² / 3) exp(−√5 r),   r² = Σ_c (a_c − b_c)² / ℓ²_group(c)
 * }</pre>
 *
 * <p>Its parameters are held as logarithms: of v, of each ℓ, of the noise's variance.
 */
final class Matern {
  private static final double ROOT_OF_FIVE = Math.sqrt(5);

  /** To which length scale each column belongs. */
  private final int[] groups;

  /** log v, log ℓ of each group, log noise. */
  private final double[] logs;

  private final double variance;
  private final double noise;
  private final double[] inverseSquares;

  Matern(int[] groups, double... logs) {
    this.groups = groups;
    this.logs = logs.clone();
    this.variance = StrictMath.exp(logs[0]);
    this.noise = StrictMath.exp(logs[logs.length - 1]);
    this.inverseSquares = new double[logs.length - 2];
    for (int group = 0; group < inverseSquares.length; group++) {
      inverseSquares[group] = StrictMath.exp(-2 * logs[group + 1]);
    }
  }

  double[] logs() {
    return logs.clone();
  }

  double variance() {
    return variance;
  }

  double noise() {
    return noise;
  }

  int parameters() {
    return logs.length;
  }

  double covariance(double[] a, double[] b) {
    double square = 0;
    for (int column = 0; column < a.length; column++) {
      double difference = a[column] - b[column];
      square += difference * difference * inverseSquares[groups[column]];
    }
    double scaled = ROOT_OF_FIVE * Math.sqrt(square);
    return variance * (1 + scaled + scaled * scaled / 3) * StrictMath.exp(-scaled);
  }

  /**
   * Adds the derivatives of k(a, b) by log v and each log ℓ, times a weight; that by log ℓ is v ·
   * 5/3 · (1 + √5 r) exp(−√5 r) · Σ (a_c − b_c)² / ℓ² over the columns of the group.
   */
  void addGradient(double[] a, double[] b, double weight, double[] gradient) {
    double[] squares = new double[inverseSquares.length];
    double square = 0;
    for (int column = 0; column < a.length; column++) {
      double difference = a[column] - b[column];
      int group = groups[column];
      double part = difference * difference * inverseSquares[group];
      squares[group] += part;
      square += part;
    }
    double scaled = ROOT_OF_FIVE * Math.sqrt(square);
    double fading = variance * StrictMath.exp(-scaled);
    gradient[0] += weight * fading * (1 + scaled + scaled * scaled / 3);
    double slope = weight * fading * 5 / 3 * (1 + scaled);
    for (int group = 0; group < squares.length; group++) {
      gradient[group + 1] += slope * squares[group];
    }
  }
}
