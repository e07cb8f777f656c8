package org.rnn4j.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;

/**
 * What differs between two descriptions, in place by place: where both are JSON objects or lists of
 * one length, their members one by one, such as {@code network.layers[1].hidden: here 64, there
 * 32}.
 */
final class Differences {
  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /** The differences, each with what is here and what is there. */
  static List<String> between(String name, String here, @Nullable Object there) {
    Differences differences = new Differences();
    differences.compare(name, parsed(here), there instanceof String text ? parsed(text) : there);
    return differences.found;
  }

  private static @Nullable Object parsed(String text) {
    try {
      return text.startsWith("{") ? Json.parseObject(text) : text;
    } catch (IllegalArgumentException e) {
      return text; // It only looks like JSON.
    }
  }

  private void compare(String place, @Nullable Object here, @Nullable Object there) {
    if (here instanceof Map<?, ?> ours && there instanceof Map<?, ?> theirs) {
      Set<Object> names = new LinkedHashSet<>(ours.keySet());
      names.addAll(theirs.keySet());
      names.forEach(name -> compare(place + "." + name, ours.get(name), theirs.get(name)));
    } else if (here instanceof List<?> ours
        && there instanceof List<?> theirs
        && ours.size() == theirs.size()) {
      for (int i = 0; i < ours.size(); i++) {
        compare(place + "[" + i + "]", ours.get(i), theirs.get(i));
      }
    } else if (!Objects.equals(here, there)) {
      found.add(place + ": here " + text(here) + ", there " + text(there));
    }
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "not told";
    }
    return value instanceof String text ? text : Json.write(value);
  }
}
