package org.rnn4j.tune;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs tasks on threads of its own. One that runs out of memory beside others is run again when
 * these have ended: only what is too large by itself has failed, whatever the number of threads.
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
    Queue<FoldTask> large = new ConcurrentLinkedQueue<>();
    try {
      for (FoldTask task : tasks) {
        running.submit(() -> runBesideOthers(task, ended, pool, large), true);
      }
      for (int i = 0; i < tasks.size(); i++) {
        running.take().get();
      }
      for (FoldTask task : large) {
        running.submit(() -> end(task.run(objective), ended, pool), true);
        running.take().get();
      }
    } catch (ExecutionException e) {
      // No fault of a trial: the listener could not write, or the JVM is at its end.
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

  private void runBesideOthers(
      FoldTask task,
      Consumer<FoldTask.Outcome> ended,
      ExecutorService pool,
      Queue<FoldTask> large) {
    FoldTask.Outcome outcome;
    try {
      outcome = task.runInMemory(objective);
    } catch (OutOfMemoryError e) {
      large.add(task);
      return;
    }
    end(outcome, ended, pool);
  }

  private static void end(
      FoldTask.Outcome outcome, Consumer<FoldTask.Outcome> ended, ExecutorService pool) {
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
