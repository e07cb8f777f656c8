package org.rnn4j.io;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of weights that could not be read or written. The message is one line: the file, what was
 * expected, what came, and the likely cause where it can be told. It is an {@link IOException}
 * because files fail at run time for reasons outside the program; a file that does not exist, is
 * damaged or belongs to a newer version are all reported by this one type.
 */
public class ModelFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Path file;

  /**
   * A failure with the file at its head.
   *
   * @param file the file that was read or written
   * @param problem what was expected, what came, and the likely cause
   */
  public ModelFileException(Path file, String problem) {
    this(file, problem, null);
  }

  /**
   * A failure that another one led to.
   *
   * @param file the file that was read or written
   * @param problem what was expected, what came, and the likely cause
   * @param cause what led to it
   */
  public ModelFileException(Path file, String problem, @Nullable Throwable cause) {
    // Names come from the file, and may hold line breaks.
    super(file + ": " + problem.replaceAll("\\p{Cntrl}", "?"), cause);
    this.file = file;
  }

  /** The file that was read or written; {@code null} only after Java serialization. */
  public @Nullable Path file() {
    return file;
  }
}
