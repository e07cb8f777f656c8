package org.rnn4j.bench.compare;

import java.time.Duration;

/** One entry of a row while the row is measured. */
interface Competitor extends AutoCloseable {
  /** Waits until it can be asked. */
  void awaitReady() throws PeerException;

  /** Gets ready for rounds; {@code secondsPerStep} and {@code settings}. */
  Message prepare() throws PeerException;

  /** One timed round. */
  Message run(int steps) throws PeerException;

  /** {@code peakBytes} since it was prepared, where the system tells. */
  Message memory() throws PeerException;

  /** Processor time it has had so far. */
  Duration processorTime();

  @Override
  void close();
}
