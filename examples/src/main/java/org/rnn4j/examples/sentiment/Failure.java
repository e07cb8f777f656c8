package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.rnn4j.text.data.DataException;
import org.rnn4j.train.CheckpointException;
import org.rnn4j.train.TrainingException;
import org.rnn4j.tune.JournalException;

/** Puts what went wrong into one line. */
final class Failure {
  private Failure() {}

  /** One line for the person at the command line: what was expected, what came, and where. */
  static String describe(Throwable failure) {
    Throwable cause = failure;
    if (failure instanceof UncheckedIOException && failure.getCause() != null) {
      cause = failure.getCause();
    }
    String text = text(cause);
    return "Error: " + text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof FileSystemException failed && failed.getReason() == null) {
      return failed.getFile() + ": " + reason(failed);
    }
    if (cause instanceof DataException
        || cause instanceof IOException
        || cause instanceof TrainingException
        || cause instanceof CheckpointException
        || cause instanceof JournalException
        || cause instanceof IllegalArgumentException) {
      return message;
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory; JDK_JAVA_OPTIONS=-Xmx… gives the program more";
    }
    return "this should not have happened; --debug tells more: " + cause;
  }

  private static String reason(FileSystemException failed) {
    if (failed instanceof NoSuchFileException) {
      return "expected a file or folder, found none";
    }
    if (failed instanceof AccessDeniedException) {
      return "expected to be allowed to use it, got no permission";
    }
    return "could not be used: " + failed.getClass().getSimpleName();
  }
}
