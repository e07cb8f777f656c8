package org.rnn4j.goldens;

/**
 * Holds values to expected ones: |actual − expected| ≤ absolute + relative · |expected|. What is
 * not a number is never close.
 */
record Closeness(double absolute, double relative) {
  /** What float64 goldens are held to. */
  static final Closeness GOLDEN = new Closeness(1e-10, 1e-10);

  void check(String what, double actual, double expected) {
    double allowed = absolute + relative * Math.abs(expected);
    if (!(Math.abs(actual - expected) <= allowed)) {
      throw new AssertionError(
          "Expected " + what + " to be " + expected + " within " + allowed + ", got " + actual);
    }
  }

  void check(String what, double[] actual, double[] expected) {
    requireLength(what, actual.length, expected.length);
    for (int i = 0; i < expected.length; i++) {
      check(what + "[" + i + "]", actual[i], expected[i]);
    }
  }

  void check(String what, double[][] actual, double[][] expected) {
    requireLength(what, actual.length, expected.length);
    for (int i = 0; i < expected.length; i++) {
      check(what + "[" + i + "]", actual[i], expected[i]);
    }
  }

  void check(String what, double[][][] actual, double[][][] expected) {
    requireLength(what, actual.length, expected.length);
    for (int i = 0; i < expected.length; i++) {
      check(what + "[" + i + "]", actual[i], expected[i]);
    }
  }

  private static void requireLength(String what, int actual, int expected) {
    if (actual != expected || expected == 0) {
      throw new AssertionError(
          "Expected " + what + " of length " + expected + " (and not 0), got " + actual);
    }
  }
}
