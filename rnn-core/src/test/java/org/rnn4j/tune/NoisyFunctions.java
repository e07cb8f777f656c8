package org.rnn4j.tune;

import java.util.stream.IntStream;
import org.rnn4j.tensor.RandomStream;

/** Functions that searches are commonly tried on, upside down, with noise. */
enum NoisyFunctions {
  /**
   * Branin's: a (x₂ − b x₁² + c x₁ − r)² + s (1 − t) cos x₁ + s, whose least value is 0.397887 at
   * three places.
   */
  BRANIN(0.5, Space.of(Dimension.real("x1", -5, 10), Dimension.real("x2", 0, 15))) {
    @Override
    double exact(Configuration at) {
      double x1 = at.real("x1");
      double x2 = at.real("x2");
      double bowl = x2 - 5.1 / (4 * Math.PI * Math.PI) * x1 * x1 + 5 / Math.PI * x1 - 6;
      return -(bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x1) + 10);
    }
  },

  /** Hartmann's in six dimensions, whose least value is −3.32237. */
  HARTMANN_6(
      0.05,
      new Space(
          IntStream.rangeClosed(1, 6)
              .<Dimension>mapToObj(i -> Dimension.real("x" + i, 0, 1))
              .toList())) {
    @Override
    double exact(Configuration at) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double exponent = 0;
        for (int j = 0; j < 6; j++) {
          double difference = at.real("x" + (j + 1)) - HARTMANN_P[i][j] * 1e-4;
          exponent += HARTMANN_A[i][j] * difference * difference;
        }
        sum += HARTMANN_ALPHA[i] * StrictMath.exp(-exponent);
      }
      return sum;
    }
  };

  private static final double[] HARTMANN_ALPHA = {1, 1.2, 3, 3.2};
  private static final double[][] HARTMANN_A = {
    {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] HARTMANN_P = {
    {1312, 1696, 5569, 124, 8283, 5886}, {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650}, {4047, 8828, 8732, 5743, 1091, 381}
  };

  private final double noise;
  final Space space;

  NoisyFunctions(double noise, Space space) {
    this.noise = noise;
    this.space = space;
  }

  /** The value without noise; the larger, the better. */
  abstract double exact(Configuration at);

  /** A value with noise, which depends on the configuration and the seed only. */
  double score(Configuration at, long seed) {
    RandomStream random = new RandomStream(seed).derive(at.toJson());
    return exact(at) + noise * random.nextGaussian();
  }
}
