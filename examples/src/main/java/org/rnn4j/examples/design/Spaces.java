package org.rnn4j.examples.design;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.rnn4j.text.data.DataException;
import org.rnn4j.tune.Choice;
import org.rnn4j.tune.Condition;
import org.rnn4j.tune.Configuration;
import org.rnn4j.tune.Dimension;
import org.rnn4j.tune.Space;

/**
 * Spaces of designs: parameters are named as {@link Design#with(String, Object)} takes them. Some
 * are ready for use, by name.
 */
public final class Spaces {
  private static final Map<String, String> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put(
        "twitter",
        """
        {"embedding": {"choice": [64, 96, 128, 192]},
         "layers": {"choice": ["64", "128", "64,32", "128,32,32", "96,48,48"]},
         "dropout": {"real": [0, 0.6]},
         "value-dropout": {"real": [0, 0.6]},
         "learning-rate": {"real": [5e-4, 1e-2], "scale": "log"},
         "batch-size": {"choice": [16, 32, 64]},
         "max-length": {"choice": [32, 64]},
         "max-words": {"choice": [5000, 10000, 20000]}}
        """);
    NAMED.put(
        "small",
        """
        {"embedding": {"choice": [8, 16, 32]},
         "layers": {"choice": ["8", "16", "16,16"]},
         "learning-rate": {"real": [3e-3, 3e-2], "scale": "log"},
         "dropout": {"real": [0, 0.5]}}
        """);
  }

  private Spaces() {}

  /** The names of the spaces that are ready for use. */
  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  /**
   * The space of a name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Space named(String name) {
    String json = NAMED.get(name);
    if (json == null) {
      throw new IllegalArgumentException("Expected a space of " + names() + ", got " + name);
    }
    return Space.fromJson(json);
  }

  /**
   * Reads the space of a file.
   *
   * @throws DataException naming the file, if it cannot be read, holds no space as JSON, or one
   *     that {@link #check} refuses
   */
  public static Space read(Path file, Design design) {
    try {
      Space read = Space.fromJson(Files.readString(file, StandardCharsets.UTF_8));
      check(read, design);
      return read;
    } catch (IllegalArgumentException e) {
      throw DataException.inFile(
              file, "a space of settings as JSON", String.valueOf(e.getMessage()))
          .causedBy(e);
    } catch (IOException e) {
      throw DataException.inFile(file, "a space of settings as JSON", e.toString()).causedBy(e);
    }
  }

  /**
   * Fails where a parameter is no setting, or a value that it may have is none of that setting.
   *
   * @throws IllegalArgumentException naming the parameter, what was expected and what came
   */
  public static void check(Space space, Design design) {
    for (Dimension dimension : space.dimensions()) {
      if (dimension.name().equals(TrainingSettings.SEED.name())) {
        throw new IllegalArgumentException(
            "seed: expected no parameter, since every configuration has the same seed on a fold,"
                + " got one");
      }
      for (Design where : designsWith(dimension, space, design)) {
        dimension.grid(2).forEach(value -> where.with(dimension.name(), value));
      }
    }
  }

  /** Designs in which a parameter exists: one for each value of that on which it depends. */
  private static List<Design> designsWith(Dimension dimension, Space space, Design design) {
    Condition condition = dimension.condition();
    if (condition == null) {
      return List.of(design);
    }
    Dimension parent = space.dimensions().get(space.names().indexOf(condition.parameter()));
    return designsWith(parent, space, design).stream()
        .flatMap(own -> condition.values().stream().map(value -> own.with(parent.name(), value)))
        .toList();
  }

  /**
   * The configuration of a design as it is; empty if that is not in the space.
   *
   * @param space one that {@link #check} does not refuse
   * @param outside is told the name of the first parameter whose value is not in the space
   */
  static Optional<Configuration> configuration(
      Space space, Design design, Consumer<String> outside) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Dimension dimension : space.dimensions()) {
      Condition condition = dimension.condition();
      if (condition == null || condition.holds(values)) {
        Optional<Object> value = value(dimension, design);
        if (value.isEmpty()) {
          outside.accept(dimension.name());
          return Optional.empty();
        }
        values.put(dimension.name(), value.get());
      }
    }
    return Optional.of(space.configuration(values));
  }

  private static Optional<Object> value(Dimension dimension, Design design) {
    if (dimension instanceof Choice choice) {
      return choice.values().stream()
          .filter(value -> changesNothing(choice, value, design))
          .findFirst();
    }
    try {
      return design.text(dimension.name()).map(Double::valueOf).map(dimension::canonical);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // A setting such as a size, whose value is no number in this design.
    }
  }

  private static boolean changesNothing(Choice choice, Object value, Design design) {
    try {
      return design.with(choice.name(), value).differencesFrom(design).isEmpty();
    } catch (IllegalArgumentException e) {
      return false; // The design's variant has no such parameter.
    }
  }

  /**
   * The design of a configuration.
   *
   * @throws IllegalArgumentException as {@link Design#with(Map)}
   */
  public static Design design(Design design, Configuration configuration) {
    return design.with(configuration.values());
  }
}
