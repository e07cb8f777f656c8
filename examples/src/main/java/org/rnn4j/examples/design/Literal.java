package org.rnn4j.examples.design;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** Plain values as text: numbers in their shortest digits, the same on every Java version. */
final class Literal {
  /** Digits that tell any two doubles apart. */
  private static final int MOST_DIGITS = 17;

  /** Numbers of an absolute value from here on are written without an exponent. */
  private static final double LEAST_PLAIN = 1e-4;

  private static final double GREATEST_PLAIN = 1e9;

  private Literal() {}

  /**
   * The text of a JSON value: a text itself, a whole or other number, true or false, or a list of
   * these, separated by commas.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static String of(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Literal::of).collect(Collectors.joining(","));
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "Expected a text, a number, true, false or a list of these, got " + value);
  }

  private static String number(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    BigDecimal shortest = new BigDecimal(value);
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      BigDecimal rounded =
          new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        shortest = rounded;
        break;
      }
    }
    BigDecimal stripped = shortest.stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= LEAST_PLAIN && size < GREATEST_PLAIN) {
      return stripped.toPlainString();
    }
    int exponent = stripped.precision() - stripped.scale() - 1;
    return stripped.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
