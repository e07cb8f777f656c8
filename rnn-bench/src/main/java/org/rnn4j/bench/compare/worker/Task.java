package org.rnn4j.bench.compare.worker;

import org.rnn4j.bench.compare.Message;

/** Something that is timed, round by round. */
interface Task {
  /**
   * Runs one timed round.
   *
   * @param steps training steps, batches or calls
   * @return {@code seconds} and what was done in them
   */
  Message run(int steps);
}
