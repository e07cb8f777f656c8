package org.rnn4j.text;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, read by name and kind. Every complaint names the member with its
 * path, what was expected and what came.
 */
final class JsonFields {
  private final String path;
  private final Map<?, ?> members;
  private final Set<String> read = new HashSet<>();

  JsonFields(String path, Map<?, ?> members) {
    this.path = path;
    this.members = members;
  }

  /** Whether there is a member: one that files of older versions lack has a default then. */
  boolean has(String name) {
    return members.containsKey(name);
  }

  boolean truth(String name) {
    return value(name, Boolean.class, "true or false");
  }

  String text(String name) {
    return value(name, String.class, "a text");
  }

  int whole(String name) {
    Object value = member(name);
    if (value instanceof Long || value instanceof Integer) {
      long number = ((Number) value).longValue();
      if (number == (int) number) {
        return (int) number;
      }
    }
    throw unexpected(name, "a whole number of 32 bits", value);
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    Object value = member(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw unexpected(name, "one of " + Arrays.toString(type.getEnumConstants()), value);
  }

  JsonFields object(String name) {
    return new JsonFields(path + "." + name, value(name, Map.class, "an object"));
  }

  List<String> texts(String name) {
    List<?> list = value(name, List.class, "a list of texts");
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof String)) {
        throw unexpected(name + "[" + i + "]", "a text", list.get(i));
      }
    }
    return list.stream().map(String.class::cast).toList();
  }

  /** Refuses members that nothing read: they would be settings that are silently not followed. */
  void expectNoMore() {
    for (Object name : members.keySet()) {
      if (!read.contains(name)) {
        throw new IllegalArgumentException(
            "Expected no member " + path + "." + name + "; the file may be of a newer version");
      }
    }
  }

  private <T> T value(String name, Class<T> type, String expected) {
    Object value = member(name);
    if (!type.isInstance(value)) {
      throw unexpected(name, expected, value);
    }
    return type.cast(value);
  }

  private @Nullable Object member(String name) {
    read.add(name);
    return members.get(name);
  }

  private IllegalArgumentException unexpected(
      String name, String expected, @Nullable Object actual) {
    String member = path + "." + name;
    String came = actual == null ? "nothing" : actual.getClass().getSimpleName() + " " + actual;
    return new IllegalArgumentException(
        "Expected "
            + expected
            + " as "
            + member
            + ", got "
            + came.substring(0, Math.min(80, came.length())));
  }
}
