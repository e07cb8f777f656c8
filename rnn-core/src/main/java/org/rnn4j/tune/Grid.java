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
    long trials = count(space, 0, Map.of());
    if (trials > MOST_TRIALS) {
      throw new IllegalArgumentException(
          "Expected a grid of at most "
              + MOST_TRIALS
              + " configurations, got more; try fewer values or a randomised search");
    }
    return (int) trials;
  }

  /** How many combinations the dimensions from one on have, given the values of those before. */
  private long count(Space space, int from, Map<String, Object> values) {
    if (from == space.dimensions().size()) {
      return 1;
    }
    Dimension dimension = space.dimensions().get(from);
    if (!Space.exists(dimension, values)) {
      return count(space, from + 1, values);
    }
    List<Object> grid = dimension.grid(points);
    if (!space.hasDependents(dimension)) {
      return Space.times(grid.size(), count(space, from + 1, values));
    }
    long total = 0;
    for (int i = 0; i < grid.size() && total <= MOST_TRIALS; i++) {
      total = Space.plus(total, count(space, from + 1, with(values, dimension, grid.get(i))));
    }
    return total;
  }

  private static Map<String, Object> with(
      Map<String, Object> values, Dimension dimension, Object value) {
    Map<String, Object> with = new LinkedHashMap<>(values);
    with.put(dimension.name(), value);
    return with;
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
    trials(space, 1); // refuses too many before they are listed
    List<Map<String, Object>> combinations = List.of(Map.of());
    for (Dimension dimension : space.dimensions()) {
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> combination : combinations) {
        if (!Space.exists(dimension, combination)) {
          longer.add(combination);
          continue;
        }
        for (Object value : dimension.grid(points)) {
          longer.add(with(combination, dimension, value));
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(Configuration::new).toList();
  }
}
