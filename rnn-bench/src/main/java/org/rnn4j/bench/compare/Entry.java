package org.rnn4j.bench.compare;

/**
 * Who takes part in a row, and how.
 *
 * @param peer the implementation
 * @param label the column of the table; entries of one label are settings, of which the best counts
 * @param form how texts of unequal length are handed over: {@code plain}, {@code padded}, {@code
 *     packed}
 * @param threads threads it is given
 */
public record Entry(Peer peer, String label, String form, int threads) {
  /** A peer under its own name. */
  public static Entry of(Peer peer, int threads) {
    return new Entry(peer, peer.label(), "plain", threads);
  }

  /** A peer in a form of its own. */
  public static Entry of(Peer peer, String form, int threads) {
    return new Entry(peer, peer.label() + " " + form, form, threads);
  }
}
