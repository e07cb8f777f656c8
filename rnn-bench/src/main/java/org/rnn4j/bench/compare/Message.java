package org.rnn4j.bench.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;

/** A request or a reply of the line protocol: one JSON object, one line. */
public final class Message {
  private final Map<String, Object> fields;

  private Message(Map<String, Object> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  /** A message of the given fields, as {@link Json} writes them. */
  public static Message of(Map<String, ?> fields) {
    return new Message(new LinkedHashMap<>(fields));
  }

  /** A request that consists of what to do. */
  public static Message request(String what) {
    return of(Map.of("do", what));
  }

  /** A reply that says what went wrong. */
  public static Message error(String reason) {
    return of(Map.of("error", reason));
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public static Message parse(String line) {
    return new Message(Json.parseObject(line));
  }

  /** This message with one more field. */
  public Message with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Message(more);
  }

  /** The message as one line, without its end. */
  public String line() {
    return Json.write(fields);
  }

  /** All fields. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    return fields.get(name) != null;
  }

  /** A text, or null where there is none. */
  public @Nullable String textOrNull(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String text(String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw missing("a text", name);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public double number(String name) {
    if (fields.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw missing("a number", name);
  }

  /**
   * Yes or no.
   *
   * @throws IllegalArgumentException if there is neither
   */
  public boolean flag(String name) {
    if (fields.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw missing("true or false", name);
  }

  /** A whole number. */
  public int whole(String name) {
    return (int) number(name);
  }

  /**
   * A list of whole numbers.
   *
   * @throws IllegalArgumentException if there is none
   */
  public List<Integer> wholes(String name) {
    return wholes(list(name));
  }

  /**
   * A list of lists of whole numbers.
   *
   * @throws IllegalArgumentException if there is none
   */
  public List<List<Integer>> wholeLists(String name) {
    return list(name).stream().map(Message::wholes).toList();
  }

  private static List<Integer> wholes(Object list) {
    if (list instanceof List<?> values) {
      return values.stream().map(value -> ((Number) value).intValue()).toList();
    }
    throw new IllegalArgumentException("Expected a list of whole numbers, got " + list);
  }

  private List<?> list(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw missing("a list", name);
  }

  private IllegalArgumentException missing(String what, String name) {
    return new IllegalArgumentException(
        "Expected " + what + " under " + name + ", got " + fields.get(name));
  }

  @Override
  public String toString() {
    return line();
  }
}
