package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Texts from the command line or, line by line, from standard input. */
final class TextArguments {
  private static final String STANDARD_INPUT = "-";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Parameters(
      paramLabel = "TEXT",
      description =
          "Texts to judge, or - for the lines of standard input. "
              + "After --, a text may begin with a dash.")
  private List<String> texts = new ArrayList<>();

  /**
   * Checks what was given, before a model is loaded.
   *
   * @throws ParameterException if there is no text, or standard input among others
   */
  void require() {
    if (texts.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "Expected texts, or - for the lines of standard input; got none");
    }
    if (texts.size() > 1 && texts.contains(STANDARD_INPUT)) {
      throw new ParameterException(
          command.commandLine(),
          "Expected texts, or - alone for the lines of standard input; got - among "
              + texts.size()
              + " texts");
    }
  }

  /**
   * Checks that one text was given, and not standard input.
   *
   * @throws ParameterException naming the option that takes no more
   */
  void requireOne(String option) {
    if (texts.size() != 1 || texts.contains(STANDARD_INPUT)) {
      throw new ParameterException(
          command.commandLine(),
          option
              + ": expected one text, got "
              + (texts.size() == 1 ? "standard input" : texts.size() + " texts"));
    }
  }

  /** Hands out each text as soon as it has come, as long as the answers are taken. */
  void forEach(Console console, Predicate<String> answered) throws IOException {
    if (texts.equals(List.of(STANDARD_INPUT))) {
      InputLines lines = new InputLines(console.in());
      @Nullable String line = lines.next();
      while (line != null && answered.test(line)) {
        line = lines.next();
      }
    } else {
      for (String text : texts) {
        if (!answered.test(text)) {
          return;
        }
      }
    }
  }
}
