package org.rnn4j.train;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint cannot be used or written: it belongs to another training, is damaged, or its place
 * cannot be written to. Nothing has been changed: neither the file nor, where a training was to go
 * on from it, the network.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with its message and what led to it. */
  public CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A file that belongs to another training, or does not hold what a training needs. */
  static CheckpointException of(Path file, String problem) {
    return new CheckpointException("The checkpoint " + file + " " + problem, null);
  }
}
