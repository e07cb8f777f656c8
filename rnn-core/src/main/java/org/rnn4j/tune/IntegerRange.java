package org.rnn4j.tune;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole number within a range, bounds included. Each number n owns the places of n − ½ to n + ½
 * on the scale, so that on a linear one all are equally likely.
 *
 * @param name the name of the parameter
 * @param low the least value
 * @param high the greatest value
 * @param scale how values are spread
 * @param condition when the parameter exists, or null for always
 */
public record IntegerRange(
    String name, long low, long high, Scale scale, @Nullable Condition condition)
    implements Dimension {

  /** Beyond this, neighbours cannot be told apart as doubles. */
  private static final long LARGEST = 1L << 52;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the lower one is not below the upper one, on a log scale
   *     not above 0, or one is beyond ±2⁵²
   */
  public IntegerRange {
    String bounds = low + " to " + high;
    Parameters.check(
        name,
        low < high && low >= -LARGEST && high <= LARGEST,
        "a range from a whole number to a greater one, within ±2^52",
        bounds);
    Parameters.check(
        name, scale == Scale.LINEAR || low > 0, "a range above 0 for a log scale", bounds);
  }

  /** The same range on a log scale. */
  public IntegerRange log() {
    return new IntegerRange(name, low, high, Scale.LOG, condition);
  }

  @Override
  public IntegerRange when(String parameter, Object... values) {
    return new IntegerRange(name, low, high, scale, new Condition(parameter, List.of(values)));
  }

  private double from() {
    return scale.forward(low - 0.5);
  }

  private double length() {
    return scale.forward(high + 0.5) - from();
  }

  @Override
  public Object at(double place) {
    long value = (long) Math.floor(scale.backward(from() + place * length()) + 0.5);
    return Math.max(low, Math.min(high, value));
  }

  @Override
  public double place(Object value) {
    return (scale.forward((Long) canonical(value)) - from()) / length();
  }

  @Override
  public List<Object> grid(int points) {
    if (size() <= points) {
      return LongStream.rangeClosed(low, high).<Object>mapToObj(i -> i).toList();
    }
    if (points == 1) {
      return List.of(at(0.5));
    }
    double first = scale.forward(low);
    double step = (scale.forward(high) - first) / (points - 1);
    return IntStream.range(0, points)
        .<Object>mapToObj(i -> Math.round(scale.backward(first + i * step)))
        .distinct()
        .toList();
  }

  @Override
  public long size() {
    return high - low + 1;
  }

  @Override
  public Object canonical(Object value) {
    if (value instanceof Number number) {
      double exact = number.doubleValue();
      if (exact >= low && exact <= high && exact == Math.rint(exact)) {
        return (long) exact;
      }
    }
    throw Parameters.unexpected(name, "a whole number from " + low + " to " + high, value);
  }

  @Override
  public int codeLength() {
    return 1;
  }

  @Override
  public void encode(@Nullable Object value, double[] code, int offset) {
    code[offset] = value == null ? 0.5 : place(value);
  }
}
