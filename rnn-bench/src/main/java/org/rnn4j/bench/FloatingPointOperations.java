package org.rnn4j.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts floating-point operations beside calls. Where the time unit of the output is the
 * nanosecond, the column {@code flops} is GFLOP/s.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FloatingPointOperations {
  /** Operations since the iteration began. */
  public long flops;

  /** Starts again from zero. */
  @Setup(Level.Iteration)
  public void reset() {
    flops = 0;
  }
}
