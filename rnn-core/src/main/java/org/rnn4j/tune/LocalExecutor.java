package org.rnn4j.tune;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs tasks on threads of its own.
 *
 * @param objective what scores them
 * @param threads how many run at once
 */
public record LocalExecutor(Objective objective, int threads) implements TrialExecutor {

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LocalExecutor {
    if (threads < 1) {
      throw new IllegalArgumentException("Expected 1 thread or more, got " + threads);
    }
  }

  @Override
  public void run(List<FoldTask> tasks, Consumer<FoldTask.Outcome> ended)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
    CompletionService<Boolean> running = new ExecutorCompletionService<>(pool);
    try {
      for (FoldTask task : tasks) {
        running.submit(() -> runOne(task, ended, pool), true);
      }
      for (int i = 0; i < tasks.size(); i++) {
        running.take().get();
      }
    } catch (ExecutionException e) {
      // No fault of a trial: the listener could not write, or the JVM is out of memory.
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  private void runOne(FoldTask task, Consumer<FoldTask.Outcome> ended, ExecutorService pool) {
    FoldTask.Outcome outcome = task.run(objective);
    // A task that was interrupted because the search ends has not failed by itself.
    if (!pool.isShutdown()) {
      // One that says so of itself has; to a thread still marked the journal would be closed.
      Thread.interrupted();
      ended.accept(outcome);
    }
  }

  /** The caller goes on only when no thread works for it any more. */
  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = false;
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.DAYS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
