package org.rnn4j.bench.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the processes of a peer are started. */
interface Launcher {
  /** The command of a worker that answers requests. */
  List<String> worker(Peer peer) throws PeerException;

  /**
   * The command of a program that loads a model, predicts once and prints a line that begins with
   * {@code predicted}.
   *
   * @param length tokens of the text
   */
  List<String> firstPrediction(Peer peer, Path file, int length) throws PeerException;

  /** Variables to set beside those of this process. */
  Map<String, String> environment(Peer peer, int threads);
}
