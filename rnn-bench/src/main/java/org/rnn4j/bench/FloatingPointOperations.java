package org.rnn4j.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts floating-point operations beside calls. Where the time unit of the output is the
 * nanosecond, the column {@code flops} is GFLOP/s, and {@code percentOfPeak} is what that is of the
 * best product of this machine, see {@link ProductPeak}: measured anew at the start of each run, so
 * that it tells little where other programs compete for the processor.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FloatingPointOperations {
  /** Operations since the iteration began. */
  public long flops;

  /** Operations since the iteration began, as 100 times the nanoseconds they take at best. */
  public double percentOfPeak;

  private double peak = 1;

  /** Finds the peak. */
  @Setup
  public void findPeak() {
    peak = ProductPeak.measure();
    System.out.printf("%n# Product peak: %.1f GFLOP/s on one core%n", peak);
  }

  /** Starts again from zero. */
  @Setup(Level.Iteration)
  public void reset() {
    flops = 0;
    percentOfPeak = 0;
  }

  /** Counts operations that were shared among cores. */
  void count(long operations, int cores) {
    flops += operations;
    percentOfPeak += 100 * operations / (peak * cores);
  }
}
