package org.rnn4j.examples.design;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the kinds that a setting may be of, such as an optimiser, with the parameters that it has.
 *
 * @param name what it is called
 * @param parameters in the order in which values without a name are taken for them
 * @param maker makes what the kind stands for
 * @param <T> what it stands for
 */
record Kind<T>(String name, List<Parameter<?>> parameters, Function<Arguments, T> maker) {
  /**
   * A parameter of a kind.
   *
   * @param name what it is called
   * @param format which values there are
   * @param standard its value unless told, as text
   */
  record Parameter<P>(String name, Format<P> format, String standard) {}

  /** The values of a kind's parameters. */
  record Arguments(Map<String, Object> values) {
    double number(String name) {
      return (Double) value(name);
    }

    int whole(String name) {
      return (Integer) value(name);
    }

    boolean truth(String name) {
      return (Boolean) value(name);
    }

    <C> C choice(String name, Class<C> type) {
      return type.cast(value(name));
    }

    private Object value(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw new IllegalStateException(
            "Expected a parameter of " + values.keySet() + ", got " + name);
      }
      return value;
    }
  }

  static <T> Kind<T> of(String name, Function<Arguments, T> maker, Parameter<?>... parameters) {
    return new Kind<>(name, List.of(parameters), maker);
  }

  static Parameter<Double> share(String name, String standard) {
    return new Parameter<>(name, Format.share(), standard);
  }

  static Parameter<Double> notNegative(String name, String standard) {
    return new Parameter<>(name, Format.notNegative(), standard);
  }

  static Parameter<Double> positive(String name, String standard) {
    return new Parameter<>(name, Format.positive(), standard);
  }

  static Parameter<Integer> whole(String name, int least, String standard) {
    return new Parameter<>(name, Format.whole(least), standard);
  }

  static Parameter<Boolean> truth(String name, String standard) {
    return new Parameter<>(name, Format.truth(), standard);
  }

  static <P> Parameter<P> choice(String name, Format<P> format, String standard) {
    return new Parameter<>(name, format, standard);
  }

  /** The same values under their names, with those that are not given as they are unless told. */
  Variant<T> with(Map<String, String> given) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      String text = given.getOrDefault(parameter.name, parameter.standard);
      put(parameter, text, texts, values);
    }
    for (String name : given.keySet()) {
      requireParameter(name);
    }
    return new Variant<>(this, texts, maker.apply(new Arguments(values)));
  }

  private <P> void put(
      Parameter<P> parameter, String text, Map<String, String> texts, Map<String, Object> values) {
    P value = parameter.format.read(name + " " + parameter.name, text);
    texts.put(parameter.name, parameter.format.text(value));
    values.put(parameter.name, value);
  }

  /** Fails on a parameter that there is not. */
  void requireParameter(String wanted) {
    List<String> names = parameters.stream().map(Parameter::name).toList();
    if (!names.contains(wanted)) {
      throw new IllegalArgumentException(
          "expected "
              + (names.isEmpty() ? "no parameter" : "a parameter of " + names)
              + " for "
              + name
              + ", got "
              + wanted);
    }
  }

  /** The name with those of the parameters: {@code sgd:lr,momentum,nesterov}. */
  @Override
  public String toString() {
    return parameters.isEmpty()
        ? name
        : parameters.stream().map(Parameter::name).collect(Collectors.joining(",", name + ":", ""));
  }
}
