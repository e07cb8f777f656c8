package org.rnn4j.tune;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A number within a range.
 *
 * @param name the name of the parameter
 * @param low the least value
 * @param high the greatest value
 * @param scale how values are spread
 * @param condition when the parameter exists, or null for always
 */
public record RealRange(
    String name, double low, double high, Scale scale, @Nullable Condition condition)
    implements Dimension {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if they are not finite, the lower one is not below the upper
   *     one, or on a log scale not above 0
   */
  public RealRange {
    String bounds = low + " to " + high;
    Parameters.check(
        name,
        low < high && Double.isFinite(high - low),
        "a range from a finite number to a greater one",
        bounds);
    Parameters.check(
        name, scale == Scale.LINEAR || low > 0, "a range above 0 for a log scale", bounds);
  }

  /** The same range on a log scale. */
  public RealRange log() {
    return new RealRange(name, low, high, Scale.LOG, condition);
  }

  @Override
  public RealRange when(String parameter, Object... values) {
    return new RealRange(name, low, high, scale, new Condition(parameter, List.of(values)));
  }

  @Override
  public Object at(double place) {
    if (place <= 0) {
      return low;
    }
    if (place >= 1) {
      return high;
    }
    double from = scale.forward(low);
    double value = scale.backward(from + place * (scale.forward(high) - from));
    return Math.max(low, Math.min(high, value));
  }

  @Override
  public double place(Object value) {
    double from = scale.forward(low);
    double place = scale.forward((Double) canonical(value)) - from;
    return Math.max(0, Math.min(1, place / (scale.forward(high) - from)));
  }

  @Override
  public List<Object> grid(int points) {
    return points == 1
        ? List.of(at(0.5))
        : IntStream.range(0, points).mapToObj(i -> at(i / (points - 1.0))).toList();
  }

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public Object canonical(Object value) {
    if (value instanceof Number number) {
      double real = number.doubleValue();
      if (real >= low && real <= high) {
        return real;
      }
    }
    throw Parameters.unexpected(name, "a number from " + low + " to " + high, value);
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
