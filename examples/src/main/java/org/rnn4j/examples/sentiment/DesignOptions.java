package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.Setting;
import org.rnn4j.examples.design.Settings;
import org.rnn4j.examples.design.Shorthand;
import org.rnn4j.json.Json;
import org.rnn4j.text.data.DataException;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that give a design: a preset or a file, and on top of it an option for each of the
 * {@link Settings} and each {@link Shorthand}. A command that has it as a mixin takes the options
 * of the settings by {@code @Command(modelTransformer = DesignOptions.OfSettings.class)}, and is
 * added to the program as a {@code CommandLine}.
 */
final class DesignOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "The design to start from: ${COMPLETION-CANDIDATES}. Default: imdb-gru. "
              + "The options below change it.")
  private @Nullable Preset preset;

  @Option(
      names = "--design",
      paramLabel = "FILE",
      description = "A design to start from instead, as the command design --json prints it.")
  private @Nullable Path file;

  /** Adds an option for each setting, in groups. */
  static final class OfSettings implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      int place = 0;
      for (Setting.Group group : Setting.Group.values()) {
        ArgGroupSpec.Builder options =
            ArgGroupSpec.builder()
                .validate(false)
                .exclusive(false)
                .order(place++)
                .heading("%n" + group.title() + ":%n");
        for (Setting<?> setting : Settings.all()) {
          if (setting.group() == group) {
            options.addArg(
                option(
                    setting.name(),
                    setting.label(),
                    setting.bare(),
                    description(setting.description(), setting.format().forms())));
          }
        }
        for (Shorthand shorthand : Shorthand.all()) {
          if (shorthand.group() == group) {
            options.addArg(
                option(shorthand.name(), shorthand.label(), "", shorthand.description()));
          }
        }
        command.addArgGroup(options.build());
      }
      return command;
    }

    /** The sentence, and a line for each kind. */
    private static String[] description(String sentence, List<String> forms) {
      return Stream.concat(Stream.of(sentence), forms.stream()).toArray(String[]::new);
    }

    private static OptionSpec option(
        String name, String label, String bare, String... description) {
      return OptionSpec.builder(optionName(name))
          .type(String.class)
          .arity(bare.isEmpty() ? "1" : "0..1")
          .fallbackValue(bare)
          .paramLabel(label)
          .description(description)
          .build();
    }
  }

  private static String optionName(String setting) {
    return "--" + setting;
  }

  /** What the design is called in messages and reports: the preset's name, or that of the file. */
  String name() {
    return file == null ? start().toString() : file.toString();
  }

  /** The values that options give, by the name of their setting or shorthand. */
  Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    Settings.all().forEach(setting -> putIfGiven(setting.name(), changes));
    Shorthand.all().forEach(shorthand -> putIfGiven(shorthand.name(), changes));
    return changes;
  }

  private void putIfGiven(String name, Map<String, String> changes) {
    OptionSpec option = command.findOption(optionName(name));
    String value = option == null ? null : option.getValue();
    if (value != null) {
      changes.put(name, value);
    }
  }

  private Preset start() {
    return preset == null ? Preset.IMDB_GRU : preset;
  }

  /**
   * The design.
   *
   * @throws ParameterException if an option's value is none of its setting
   * @throws DataException if the file cannot be read or is no design
   */
  Design design() {
    if (preset != null && file != null) {
      throw usage("--design: expected this or --preset, got both");
    }
    Design start = file == null ? start().design() : read(file);
    try {
      return start.with(changes());
    } catch (IllegalArgumentException e) {
      throw usage(optionName(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Fails where settings do not go together, or not with the texts.
   *
   * @param labels how many labels the texts have
   * @param validated whether there are texts to validate on
   * @throws ParameterException naming the option
   */
  void check(Design design, int labels, boolean validated) {
    try {
      design.check(labels, validated);
    } catch (IllegalArgumentException e) {
      throw usage(optionName(String.valueOf(e.getMessage())));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static Design read(Path file) {
    try {
      return Design.fromMap(Json.parseObject(Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw DataException.inFile(file, "a design as JSON", String.valueOf(e.getMessage()))
          .causedBy(e);
    } catch (IOException e) {
      throw DataException.inFile(file, "a design as JSON", e.toString()).causedBy(e);
    }
  }
}
