package org.rnn4j.layer;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and checks the settings of layers; the errors name the layer and the setting. */
public final class Settings {
  private final String type;
  private final Map<String, ?> values;

  /** The settings of a layer of a type, as read from a model file. */
  public Settings(String type, Map<String, ?> values) {
    this.type = type;
    this.values = values;
  }

  /** A whole number of 32 bits. */
  public int whole(String name) {
    long value = wholeOf64Bits(name);
    if (value != (int) value) {
      throw unexpected(name, "a whole number of 32 bits", value);
    }
    return (int) value;
  }

  /** A whole number of 64 bits. */
  public long wholeOf64Bits(String name) {
    Object value = values.get(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw unexpected(name, "a whole number", value);
  }

  /** Any number. */
  public double number(String name) {
    if (values.get(name) instanceof Number value) {
      return value.doubleValue();
    }
    throw unexpected(name, "a number", values.get(name));
  }

  /** True or false. */
  public boolean truth(String name) {
    if (values.get(name) instanceof Boolean value) {
      return value;
    }
    throw unexpected(name, "true or false", values.get(name));
  }

  /** One of an enumeration's names. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind) {
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equals(values.get(name))) {
        return constant;
      }
    }
    throw unexpected(name, "one of " + Arrays.toString(kind.getEnumConstants()), values.get(name));
  }

  /** One of an enumeration's names, or a default where the setting is absent. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind, E unlessTold) {
    return values.containsKey(name) ? choice(name, kind) : unlessTold;
  }

  private IllegalArgumentException unexpected(
      String name, String expected, @Nullable Object actual) {
    return new IllegalArgumentException(
        "Expected the setting "
            + name
            + " of the layer "
            + type
            + " to be "
            + expected
            + ", got "
            + actual);
  }

  /**
   * Checks a size.
   *
   * @throws IllegalArgumentException naming the layer and the setting, if it is not positive
   */
  public static int requirePositive(String type, String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Expected " + name + " of " + type + " to be 1 or more, got " + value);
    }
    return value;
  }
}
