package org.rnn4j.backend.simd;

import java.util.concurrent.atomic.AtomicLong;
import org.rnn4j.backend.PackedMatrix;

/**
 * How long kernels that start cold leave their work to scalar code. Until the JIT compiler has
 * taken over, every operation on a vector is a long chain of calls, and a first prediction would
 * take longer than all the rest of a program's start. So vectors wait until the products have come
 * to as much work as makes the compiler's worth while.
 */
final class ColdStart {
  /** Multiplications that are done in scalar code: about a fifth of a second's work. */
  private static final long COLD_MULTIPLICATIONS = 1L << 30;

  private final AtomicLong multiplications = new AtomicLong();
  private volatile boolean cold;

  ColdStart(boolean cold) {
    this.cold = cold;
  }

  /** Whether work still goes to scalar code. */
  boolean isCold() {
    return cold;
  }

  /** How many of the rows of a product are still left to scalar code; ends the cold start. */
  int rows(int m, PackedMatrix b) {
    if (!cold) {
      return 0;
    }
    long each = Math.max(1, (long) b.rows() * b.columns());
    long left = COLD_MULTIPLICATIONS - multiplications.getAndAdd(m * each);
    if (left <= m * each) {
      cold = false;
    }
    return left <= 0 ? 0 : (int) Math.min(m, (left - 1) / each + 1);
  }
}
