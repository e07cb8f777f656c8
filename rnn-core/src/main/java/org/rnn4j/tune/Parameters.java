package org.rnn4j.tune;

/** What is wrong with a parameter, or with a value of one. */
final class Parameters {
  private Parameters() {}

  /** Fails where a parameter has no name, or is not as it is expected. */
  static void check(String name, boolean possible, String expected, String actual) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("Expected a parameter with a name, got \"" + name + "\"");
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "Expected " + expected + " for parameter " + name + ", got " + actual);
    }
  }

  /** What is thrown for a value that a parameter does not have. */
  static IllegalArgumentException unexpected(String name, String expected, Object actual) {
    String shown = actual instanceof String ? "\"" + actual + "\"" : String.valueOf(actual);
    return new IllegalArgumentException(
        "Expected " + expected + " for parameter " + name + ", got " + shown);
  }
}
