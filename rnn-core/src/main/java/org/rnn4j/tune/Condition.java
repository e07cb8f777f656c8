package org.rnn4j.tune;

import java.util.List;
import java.util.Map;

/**
 * When a parameter exists: if another one exists and has one of some values.
 *
 * @param parameter the name of the other, which stands before this one in the space
 * @param values the values with which this one exists, at least one
 */
public record Condition(String parameter, List<Object> values) {

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Condition {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected values of " + parameter + " to depend on, got none");
    }
  }

  /** Whether it is met by the values of the parameters that stand before. */
  public boolean holds(Map<String, Object> before) {
    Object value = before.get(parameter);
    return value != null && values.contains(value);
  }
}
