package org.rnn4j.tune;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hyper-parameter and the values it may have: a {@link Choice}, an {@link IntegerRange} or a
 * {@link RealRange}. It may depend on another, see {@link #when}.
 *
 * <p>Every value has a place from 0 to 1, by which it is drawn, and a code of one or more numbers
 * from 0 to 1, by which distances between configurations are measured.
 */
public sealed interface Dimension permits Choice, IntegerRange, RealRange {

  /** One of the given values: texts, whole numbers, numbers or truth values. */
  static Choice choice(String name, Object... values) {
    return new Choice(name, List.of(values), null);
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  static IntegerRange integer(String name, long low, long high) {
    return new IntegerRange(name, low, high, Scale.LINEAR, null);
  }

  /** A number from {@code low} to {@code high}. */
  static RealRange real(String name, double low, double high) {
    return new RealRange(name, low, high, Scale.LINEAR, null);
  }

  /** The name of the parameter. */
  String name();

  /** When the parameter exists; always if null. */
  @Nullable Condition condition();

  /** The same parameter, which exists only if another one has one of the given values. */
  Dimension when(String parameter, Object... values);

  /** The value at a place: {@code place} is from 0 to 1, and equal parts are equally likely. */
  Object at(double place);

  /** The place of a value, in the middle of all places that give it. */
  double place(Object value);

  /** Values spread evenly over the dimension: all of them if there are no more than asked for. */
  List<Object> grid(int points);

  /** How many values there are, or {@link Long#MAX_VALUE} if they cannot be counted. */
  long size();

  /**
   * The value in the form that configurations hold: whole numbers as {@link Long}, others as {@link
   * Double}.
   *
   * @throws IllegalArgumentException if it is not a value of this dimension
   */
  Object canonical(Object value);

  /** How many numbers the code of a value has. */
  int codeLength();

  /**
   * Writes the code of a value, or, for null, of a parameter that does not exist, which is as far
   * from one value as from the opposite one.
   */
  void encode(@Nullable Object value, double[] code, int offset);
}
