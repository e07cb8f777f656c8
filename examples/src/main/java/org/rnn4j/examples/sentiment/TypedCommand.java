package org.rnn4j.examples.sentiment;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** A command in the words of a shell. */
final class TypedCommand {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

  private TypedCommand() {}

  /**
   * What was typed, with further words, so that a shell reads it as it was.
   *
   * @param command any part of the program
   */
  static String of(CommandSpec command, String... more) {
    CommandSpec program = command.root();
    return Stream.of(
            Stream.of(program.name()),
            program.commandLine().getParseResult().originalArgs().stream(),
            Stream.of(more))
        .flatMap(words -> words)
        .map(TypedCommand::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
