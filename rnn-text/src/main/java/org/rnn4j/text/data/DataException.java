package org.rnn4j.text.data;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be used: a file that is missing, damaged or not of the expected form, or
 * examples that nothing can be learned from. The message is one line: file, line number, what was
 * expected, what came.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How much of a value from a file is repeated in a message, in characters. */
  private static final int LONGEST_QUOTE = 60;

  private final @Nullable String file;
  private final long line;
  private final String expected;
  private final String actual;

  private DataException(
      @Nullable String file, long line, String expected, String actual, @Nullable Throwable cause) {
    super(message(file, line, expected, actual), cause);
    this.file = file;
    this.line = line;
    this.expected = expected;
    this.actual = actual;
  }

  /** Data that has no file, such as a list of examples. */
  public static DataException of(String expected, String actual) {
    return new DataException(null, 0, expected, actual, null);
  }

  /** A file that is wrong as a whole. */
  public static DataException inFile(Path file, String expected, String actual) {
    return new DataException(file.toString(), 0, expected, actual, null);
  }

  /** A file that is wrong at one line, counted from 1. */
  public static DataException atLine(Path file, long line, String expected, String actual) {
    return new DataException(file.toString(), line, expected, actual, null);
  }

  /** The same, with what the platform threw. */
  public DataException causedBy(Throwable cause) {
    DataException exception = new DataException(file, line, expected, actual, cause);
    exception.setStackTrace(getStackTrace());
    return exception;
  }

  /** The file as it was named, or null if the data came from no file. */
  public @Nullable String file() {
    return file;
  }

  /** The line, counted from 1; empty if the file is wrong as a whole. */
  public OptionalLong line() {
    return line > 0 ? OptionalLong.of(line) : OptionalLong.empty();
  }

  /** What was expected. */
  public String expected() {
    return expected;
  }

  /** What came. */
  public String actual() {
    return actual;
  }

  /** A value from a file, in quotes, cut and with control characters made visible. */
  public static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .codePoints()
        .limit(LONGEST_QUOTE)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)) {
                quoted.append(String.format("\\u%04X", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    boolean cut = value.codePointCount(0, value.length()) > LONGEST_QUOTE;
    return quoted.append(cut ? "…\"" : "\"").toString();
  }

  private static String message(@Nullable String file, long line, String expected, String actual) {
    String place = file == null ? "" : file + (line > 0 ? ", line " + line : "") + ": ";
    // Names come from the file or its folder, and may hold line breaks.
    return (place + "expected " + expected + ", got " + actual).replaceAll("\\p{Cntrl}", "?");
  }
}
