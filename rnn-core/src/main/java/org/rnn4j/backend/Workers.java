package org.rnn4j.backend;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that run the parts of one piece of work at the same time. The calling
 * thread runs part 0, daemon threads the rest; a piece of work ends when all parts have ended. How
 * many threads there are never changes a result: parts own disjoint pieces of the output.
 *
 * <p>For one caller at a time. Close it to end the threads.
 */
public final class Workers implements AutoCloseable {
  /** How often a thread looks for work before it sleeps; some ten microseconds. */
  private static final int SPINS = 2_000;

  private final Helper[] helpers;
  private boolean closed;

  /**
   * A team of the given size, the caller counted.
   *
   * @throws IllegalArgumentException if the size is not positive
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Expected threads of 1 or more, got " + threads);
    }
    helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].start();
    }
  }

  /** The size of the team, the caller counted. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Runs {@code part.accept(0)} to {@code part.accept(parts − 1)}, each on a thread of its own, and
   * waits for all. Of several parts that throw, the first one's exception is thrown here.
   *
   * @param parts from 1 to {@link #size()}
   * @throws IllegalArgumentException if there are no parts, or more than threads
   * @throws IllegalStateException if the team was closed
   */
  public void run(int parts, IntConsumer part) {
    if (parts < 1 || parts > size()) {
      throw new IllegalArgumentException(
          "Expected parts from 1 to " + size() + ", the number of threads, got " + parts);
    }
    if (closed) {
      throw new IllegalStateException("Expected a team at work, got one that was closed");
    }
    for (int i = 1; i < parts; i++) {
      helpers[i - 1].give(part);
    }
    Throwable failure = null;
    try {
      part.accept(0);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (int i = 1; i < parts; i++) {
      Throwable other = helpers[i - 1].await();
      failure = failure == null ? other : failure;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      helper.close();
    }
  }

  private static final class Helper extends Thread {
    private final int part;
    private final AtomicReference<@Nullable IntConsumer> work = new AtomicReference<>();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread waiting;
    private volatile boolean closed;

    Helper(int part) {
      super("rnn4j-worker-" + part);
      this.part = part;
      setDaemon(true);
    }

    void give(IntConsumer task) {
      failure = null;
      work.set(task);
      LockSupport.unpark(this);
    }

    @Nullable Throwable await() {
      for (int spin = 0; work.get() != null; spin++) {
        if (spin < SPINS) {
          Thread.onSpinWait();
        } else {
          waiting = Thread.currentThread();
          if (work.get() != null) {
            LockSupport.park(this);
          }
        }
      }
      waiting = null;
      return failure;
    }

    void close() {
      closed = true;
      LockSupport.unpark(this);
    }

    @Override
    public void run() {
      int spin = 0;
      while (!closed) {
        IntConsumer task = work.get();
        if (task != null) {
          runTask(task);
          spin = 0;
        } else if (spin++ < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }

    private void runTask(IntConsumer task) {
      try {
        task.accept(part);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      work.set(null);
      Thread waiter = waiting;
      if (waiter != null) {
        LockSupport.unpark(waiter);
      }
    }
  }
}
