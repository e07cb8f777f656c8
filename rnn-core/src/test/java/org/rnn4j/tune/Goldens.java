package org.rnn4j.tune;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rnn4j.json.Json;

/** The values of {@code tune_goldens.json}. */
final class Goldens {
  private Goldens() {}

  static List<?> list(String name) {
    try (InputStream stream =
        Objects.requireNonNull(Goldens.class.getResourceAsStream("tune_goldens.json"))) {
      String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      List<?> list = (List<?>) Json.parseObject(json).get(name);
      if (list == null || list.isEmpty()) {
        throw new AssertionError("Expected goldens of " + name + ", got none");
      }
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Object member(Object map, String name) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(name), name);
  }

  static double number(Object map, String name) {
    return ((Number) member(map, name)).doubleValue();
  }

  static int whole(Object map, String name) {
    return Math.toIntExact((Long) member(map, name));
  }

  static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
  }

  static double[][] rows(Object list) {
    return ((List<?>) list).stream().map(Goldens::numbers).toArray(double[][]::new);
  }
}
