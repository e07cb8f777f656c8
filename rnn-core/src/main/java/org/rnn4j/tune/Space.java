package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.RandomStream;

/**
 * The configurations that a search may try: all combinations of the values of its dimensions.
 *
 * <pre>{@code
 * Space space = Space.of(
 *     Dimension.choice("cell", "gru", "lstm"),
 *     Dimension.integer("units", 16, 256).log(),
 *     Dimension.real("learningRate", 1e-4, 1e-2).log(),
 *     Dimension.integer("projection", 8, 64).when("cell", "lstm"));
 * }</pre>
 *
 * <p>As JSON, the same is
 *
 * <pre>{@code
 * {"cell": {"choice": ["gru", "lstm"]},
 *  "units": {"integer": [16, 256], "scale": "log"},
 *  "learningRate": {"real": [1e-4, 1e-2], "scale": "log"},
 *  "projection": {"integer": [8, 64], "when": {"cell": ["lstm"]}}}
 * }</pre>
 *
 * @param dimensions the parameters, in order
 */
public record Space(List<Dimension> dimensions) {

  /**
   * Checks the dimensions against each other.
   *
   * @throws IllegalArgumentException if there is none, a name stands twice, or a parameter depends
   *     on one that does not stand before it or on a value that it cannot have
   */
  public Space {
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("Expected a space of at least one parameter, got none");
    }
    List<Dimension> checked = new ArrayList<>();
    Map<String, Dimension> before = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      Dimension own = checkCondition(dimension, before);
      checked.add(own);
      if (before.put(own.name(), own) != null) {
        throw new IllegalArgumentException(
            "Expected each parameter once, got " + own.name() + " twice");
      }
    }
    dimensions = List.copyOf(checked);
  }

  /** A space of the given dimensions. */
  public static Space of(Dimension... dimensions) {
    return new Space(List.of(dimensions));
  }

  /**
   * Reads a space from JSON.
   *
   * @throws IllegalArgumentException if the text is not JSON, or not that of a space; the message
   *     says which parameter is wrong and how
   */
  public static Space fromJson(String json) {
    return SpaceJson.read(Json.parseObject(json));
  }

  /** The space as a JSON object, a member for each parameter. */
  public String toJson() {
    return Json.write(SpaceJson.write(this));
  }

  /** Condition values in the form that the parameter has them. */
  private static Dimension checkCondition(Dimension dimension, Map<String, Dimension> before) {
    Condition condition = dimension.condition();
    if (condition == null) {
      return dimension;
    }
    Dimension parent = before.get(condition.parameter());
    if (parent == null) {
      throw new IllegalArgumentException(
          "Expected parameter "
              + dimension.name()
              + " to depend on one that stands before it, "
              + before.keySet()
              + ", got "
              + condition.parameter());
    }
    try {
      return dimension.when(
          parent.name(), condition.values().stream().map(parent::canonical).toArray());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Parameter " + dimension.name() + " would never exist: " + e.getMessage(), e);
    }
  }

  /** The names of the parameters, in order. */
  public List<String> names() {
    return dimensions.stream().map(Dimension::name).toList();
  }

  /** Whether a parameter exists, given the values of those before it. */
  static boolean exists(Dimension dimension, Map<String, Object> values) {
    Condition condition = dimension.condition();
    return condition == null || condition.holds(values);
  }

  /** The configuration at a place for each dimension. */
  Configuration at(double... places) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      Dimension dimension = dimensions.get(i);
      if (exists(dimension, values)) {
        values.put(dimension.name(), dimension.at(places[i]));
      }
    }
    return new Configuration(values);
  }

  /** A configuration drawn at random. */
  public Configuration draw(RandomStream random) {
    double[] places = new double[dimensions.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextDouble();
    }
    return at(places);
  }

  /**
   * A configuration of this space with the given values.
   *
   * @throws IllegalArgumentException if a parameter that exists has no value or one outside its
   *     dimension, or one that does not exist has a value
   */
  public Configuration configuration(Map<String, ?> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      Object value = given.get(dimension.name());
      if (exists(dimension, values)) {
        if (value == null) {
          throw new IllegalArgumentException(
              "Expected a value for parameter " + dimension.name() + ", got none");
        }
        values.put(dimension.name(), dimension.canonical(value));
      }
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "Expected values of the parameters " + values.keySet() + ", got one of " + name);
      }
    }
    return new Configuration(values);
  }

  /**
   * How many configurations there are; {@link Long#MAX_VALUE} stands for more than can be counted.
   */
  public long size() {
    return count(0, new LinkedHashMap<>());
  }

  private long count(int from, Map<String, Object> values) {
    if (from == dimensions.size()) {
      return 1;
    }
    Dimension dimension = dimensions.get(from);
    if (!exists(dimension, values)) {
      return count(from + 1, values);
    }
    if (!hasDependents(dimension)) {
      return times(dimension.size(), count(from + 1, values));
    }
    return countEach(dimension, from, values);
  }

  /** Counts value by value those on which other parameters depend, all others at once. */
  private long countEach(Dimension dimension, int from, Map<String, Object> values) {
    List<Object> told =
        dimensions.stream()
            .filter(other -> dependsOn(other, dimension))
            .flatMap(other -> conditionOf(other).values().stream())
            .distinct()
            .toList();
    long total = 0;
    for (Object value : told) {
      Map<String, Object> with = new LinkedHashMap<>(values);
      with.put(dimension.name(), value);
      total = plus(total, count(from + 1, with));
    }
    long others =
        dimension.size() == Long.MAX_VALUE ? dimension.size() : dimension.size() - told.size();
    return others == 0 ? total : plus(total, times(others, count(from + 1, values)));
  }

  /** Whether another parameter exists for some of its values only. */
  boolean hasDependents(Dimension dimension) {
    return dimensions.stream().anyMatch(other -> dependsOn(other, dimension));
  }

  private static boolean dependsOn(Dimension dimension, Dimension parent) {
    Condition condition = dimension.condition();
    return condition != null && condition.parameter().equals(parent.name());
  }

  private static Condition conditionOf(Dimension dimension) {
    return Objects.requireNonNull(dimension.condition());
  }

  /** A product of numbers of 0 or more; {@link Long#MAX_VALUE} where it is too large. */
  static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  /** Likewise a sum. */
  static long plus(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }

  /** How many numbers the code of a configuration has. */
  int codeLength() {
    return dimensions.stream().mapToInt(Dimension::codeLength).sum();
  }

  /** The code of a configuration: the codes of its values, one after the other. */
  double[] encode(Configuration configuration) {
    double[] code = new double[codeLength()];
    int offset = 0;
    for (Dimension dimension : dimensions) {
      @Nullable Object value = configuration.values().get(dimension.name());
      dimension.encode(value, code, offset);
      offset += dimension.codeLength();
    }
    return code;
  }
}
