package org.rnn4j.tune;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several values without an order. Numbers of which some are not whole are all held as
 * {@link Double}. The code is one-hot: any two values are equally far apart.
 *
 * @param name the name of the parameter
 * @param values the values: texts, whole numbers, numbers or truth values, each once
 * @param condition when the parameter exists, or null for always
 */
public record Choice(String name, List<Object> values, @Nullable Condition condition)
    implements Dimension {

  /**
   * Brings the values into one form and checks them.
   *
   * @throws IllegalArgumentException if there is no value, one stands twice or is of another kind
   */
  public Choice {
    Parameters.check(name, !values.isEmpty(), "at least one value", "none");
    boolean fractions = values.stream().anyMatch(Choice::isFraction);
    values = values.stream().map(value -> plain(name, value, fractions)).toList();
    Parameters.check(
        name, new HashSet<>(values).size() == values.size(), "each value once", values.toString());
  }

  private static boolean isFraction(Object value) {
    return value instanceof Double || value instanceof Float;
  }

  private static Object plain(String name, Object value, boolean fractions) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Integer || value instanceof Long || isFraction(value)) {
      Number number = (Number) value;
      if (!fractions) {
        return number.longValue();
      }
      // The shortest digits: 0.1f means 0.1.
      double real =
          value instanceof Float ? Double.parseDouble(value.toString()) : number.doubleValue();
      Parameters.check(name, Double.isFinite(real), "finite numbers", value.toString());
      return real + 0.0;
    }
    throw Parameters.unexpected(name, "texts, numbers or truth values", value);
  }

  @Override
  public Choice when(String parameter, Object... values) {
    return new Choice(name, this.values, new Condition(parameter, List.of(values)));
  }

  @Override
  public Object at(double place) {
    return values.get(Math.min(values.size() - 1, (int) (place * values.size())));
  }

  @Override
  public double place(Object value) {
    return (values.indexOf(canonical(value)) + 0.5) / values.size();
  }

  @Override
  public List<Object> grid(int points) {
    return values;
  }

  @Override
  public long size() {
    return values.size();
  }

  @Override
  public Object canonical(Object value) {
    for (Object own : values) {
      boolean same =
          own instanceof Number number && value instanceof Number other
              ? number.doubleValue() == other.doubleValue()
              : own.equals(value);
      if (same) {
        return own;
      }
    }
    throw Parameters.unexpected(name, "one of " + values, value);
  }

  @Override
  public int codeLength() {
    return values.size();
  }

  @Override
  public void encode(@Nullable Object value, double[] code, int offset) {
    Arrays.fill(code, offset, offset + values.size(), 0);
    if (value != null) {
      code[offset + values.indexOf(value)] = 1;
    }
  }
}
