package org.rnn4j.examples.design;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value that is of one of several kinds and has that kind's parameters, such as {@code
 * adam:lr=0.002,eps=1e-4}. Parameters that are not given are as they are unless told; a value
 * without a name is that of the parameter in its place, as in {@code additive:64}.
 *
 * @param <T> what it stands for
 */
public final class Variant<T> {
  private final Kind<T> kind;
  private final Map<String, String> parameters;
  private final T value;

  Variant(Kind<T> kind, Map<String, String> parameters, T value) {
    this.kind = kind;
    this.parameters = parameters;
    this.value = value;
  }

  /**
   * Reads text. Where it does not begin with a kind, it holds the parameters of the first kind that
   * has any.
   */
  static <T> Optional<Variant<T>> read(String text, List<Kind<T>> kinds) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    for (Kind<T> kind : kinds) {
      if (kind.name().equals(name)) {
        return Optional.of(kind.with(arguments(kind, colon < 0 ? "" : text.substring(colon + 1))));
      }
    }
    boolean isParameters =
        colon < 0 && !text.isEmpty() && (text.indexOf('=') > 0 || startsNumber(text.charAt(0)));
    return kinds.stream()
        .filter(kind -> isParameters && !kind.parameters().isEmpty())
        .findFirst()
        .map(kind -> kind.with(arguments(kind, text)));
  }

  private static boolean startsNumber(char first) {
    return first == '-' || first == '.' || (first >= '0' && first <= '9');
  }

  private static Map<String, String> arguments(Kind<?> kind, String text) {
    Map<String, String> arguments = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return arguments;
    }
    String[] parts = text.split(",", -1);
    for (int place = 0; place < parts.length; place++) {
      int equals = parts[place].indexOf('=');
      String name =
          equals >= 0
              ? parts[place].substring(0, equals)
              : place < kind.parameters().size()
                  ? kind.parameters().get(place).name()
                  : parts[place];
      kind.requireParameter(name);
      if (arguments.put(name, parts[place].substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "expected " + name + " of " + kind.name() + " once, got it twice");
      }
    }
    return arguments;
  }

  /** What it stands for. */
  public T value() {
    return value;
  }

  /** The name of the kind. */
  public String kind() {
    return kind.name();
  }

  /** A parameter as text; empty if this kind has none of that name. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The same kind with another value of one parameter. */
  Variant<T> with(String parameter, String text) {
    kind.requireParameter(parameter);
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, text);
    return kind.with(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Variant<?> variant
        && kind.name().equals(variant.kind.name())
        && parameters.equals(variant.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind.name(), parameters);
  }

  /** The text, with all parameters. */
  @Override
  public String toString() {
    return parameters.isEmpty()
        ? kind.name()
        : parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(",", kind.name() + ":", ""));
  }
}
