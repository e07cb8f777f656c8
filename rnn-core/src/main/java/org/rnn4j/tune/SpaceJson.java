package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spaces as JSON values and back. */
final class SpaceJson {
  private static final String CHOICE = "choice";
  private static final String INTEGER = "integer";
  private static final String REAL = "real";
  private static final String SCALE = "scale";
  private static final String WHEN = "when";
  private static final Set<String> KINDS = Set.of(CHOICE, INTEGER, REAL);

  private SpaceJson() {}

  static Map<String, Object> write(Space space) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    space.dimensions().forEach(dimension -> parameters.put(dimension.name(), write(dimension)));
    return parameters;
  }

  private static Map<String, Object> write(Dimension dimension) {
    Map<String, Object> form = new LinkedHashMap<>();
    Scale scale = Scale.LINEAR;
    if (dimension instanceof Choice choice) {
      form.put(CHOICE, choice.values());
    } else if (dimension instanceof IntegerRange range) {
      form.put(INTEGER, List.of(range.low(), range.high()));
      scale = range.scale();
    } else if (dimension instanceof RealRange range) {
      form.put(REAL, List.of(range.low(), range.high()));
      scale = range.scale();
    }
    if (scale == Scale.LOG) {
      form.put(SCALE, "log");
    }
    Condition condition = dimension.condition();
    if (condition != null) {
      form.put(WHEN, Map.of(condition.parameter(), condition.values()));
    }
    return form;
  }

  static Space read(Map<String, ?> parameters) {
    List<Dimension> dimensions = new ArrayList<>();
    parameters.forEach((name, form) -> dimensions.add(dimension(name, form)));
    return new Space(dimensions);
  }

  private static Dimension dimension(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> form)) {
      throw wrong(name, "an object such as {\"choice\": [1, 2]}", value);
    }
    List<String> kinds = new ArrayList<>();
    for (Object key : form.keySet()) {
      String word = String.valueOf(key);
      if (KINDS.contains(word)) {
        kinds.add(word);
      } else if (!word.equals(SCALE) && !word.equals(WHEN)) {
        throw wrong(name, "choice, integer or real, and scale or when", word);
      }
    }
    if (kinds.size() != 1) {
      throw wrong(name, "one of choice, integer and real", kinds.isEmpty() ? "none" : kinds);
    }
    return withCondition(name, plain(name, kinds.get(0), form), form.get(WHEN));
  }

  private static Dimension plain(String name, String kind, Map<?, ?> form) {
    List<Object> values = list(name, kind, form.get(kind));
    boolean log = isLog(name, form);
    if (kind.equals(CHOICE)) {
      if (form.containsKey(SCALE)) {
        throw wrong(name, "a scale for ranges only", "one for a choice");
      }
      return Dimension.choice(name, values.toArray());
    }
    if (values.size() != 2) {
      throw wrong(name, "the least and the greatest value as " + kind, values);
    }
    if (kind.equals(INTEGER)) {
      IntegerRange range =
          Dimension.integer(name, whole(name, values.get(0)), whole(name, values.get(1)));
      return log ? range.log() : range;
    }
    RealRange range = Dimension.real(name, real(name, values.get(0)), real(name, values.get(1)));
    return log ? range.log() : range;
  }

  private static boolean isLog(String name, Map<?, ?> form) {
    Object scale = form.get(SCALE);
    if (!form.containsKey(SCALE) || "linear".equals(scale)) {
      return false;
    }
    if ("log".equals(scale)) {
      return true;
    }
    throw wrong(name, "the scale \"log\" or \"linear\"", scale);
  }

  private static Dimension withCondition(String name, Dimension dimension, @Nullable Object when) {
    if (when == null) {
      return dimension;
    }
    if (!(when instanceof Map<?, ?> map) || map.size() != 1) {
      throw wrong(name, "one parameter with its values as when", when);
    }
    Map.Entry<?, ?> entry = map.entrySet().iterator().next();
    Object values = entry.getValue();
    List<Object> listed =
        list(name, WHEN, values == null || values instanceof List<?> ? values : List.of(values));
    return dimension.when(String.valueOf(entry.getKey()), listed.toArray());
  }

  private static List<Object> list(String name, String what, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw wrong(name, "a list of values as " + what, value);
    }
    List<Object> values = new ArrayList<>();
    for (Object member : list) {
      if (member == null) {
        throw wrong(name, "values as " + what, "null");
      }
      values.add(member);
    }
    return values;
  }

  private static long whole(String name, Object value) {
    if (value instanceof Long whole) {
      return whole;
    }
    throw wrong(name, "whole numbers as integer", value);
  }

  private static double real(String name, Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, "numbers as real", value);
  }

  private static IllegalArgumentException wrong(
      String name, String expected, @Nullable Object actual) {
    return new IllegalArgumentException(
        "Expected " + expected + " for parameter " + name + ", got " + actual);
  }
}
