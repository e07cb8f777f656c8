package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Nearest;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.TuneMethod;
import org.rnn4j.examples.report.Version;
import org.rnn4j.examples.study.Study;
import org.rnn4j.examples.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The sentiment program. Exit codes: 0 done, 1 the data, a model or the machine stood in the way, 2
 * the command was not understood, 130 and 143 a training was interrupted.
 */
@Command(
    name = "examples/sentiment",
    mixinStandardHelpOptions = true,
    versionProvider = Sentiment.VersionLine.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains, evaluates and uses networks that tell what a text thinks.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the data, a model or the machine stood in the way; one line says why",
      "2:the command was not understood",
      "130:training was interrupted by Ctrl-C; one line says how to go on",
      "143:training was terminated; one line says how to go on"
    })
public final class Sentiment implements Runnable {
  /** Kept here, for the platform forgets the level of a logger that nobody holds. */
  private static final Logger LIBRARY_LOG = Logger.getLogger("org.rnn4j");

  private static final int NARROWEST_HELP = 55;
  private static final int WIDEST_HELP = 100;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error as well.")
  private boolean debug;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private Sentiment() {}

  /** What {@code --version} prints. */
  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"rnn4j " + Version.number()};
    }
  }

  /** Runs the program and ends the Java virtual machine with its exit code. */
  public static void main(String[] arguments) {
    LIBRARY_LOG.setLevel(Level.WARNING);
    Console console = Console.ofProcess();
    int code = commandLine(console).execute(arguments);
    console.out().flush();
    console.messages().stream().flush();
    System.exit(code);
  }

  /** The program with the given streams. */
  static CommandLine commandLine(Console console) {
    Sentiment sentiment = new Sentiment();
    CommandLine train = new CommandLine(new TrainCommand(console));
    train
        .getCommandSpec()
        .usageMessage()
        .footerHeading("%nWhat the presets set:%n")
        .footer(Tables.presets().lines().toArray(String[]::new));
    CommandLine commandLine =
        new CommandLine(sentiment)
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(train)
            // Of a command that is added as it is, picocli would not ask the model transformer.
            .addSubcommand(new CommandLine(new DesignCommand(console)))
            .addSubcommand(new CommandLine(new TuneCommand(console)))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new CommandLine(new CrossValidateCommand(console)))
            .addSubcommand(new PredictCommand(console))
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new CommandLine(new StudyCommand(console)));
    commandLine.setCommandName(System.getProperty("rnn.examples.program", "examples/sentiment"));
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.messages().stream(), true, StandardCharsets.UTF_8));
    commandLine.registerConverter(Preset.class, named(Preset::named));
    commandLine.registerConverter(Study.class, named(Study::named));
    commandLine.registerConverter(TuneMethod.class, named(TuneMethod::named));
    commandLine.registerConverter(DataOptions.Format.class, named(DataOptions.Format::named));
    commandLine.registerConverter(ExplainCommand.Method.class, named(ExplainCommand.Method::named));
    commandLine.setUsageHelpWidth(helpWidth(console.messages()));
    commandLine.setParameterExceptionHandler(
        (failure, arguments) -> {
          CommandLine command = failure.getCommandLine();
          console.say("Error: " + message(failure));
          suggestions(failure).ifPresent(console::say);
          console.say("See " + command.getCommandSpec().qualifiedName() + " --help");
          return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    commandLine.setExecutionStrategy(parsed -> sentiment.execute(parsed, console));
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> sentiment.fail(failure, console));
    return commandLine;
  }

  /**
   * The terminal's width, where there is one, within what can be read well and what picocli can.
   */
  private static int helpWidth(Terminal terminal) {
    return terminal.interactive()
        ? Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, terminal.columns()))
        : WIDEST_HELP;
  }

  private static <T> ITypeConverter<T> named(Function<String, T> values) {
    return name -> {
      try {
        return values.apply(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static @Nullable String message(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !command.getSubcommands().isEmpty()) {
      return "Expected a command of "
          + command.getSubcommands().keySet()
          + ", got "
          + unmatched.getUnmatched().get(0);
    }
    return failure.getMessage();
  }

  /** The options or commands that an unknown one may have been meant to be. */
  private static Optional<String> suggestions(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    String name = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    CommandLine command = failure.getCommandLine();
    return Nearest.hint(
        name,
        unmatched.isUnknownOption()
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet());
  }

  private int execute(ParseResult parsed, Console console) {
    int code;
    try {
      code = new RunLast().execute(parsed);
    } catch (OutOfMemoryError e) { // An error, which the handler of exceptions never sees.
      return fail(e, console);
    }
    if (console.out().checkError()) {
      return fail(
          new IOException(
              "standard output: expected all results to be taken, got a write that failed; "
                  + "is the disk full, or has the reader gone?"),
          console);
    }
    return code;
  }

  private int fail(Throwable failure, Console console) {
    console.say(Failure.describe(failure));
    if (debug) {
      failure.printStackTrace(console.messages().stream());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Expected a command, got none");
  }
}
