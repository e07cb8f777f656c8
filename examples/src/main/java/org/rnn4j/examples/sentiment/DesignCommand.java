package org.rnn4j.examples.sentiment;

import java.util.concurrent.Callable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a design, all settings of it, without training. */
@Command(
    name = "design",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    modelTransformer = DesignOptions.OfSettings.class,
    description = "Prints all settings of a preset, with what options change, and trains nothing.")
final class DesignCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final DesignOptions options = new DesignOptions();

  @Option(
      names = "--json",
      description =
          "Print the settings as JSON on one line, which --design of other commands reads.")
  private boolean json;

  DesignCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Design design = options.design();
    if (json) {
      console.out().println(Json.write(design.toMap()));
    } else {
      console.out().println(options.name());
      console.out().print(Tables.design(design));
    }
    return 0;
  }
}
