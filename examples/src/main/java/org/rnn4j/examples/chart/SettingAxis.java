package org.rnn4j.examples.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a search as an axis. A few different values are names side by side, in their
 * order; many numbers, and those of a range that is not a few whole ones, are an axis of numbers,
 * by their logarithms where they were searched so.
 */
final class SettingAxis {
  private static final int MOST_NAMES = 6;

  private final String name;
  private final Axis axis;
  private final List<Object> values;

  private SettingAxis(String name, Axis axis, List<Object> values) {
    this.name = name;
    this.axis = axis;
    this.values = values;
  }

  /**
   * The settings that have more than one value, or are not there in every trial, in order.
   *
   * @param ranges of those that were drawn from one; the others were chosen among values
   */
  static List<SettingAxis> varied(List<SearchTrial> trials, Map<String, SettingRange> ranges) {
    Set<String> names = new LinkedHashSet<>();
    trials.forEach(trial -> names.addAll(trial.settings().keySet()));
    List<SettingAxis> axes = new ArrayList<>();
    for (String name : names) {
      Set<Object> values = new TreeSet<>(SettingAxis::compare);
      trials.stream()
          .map(trial -> trial.settings().get(name))
          .filter(value -> value != null)
          .forEach(values::add);
      boolean everywhere = trials.stream().allMatch(trial -> trial.settings().containsKey(name));
      if (values.size() > 1 || (!everywhere && !values.isEmpty())) {
        axes.add(of(name, List.copyOf(values), ranges.get(name)));
      }
    }
    return axes;
  }

  private static SettingAxis of(String name, List<Object> values, @Nullable SettingRange range) {
    boolean numbers = values.stream().allMatch(Number.class::isInstance);
    boolean measured =
        range != null
            && (values.stream().anyMatch(Double.class::isInstance)
                || number(values.get(values.size() - 1)) - number(values.get(0)) >= MOST_NAMES);
    if (!numbers || (values.size() <= MOST_NAMES && !measured)) {
      return new SettingAxis(
          name, Axis.names(name, values.stream().map(SettingAxis::write).toList()), values);
    }
    return new SettingAxis(
        name,
        range == SettingRange.LOGARITHMIC
            ? Axis.logarithms(name, values.stream().mapToDouble(SettingAxis::number))
            : Axis.numbers(name, values.stream().mapToDouble(SettingAxis::number)),
        List.of());
  }

  String name() {
    return name;
  }

  Axis axis() {
    return axis;
  }

  /** The trial's value on the axis, nothing if it has not this setting. */
  OptionalDouble value(SearchTrial trial) {
    Object value = trial.settings().get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!axis.hasNames()) {
      return OptionalDouble.of(number(value));
    }
    for (int i = 0; i < values.size(); i++) {
      if (compare(values.get(i), value) == 0) {
        return OptionalDouble.of(i);
      }
    }
    return OptionalDouble.empty();
  }

  /** Numbers by their size, before all others by their text. */
  private static int compare(Object a, Object b) {
    if (a instanceof Number && b instanceof Number) {
      return Double.compare(number(a), number(b));
    }
    return Comparator.<Object, Boolean>comparing(value -> !(value instanceof Number))
        .thenComparing(String::valueOf)
        .compare(a, b);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static String write(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Digits.significant(number(value), 3);
    }
    if (value instanceof Number) {
      return new BigDecimal(String.valueOf(value)).toPlainString();
    }
    return String.valueOf(value);
  }
}
