package org.rnn4j.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts tokens beside calls. Where the time unit of the output is the second, the column {@code
 * tokens} is tokens a second.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class TokenRate {
  /** Tokens since the iteration began. */
  public long tokens;

  /** Starts again from zero. */
  @Setup(Level.Iteration)
  public void reset() {
    tokens = 0;
  }
}
