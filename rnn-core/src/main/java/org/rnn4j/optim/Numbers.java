package org.rnn4j.optim;

/** Checks of settings. */
final class Numbers {
  private Numbers() {}

  /** Fails where a setting is not as expected. */
  static void require(String setting, String expected, double value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Expected " + setting + " to be " + expected + ", got " + value);
    }
  }

  /** Fails where a setting is not a finite number above zero. */
  static void requirePositive(String setting, double value) {
    require(setting, "more than 0 and less than 1e30", value, value > 0 && value < 1e30);
  }

  /** Fails where a setting is not in [0, 1). */
  static void requireShare(String setting, double value) {
    require(setting, "at least 0 and less than 1", value, value >= 0 && value < 1);
  }
}
