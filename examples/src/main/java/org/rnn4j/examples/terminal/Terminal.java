package org.rnn4j.examples.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where messages go, and what can be done there.
 *
 * <p>Java cannot ask whether a stream is a terminal, so whoever starts the program tells it by the
 * system properties {@code rnn.examples.terminal} for the error stream and {@code
 * rnn.examples.results} for the output (true or false, false when missing) and {@code
 * rnn.examples.columns} (a number, 80 when missing); the script {@code examples/sentiment} does.
 * Colour is used on a terminal only, and not when the environment variable {@code NO_COLOR} is set
 * to anything but the empty text, nor when {@code TERM} is {@code dumb}.
 *
 * @param stream where messages are written
 * @param interactive whether a line may be overwritten
 * @param columns width in characters, at least 40
 * @param colour whether escape sequences for colour are understood and wanted
 */
public record Terminal(PrintStream stream, boolean interactive, int columns, boolean colour) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 40;
  private static final String ESCAPE = "\u001b[";

  /** Takes narrow terminals for 40 columns wide. */
  public Terminal {
    columns = Math.max(columns, FEWEST_COLUMNS);
  }

  /** A place where lines are appended and never overwritten, as in a file. */
  public static Terminal plain(PrintStream stream) {
    return new Terminal(stream, false, DEFAULT_COLUMNS, false);
  }

  /** What the system properties and the environment say of the error stream. */
  public static Terminal detect(PrintStream stream, Map<String, String> environment) {
    return detect(stream, "rnn.examples.terminal", environment);
  }

  /**
   * What the system properties and the environment say of a stream.
   *
   * @param property the system property that is true if the stream is a terminal
   */
  public static Terminal detect(
      PrintStream stream, String property, Map<String, String> environment) {
    boolean interactive = Boolean.getBoolean(property);
    boolean colour =
        interactive
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    int columns = Integer.getInteger("rnn.examples.columns", DEFAULT_COLUMNS);
    return new Terminal(stream, interactive, columns, colour);
  }

  /** The text in green where colour is to be had, else the text itself. */
  String green(String text) {
    return styled(text, "32");
  }

  /**
   * The text in a style where colour is to be had, else the text itself.
   *
   * @param codes what is to be selected, numbers separated by semicolons as ECMA-48 has them, such
   *     as {@code 4} for underlined; empty for nothing
   */
  public String styled(String text, String codes) {
    boolean plain = !colour || codes.isEmpty() || text.isEmpty();
    return plain ? text : ESCAPE + codes + "m" + text + ESCAPE + "0m";
  }

  /** Replaces the current line; for interactive terminals only. */
  void overwrite(String line) {
    stream.print("\r" + line + ESCAPE + "K");
    stream.flush();
  }
}
