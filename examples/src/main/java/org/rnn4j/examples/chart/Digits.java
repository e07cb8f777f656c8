package org.rnn4j.examples.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers in decimal digits, the same on every version of Java: the shortest digits of a double are
 * not.
 */
public final class Digits {
  private static final MathContext TWELVE = new MathContext(12, RoundingMode.HALF_EVEN);

  private Digits() {}

  /** A whole number, its digits in groups of three. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number with so many decimals, and whole digits in groups of three. */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return other(value);
    }
    String digits =
        new BigDecimal(value)
            .round(TWELVE)
            .setScale(decimals, RoundingMode.HALF_UP)
            .toPlainString();
    boolean negative = digits.startsWith("-");
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    StringBuilder text = new StringBuilder(digits);
    for (int i = point - 3; i > (negative ? 1 : 0); i -= 3) {
      text.insert(i, ',');
    }
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return negative && zero ? text.substring(1) : text.toString();
  }

  /** A number with so many significant digits at most; very small and large ones with a power. */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return other(value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent > 6) {
      BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
      return mantissa.toPlainString() + "e" + exponent;
    }
    return fixed(rounded.doubleValue(), Math.max(0, rounded.scale()));
  }

  /** A share from 0 to 1 as a percentage with so many decimals. */
  public static String percent(double share, int decimals) {
    return Double.isFinite(share) ? fixed(100 * share, decimals) + " %" : other(share);
  }

  /** A probability that a test has found (p): three decimals, or that it is below 0.001. */
  public static String probability(double p) {
    return p < 0.001 ? "< 0.001" : fixed(p, 3);
  }

  private static String other(double value) {
    if (Double.isNaN(value)) {
      return "undefined";
    }
    return value > 0 ? "infinite" : "-infinite";
  }
}
