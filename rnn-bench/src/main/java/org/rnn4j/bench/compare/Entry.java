package org.rnn4j.bench.compare;

/**
 * Who takes part in a row, and how.
 *
 * @param peer the implementation
 * @param label the column of the table; entries of one label are settings, of which the best counts
 * @param form how texts of unequal length are handed over: {@code plain}, {@code padded}, {@code
 *     packed}
 * @param threads threads it is given
 * @param bare whether it runs the network without its recurrent dropout, to show what that costs
 */
public record Entry(Peer peer, String label, String form, int threads, boolean bare) {
  /** A peer under its own name. */
  public static Entry of(Peer peer, int threads) {
    return new Entry(peer, peer.label(), "plain", threads, false);
  }

  /** A peer in a form of its own. */
  public static Entry of(Peer peer, String form, int threads) {
    return new Entry(peer, peer.label() + " " + form, form, threads, false);
  }

  /** A peer on the network without its recurrent dropout. */
  public static Entry bare(Peer peer, int threads) {
    return new Entry(peer, peer.label() + " without", "plain", threads, true);
  }
}
