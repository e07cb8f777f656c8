package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the settings of layers; the errors name the layer and the setting. What nobody
 * reads is an error too: it would be a setting that is silently not followed.
 */
public final class Settings {
  private final String type;
  private final Map<String, ?> values;
  private final LayerTypes types;
  private final Set<String> read = new HashSet<>();

  /** The settings of a layer of a type, as read from a model file. */
  public Settings(String type, Map<String, ?> values) {
    this(type, values, LayerTypes.standard());
  }

  /** The settings of a layer that may hold layers of the given types. */
  Settings(String type, Map<String, ?> values, LayerTypes types) {
    this.type = type;
    this.values = values;
    this.types = types;
  }

  /** A whole number of 32 bits. */
  public int whole(String name) {
    long value = wholeOf64Bits(name);
    if (value != (int) value) {
      throw unexpected(name, "a whole number of 32 bits", value);
    }
    return (int) value;
  }

  /** A whole number of 64 bits. */
  public long wholeOf64Bits(String name) {
    Object value = value(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw unexpected(name, "a whole number", value);
  }

  /** Any number. */
  public double number(String name) {
    Object value = value(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw unexpected(name, "a number", value);
  }

  /** True or false. */
  public boolean truth(String name) {
    Object value = value(name);
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw unexpected(name, "true or false", value);
  }

  /** One of an enumeration's names. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind) {
    Object value = value(name);
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw unexpected(name, "one of " + Arrays.toString(kind.getEnumConstants()), value);
  }

  /** A list of values of any kind. */
  List<?> list(String name) {
    Object value = value(name);
    if (value instanceof List<?> list) {
      return list;
    }
    throw unexpected(name, "a list", value);
  }

  /** Layers in a row, each its type and settings. */
  List<LayerSpec> layers(String name) {
    return layersOf(list(name));
  }

  /** Branches, each layers in a row. */
  List<List<LayerSpec>> branches(String name) {
    List<List<LayerSpec>> branches = new ArrayList<>();
    for (Object branch : list(name)) {
      if (!(branch instanceof List<?> layers)) {
        throw unexpected(name, "a list of lists", branch);
      }
      branches.add(layersOf(layers));
    }
    return branches;
  }

  private List<LayerSpec> layersOf(List<?> layers) {
    List<LayerSpec> specs = new ArrayList<>();
    for (Object layer : layers) {
      if (!(layer instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("Expected a layer's type and settings, got " + layer);
      }
      Map<String, Object> settings = new LinkedHashMap<>();
      map.forEach((key, value) -> settings.put(String.valueOf(key), value));
      specs.add(types.spec(String.valueOf(settings.remove("type")), settings));
    }
    return specs;
  }

  /** Whether there is a setting of this name. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Refuses settings that nobody has read. */
  void requireAllRead() {
    for (String name : values.keySet()) {
      if (!read.contains(name)) {
        throw new IllegalArgumentException(
            "Expected no setting "
                + name
                + " of the layer "
                + type
                + ", got "
                + values.get(name)
                + "; a newer version may have written it");
      }
    }
  }

  private @Nullable Object value(String name) {
    read.add(name);
    return values.get(name);
  }

  /** One of an enumeration's names, or a default where the setting is absent. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind, E unlessTold) {
    return values.containsKey(name) ? choice(name, kind) : unlessTold;
  }

  /** A whole number of 32 bits, or a default where the setting is absent. */
  public int whole(String name, int unlessTold) {
    return values.containsKey(name) ? whole(name) : unlessTold;
  }

  /** Any number, or a default where the setting is absent. */
  public double number(String name, double unlessTold) {
    return values.containsKey(name) ? number(name) : unlessTold;
  }

  /** True or false, or a default where the setting is absent. */
  public boolean truth(String name, boolean unlessTold) {
    return values.containsKey(name) ? truth(name) : unlessTold;
  }

  /** One layer, its type and settings. */
  LayerSpec layer(String name) {
    Object value = value(name);
    if (!(value instanceof Map<?, ?>)) {
      throw unexpected(name, "a layer's type and settings", value);
    }
    return layersOf(List.of(value)).get(0);
  }

  private IllegalArgumentException unexpected(
      String name, String expected, @Nullable Object actual) {
    return new IllegalArgumentException(
        "Expected the setting "
            + name
            + " of the layer "
            + type
            + " to be "
            + expected
            + ", got "
            + actual);
  }

  /**
   * Checks a size.
   *
   * @throws IllegalArgumentException naming the layer and the setting, if it is not positive
   */
  public static int requirePositive(String type, String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Expected " + name + " of " + type + " to be 1 or more, got " + value);
    }
    return value;
  }
}
