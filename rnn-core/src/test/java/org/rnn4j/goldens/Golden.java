package org.rnn4j.goldens;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;

/**
 * An object of a JSON file of expected values. Values are asked for by path, names joined by dots:
 * {@code gradients.inputWeights}. What is missing or of another form ends the test with the file
 * and the whole path.
 */
final class Golden {
  private final String where;
  private final Map<?, ?> values;

  private Golden(String where, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw unexpected(where, "an object", value);
    }
    this.where = where;
    this.values = map;
  }

  /** A golden file of this package's resources, such as {@code torch_cells.json}. */
  static Golden resource(String name) {
    try (InputStream stream = Golden.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new AssertionError("Expected the golden file " + name + " on the class path");
      }
      return new Golden(name, Json.parse(read(stream)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON file, gzipped when its name ends in {@code .gz}. */
  static Golden file(Path file) {
    boolean zipped = file.toString().endsWith(".gz");
    try (InputStream raw = Files.newInputStream(file);
        InputStream stream = zipped ? new GZIPInputStream(raw) : raw) {
      return new Golden(file.getFileName().toString(), Json.parse(read(stream)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The names in this object, in the order of the file. */
  List<String> names() {
    return values.keySet().stream().map(String.class::cast).toList();
  }

  boolean has(String path) {
    return find(path) != null;
  }

  /** The object at a path. */
  Golden at(String path) {
    return new Golden(where(path), value(path));
  }

  /** The list of objects at a path. */
  List<Golden> objects(String path) {
    List<?> list = list(path);
    return IntStream.range(0, list.size())
        .mapToObj(i -> new Golden(where(path) + "[" + i + "]", list.get(i)))
        .toList();
  }

  String string(String path) {
    return value(path) instanceof String text ? text : fail(path, "a string");
  }

  boolean flag(String path) {
    return value(path) instanceof Boolean flag ? flag : fail(path, "true or false");
  }

  int integer(String path) {
    return value(path) instanceof Long number ? Math.toIntExact(number) : fail(path, "an integer");
  }

  double number(String path) {
    return number(path, value(path));
  }

  double[] vector(String path) {
    return vector(path, value(path));
  }

  /** Rows of numbers; they may differ in length. */
  double[][] matrix(String path) {
    return matrix(path, value(path));
  }

  /** A vector, or a matrix row by row, as one array. */
  double[] flat(String path) {
    return list(path).stream()
        .flatMapToDouble(
            entry ->
                entry instanceof List<?> row
                    ? DoubleStream.of(vector(path, row))
                    : DoubleStream.of(number(path, entry)))
        .toArray();
  }

  /** One list of row vectors a sequence. */
  double[][][] sequences(String path) {
    return list(path).stream().map(entry -> matrix(path, entry)).toArray(double[][][]::new);
  }

  int[] integers(String path) {
    return integers(path, value(path));
  }

  /** Rows of integers; they may differ in length. */
  int[][] integerRows(String path) {
    return list(path).stream().map(row -> integers(path, row)).toArray(int[][]::new);
  }

  /** The list at a path as it was read. */
  List<?> list(String path) {
    return list(path, value(path));
  }

  @Override
  public String toString() {
    return where;
  }

  private @Nullable Object find(String path) {
    Object found = values;
    for (String name : path.split("\\.")) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  private Object value(String path) {
    Object found = find(path);
    return found != null ? found : fail(path, "a value");
  }

  private List<?> list(String path, @Nullable Object value) {
    return value instanceof List<?> list ? list : fail(path, "a list");
  }

  private double number(String path, @Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : fail(path, "a number");
  }

  private double[] vector(String path, @Nullable Object value) {
    return list(path, value).stream().mapToDouble(entry -> number(path, entry)).toArray();
  }

  private double[][] matrix(String path, @Nullable Object value) {
    return list(path, value).stream().map(row -> vector(path, row)).toArray(double[][]::new);
  }

  private int[] integers(String path, @Nullable Object value) {
    return list(path, value).stream()
        .mapToInt(
            entry ->
                entry instanceof Long number ? Math.toIntExact(number) : fail(path, "integers"))
        .toArray();
  }

  private String where(String path) {
    return where + ":" + path;
  }

  private <T> T fail(String path, String expected) {
    throw unexpected(where(path), expected, find(path));
  }

  private static AssertionError unexpected(String where, String expected, @Nullable Object actual) {
    String text = String.valueOf(actual);
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return new AssertionError("Expected " + expected + " at " + where + ", got " + shown);
  }
}
