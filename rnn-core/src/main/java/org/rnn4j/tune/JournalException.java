package org.rnn4j.tune;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A journal cannot be used or written: it belongs to another search, is damaged, is in use, or its
 * place cannot be written to. What it held is kept.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static JournalException of(Path file, String problem, @Nullable Throwable cause) {
    return new JournalException("The journal " + file + " " + problem, cause);
  }

  static JournalException atLine(Path file, long line, String expected, String actual) {
    return new JournalException(
        "The journal " + file + ", line " + line + ": expected " + expected + ", got " + actual,
        null);
  }
}
