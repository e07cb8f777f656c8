package org.rnn4j.examples.design;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How values of one kind are written, as text and as JSON, and which of them are allowed.
 *
 * @param <T> the values
 */
public final class Format<T> {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern REAL =
      Pattern.compile("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

  private final String expected;
  private final Function<String, Optional<T>> reader;
  private final Function<T, Object> writer;
  private final List<String> forms;

  /**
   * A format.
   *
   * @param expected what is expected, for messages
   * @param reader from text, nothing where the text is none of these values; an {@link
   *     IllegalArgumentException} tells more of why it is not
   * @param writer to a JSON value whose text the reader understands
   */
  Format(String expected, Function<String, Optional<T>> reader, Function<T, Object> writer) {
    this(expected, reader, writer, List.of());
  }

  private Format(
      String expected,
      Function<String, Optional<T>> reader,
      Function<T, Object> writer,
      List<String> forms) {
    this.expected = expected;
    this.reader = reader;
    this.writer = writer;
    this.forms = forms;
  }

  /** Whole numbers of 32 bits, a least one or more. */
  static Format<Integer> whole(int least) {
    return new Format<>(
        "a whole number of " + least + " or more",
        text ->
            wholeOf64Bits(text)
                .filter(value -> value >= least && value <= Integer.MAX_VALUE)
                .map(Math::toIntExact),
        value -> value);
  }

  /** Whole numbers of up to 18 digits. */
  static Format<Long> seed() {
    return new Format<>("a whole number", Format::wholeOf64Bits, value -> value);
  }

  private static Optional<Long> wholeOf64Bits(String text) {
    return WHOLE.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** Finite numbers that fulfil a condition. */
  static Format<Double> real(String expected, DoublePredicate allowed) {
    return new Format<>(
        expected,
        text ->
            Optional.of(text)
                .filter(real -> REAL.matcher(real).matches())
                .map(Double::parseDouble)
                .filter(value -> Double.isFinite(value) && allowed.test(value)),
        value -> value);
  }

  /** Numbers from 0 to below 1. */
  static Format<Double> share() {
    return real("a number from 0 to below 1", value -> value >= 0 && value < 1);
  }

  /** Numbers of 0 or more. */
  static Format<Double> notNegative() {
    return real("a number of 0 or more", value -> value >= 0);
  }

  /** Numbers above 0. */
  static Format<Double> positive() {
    return real("a number above 0", value -> value > 0);
  }

  /** True or false. */
  static Format<Boolean> truth() {
    return new Format<>(
        "true or false",
        text ->
            text.equals("true") || text.equals("false")
                ? Optional.of(text.equals("true"))
                : Optional.empty(),
        value -> value);
  }

  /** One or more whole numbers of 1 or more, separated by commas. */
  static Format<List<Integer>> sizes() {
    Format<Integer> size = whole(1);
    return new Format<>(
        "whole numbers of 1 or more, separated by commas",
        text -> {
          List<Integer> sizes = new ArrayList<>();
          for (String part : text.split(",", -1)) {
            Optional<Integer> value = size.reader.apply(part.strip());
            if (value.isEmpty()) {
              return Optional.empty();
            }
            sizes.add(value.get());
          }
          return Optional.of(List.copyOf(sizes));
        },
        value -> value);
  }

  /** One of several values that have names. */
  @SafeVarargs
  static <T> Format<T> choice(Map.Entry<String, T>... choices) {
    Map<String, T> named = new LinkedHashMap<>();
    for (Map.Entry<String, T> choice : choices) {
      named.put(choice.getKey(), choice.getValue());
    }
    return new Format<>(
        "one of " + String.join(", ", named.keySet()),
        text -> Optional.ofNullable(named.get(text)),
        value ->
            named.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .findFirst()
                .orElseThrow()
                .getKey());
  }

  /** One of several kinds, each with parameters of its own. */
  static <T> Format<Variant<T>> kinds(List<Kind<T>> kinds) {
    String names = kinds.stream().map(Kind::toString).collect(Collectors.joining(", "));
    return new Format<>(
        "one of " + names,
        text -> Variant.read(text, kinds),
        Variant::toString,
        kinds.stream().map(kind -> kind.with(Map.of()).toString()).toList());
  }

  /**
   * Reads a value.
   *
   * @param name of what it is, for the message
   * @throws IllegalArgumentException if the text is none of the values; the message says what was
   *     expected
   */
  T read(String name, String text) {
    Optional<T> value;
    try {
      value = reader.apply(text);
    } catch (IllegalArgumentException e) {
      String detail = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          name + ": " + Character.toLowerCase(detail.charAt(0)) + detail.substring(1), e);
    }
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                name + ": expected " + expected + ", got \"" + text + "\""));
  }

  /** A value as JSON. */
  Object json(T value) {
    return writer.apply(value);
  }

  /** A value as text, which {@link #read} understands. */
  String text(T value) {
    return Literal.of(json(value));
  }

  /** Each kind with its parameters as they are unless told; empty where there are no kinds. */
  public List<String> forms() {
    return forms;
  }

  /** What values there are, such as <i>a whole number of 1 or more</i>. */
  public String expected() {
    return expected;
  }
}
