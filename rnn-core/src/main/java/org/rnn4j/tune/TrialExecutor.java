package org.rnn4j.tune;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where tasks are run: on the threads of this machine ({@link LocalExecutor}), or wherever an
 * implementation sends them. A task says all that is to be done; it can travel as JSON.
 */
@FunctionalInterface
public interface TrialExecutor {
  /**
   * Runs tasks and returns when all of them have ended.
   *
   * @param tasks the tasks; the order in which they run does not matter
   * @param ended is to be told how each task ended, once, as soon as it has; any thread may call
   *     it, and several at once
   * @throws InterruptedException if the thread was interrupted; tasks that have not ended are lost,
   *     and are run again by a search that goes on
   */
  void run(List<FoldTask> tasks, Consumer<FoldTask.Outcome> ended) throws InterruptedException;
}
