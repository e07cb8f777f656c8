package org.rnn4j.examples.chart;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One trial of a search: a choice of settings, and what came of it.
 *
 * @param number as it is named elsewhere
 * @param settings what was chosen, by name: numbers, words, or whatever has a readable text; a
 *     setting that hangs on another may be missing
 * @param score how good it was; not a number where the trial failed or was stopped
 * @param cost what it spent, epochs for instance
 */
public record SearchTrial(int number, Map<String, Object> settings, double score, double cost) {
  /** Copies the map. */
  public SearchTrial {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  boolean isScored() {
    return Double.isFinite(score);
  }
}
