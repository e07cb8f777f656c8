package org.rnn4j.examples.report;

import org.rnn4j.examples.chart.Digits;

/**
 * A number that was measured, with the interval that the true one lies in.
 *
 * @param name what was measured
 * @param value the number; not a number where it is undefined
 * @param lower the lower bound of the interval; not a number where there is none
 * @param upper the upper bound
 * @param share whether it is a share from 0 to 1, to be written as a percentage
 */
public record Measure(String name, double value, double lower, double upper, boolean share) {

  /** A share with an interval. */
  public static Measure share(String name, double value, double lower, double upper) {
    return new Measure(name, value, lower, upper, true);
  }

  /** A number without an interval. */
  public static Measure number(String name, double value) {
    return new Measure(name, value, Double.NaN, Double.NaN, false);
  }

  /** The number as it is written. */
  public String written() {
    return write(value);
  }

  /** The interval as it is written, empty where there is none. */
  public String interval() {
    return Double.isNaN(lower) || Double.isNaN(upper) ? "" : write(lower) + " to " + write(upper);
  }

  private String write(double number) {
    return share ? Digits.percent(number, 1) : Digits.fixed(number, 4);
  }
}
