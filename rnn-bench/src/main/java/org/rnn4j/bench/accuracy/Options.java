package org.rnn4j.bench.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.json.Json;

/** What {@code rnn-bench/accuracy} was asked for; its help describes the options. */
final class Options {
  private @Nullable Path dataGiven;
  private @Nullable Path outGiven;
  private @Nullable Path pythonGiven;
  private @Nullable Design designGiven;
  private final List<String> changes = new ArrayList<>();

  @Nullable Path groups;
  int groupColumn = 2;
  double validation = 0.1;
  long splitSeed = 1;
  List<Long> seeds = List.of(1L);
  int limit = Integer.MAX_VALUE;
  int threads = 2;
  boolean bucketed = true;
  boolean stock;
  boolean json;
  String name = "";
  Path scripts = Path.of("rnn-bench/peers");
  String command = "rnn-bench/accuracy";

  private Options() {}

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if there is one too many, one is missing, or one is not as
   *     expected
   */
  static Options parse(String... arguments) {
    Options options = new Options();
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i];
      if (options.setFlag(name)) {
        continue;
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("Expected a value after " + name + ", got none");
      }
      options.set(name, arguments[++i]);
    }
    options.data();
    options.out();
    options.python();
    options.design();
    return options;
  }

  private boolean setFlag(String name) {
    switch (name) {
      case "--json" -> json = true;
      case "--not-bucketed" -> bucketed = false;
      case "--stock-optimizer" -> stock = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private void set(String name, String value) {
    switch (name) {
      case "--data" -> dataGiven = Path.of(value);
      case "--groups" -> groups = Path.of(value);
      case "--group-column" -> groupColumn = (int) whole(name, value, 0, Integer.MAX_VALUE);
      case "--validation" -> validation = share(name, value);
      case "--split-seed" -> splitSeed = whole(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case "--preset" -> useDesign(value, () -> Preset.named(value).design());
      case "--design" ->
          useDesign(String.valueOf(Path.of(value).getFileName()), () -> read(Path.of(value)));
      case "--with", "--epochs" ->
          changes.add(name.equals("--with") ? value : TrainingSettings.EPOCHS.name() + "=" + value);
      case "--seeds" -> seeds = seeds(name, value);
      case "--limit" -> limit = (int) whole(name, value, 1, Integer.MAX_VALUE);
      case "--threads" -> threads = (int) whole(name, value, 1, Integer.MAX_VALUE);
      case "--out" -> outGiven = Path.of(value);
      case "--python" -> pythonGiven = Path.of(value);
      case "--scripts" -> scripts = Path.of(value);
      case "--command" -> command = value;
      default -> throw new IllegalArgumentException("Unknown option " + name);
    }
  }

  private void useDesign(String given, Supplier<Design> design) {
    if (designGiven != null) {
      throw new IllegalArgumentException("Expected one of --preset and --design, got both");
    }
    name = given;
    designGiven = design.get();
  }

  private static Design read(Path file) {
    String text;
    try {
      text = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("Expected a design in " + file + ", got " + e, e);
    }
    return text.startsWith("{") ? Design.fromMap(Json.parseObject(text)) : Design.parse(text);
  }

  private static List<Long> seeds(String name, String value) {
    List<Long> seeds = new ArrayList<>();
    for (String seed : value.split(",", -1)) {
      seeds.add(whole(name, seed, Long.MIN_VALUE, Long.MAX_VALUE));
    }
    return seeds;
  }

  private static double share(String name, String value) {
    try {
      double share = Double.parseDouble(value);
      if (share > 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "Expected a share between 0 and 1 after " + name + ", got " + value);
  }

  private static long whole(String name, String value, long least, long greatest) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "Expected a whole number"
            + (least == Long.MIN_VALUE ? "" : " of " + least + " or more")
            + " after "
            + name
            + ", got "
            + value);
  }

  /** The texts. */
  Path data() {
    return required("--data", dataGiven);
  }

  /** Where results go. */
  Path out() {
    return required("--out", outGiven);
  }

  /** A Python with Keras. */
  Path python() {
    return required("--python", pythonGiven);
  }

  /** The design with what is to be changed in it. */
  Design design() {
    Design design = required("--preset or --design", designGiven);
    for (String change : changes) {
      String[] parts = change.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("Expected name=value after --with, got " + change);
      }
      design = design.with(parts[0], parts[1]);
    }
    return design;
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("Expected the option " + name + ", got none");
    }
    return value;
  }
}
