package org.rnn4j.bench.compare;

import java.util.Locale;

/** Numbers as tables show them, to three figures or so. */
final class Figures {
  private Figures() {}

  static String of(double value) {
    double magnitude = Math.abs(value);
    String format = magnitude >= 100 ? "%.0f" : magnitude >= 10 ? "%.1f" : "%.2f";
    if (magnitude < 0.1) {
      format = "%.3f";
    }
    return String.format(Locale.ROOT, format, value);
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
