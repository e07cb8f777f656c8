package org.rnn4j.bench.compare;

/** A peer could not start, or not do what it was asked. The message is the reason, in one line. */
public final class PeerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Of a reason in one line. */
  public PeerException(String reason) {
    super(reason);
  }
}
