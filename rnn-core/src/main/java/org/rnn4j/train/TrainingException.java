package org.rnn4j.train;

/**
 * A training could not go on: a loss or a gradient was not finite. The weights are those before the
 * step that failed. The message names the layer, the epoch and the batch.
 */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with its message. */
  public TrainingException(String message) {
    super(message);
  }
}
