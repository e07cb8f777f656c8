package org.rnn4j.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loss and metrics over a set of examples.
 *
 * @param examples how many there were
 * @param loss the mean loss of an example
 * @param metrics the metrics by name, in the order asked for
 */
public record Scores(int examples, double loss, Map<String, Double> metrics) {
  /** Copies the map. */
  public Scores {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * A metric by name.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Expected a metric of " + metrics.keySet() + ", got " + name);
    }
    return value;
  }
}
