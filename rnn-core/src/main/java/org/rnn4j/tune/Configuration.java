package org.rnn4j.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.json.Json;

/**
 * A value for each parameter that exists, in the order of the space. Values are {@link String},
 * {@link Long}, {@link Double} or {@link Boolean}.
 *
 * @param values the value of each parameter
 */
public record Configuration(Map<String, Object> values) {

  /** Copies the values, in their order. */
  public Configuration {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether a parameter exists. */
  public boolean has(String parameter) {
    return values.containsKey(parameter);
  }

  /**
   * The value of a parameter.
   *
   * @throws IllegalArgumentException if it does not exist
   */
  public Object get(String parameter) {
    Object value = values.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(
          "Expected one of the parameters " + values.keySet() + ", got " + parameter);
    }
    return value;
  }

  /**
   * The value of a parameter as text.
   *
   * @throws IllegalArgumentException if it does not exist, or is no text
   */
  public String text(String parameter) {
    return as(parameter, String.class, "a text");
  }

  /**
   * The value of a parameter as a whole number.
   *
   * @throws IllegalArgumentException if it does not exist, is not whole, or is beyond 32 bits
   */
  public int whole(String parameter) {
    long value = as(parameter, Long.class, "a whole number");
    if (value != (int) value) {
      throw Parameters.unexpected(parameter, "a whole number of 32 bits", value);
    }
    return (int) value;
  }

  /**
   * The value of a parameter as a number, whole or not.
   *
   * @throws IllegalArgumentException if it does not exist, or is no number
   */
  public double real(String parameter) {
    return as(parameter, Number.class, "a number").doubleValue();
  }

  /**
   * The value of a parameter as a truth value.
   *
   * @throws IllegalArgumentException if it does not exist, or is no truth value
   */
  public boolean truth(String parameter) {
    return as(parameter, Boolean.class, "a truth value");
  }

  private <T> T as(String parameter, Class<T> type, String expected) {
    Object value = get(parameter);
    if (!type.isInstance(value)) {
      throw Parameters.unexpected(parameter, expected, value);
    }
    return type.cast(value);
  }

  /** The values as a JSON object. */
  public String toJson() {
    return Json.write(values);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
