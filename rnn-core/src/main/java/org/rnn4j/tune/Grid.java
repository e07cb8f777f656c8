package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * Tries every combination: all values of choices, and of ranges as many as told, evenly spread on
 * their scale, bounds included. A parameter that does not exist multiplies nothing.
 *
 * @param points how many values of a range are tried
 */
public record Grid(int points) implements SearchMethod {

  /** More trials than this are not meant. */
  private static final int MOST_TRIALS = 100_000;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public Grid {
    if (points < 1) {
      throw new IllegalArgumentException("Expected 1 value of a range or more, got " + points);
    }
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "grid");
    json.put("points", points);
    return json;
  }

  @Override
  public int trials(Space space, int budget) {
    return configurations(space).size();
  }

  @Override
  public Sampler start(Space space, int budget, RandomStream random) {
    return new OneBatch(configurations(space), budget);
  }

  /** Every configuration of a space; none where they cannot be counted or are too many. */
  static List<Configuration> all(Space space) {
    return space.size() <= MOST_TRIALS ? new Grid(MOST_TRIALS).configurations(space) : List.of();
  }

  private List<Configuration> configurations(Space space) {
    List<Map<String, Object>> combinations = List.of(Map.of());
    for (Dimension dimension : space.dimensions()) {
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> combination : combinations) {
        if (!Space.exists(dimension, combination)) {
          longer.add(combination);
          continue;
        }
        for (Object value : dimension.grid(points)) {
          Map<String, Object> with = new LinkedHashMap<>(combination);
          with.put(dimension.name(), value);
          longer.add(with);
        }
        if (longer.size() > MOST_TRIALS) {
          throw new IllegalArgumentException(
              "Expected a grid of at most "
                  + MOST_TRIALS
                  + " configurations, got more; try fewer values or a randomised search");
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(Configuration::new).toList();
  }
}
