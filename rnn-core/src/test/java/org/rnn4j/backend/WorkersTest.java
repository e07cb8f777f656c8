package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2, 3, 8})
  void every_part_runs_once_and_all_have_ended_when_run_returns(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.size()).isEqualTo(threads);
      for (int parts = 1; parts <= threads; parts++) {
        int[] runs = new int[threads];
        workers.run(parts, part -> runs[part]++);
        int[] expected = new int[threads];
        Arrays.fill(expected, 0, parts, 1);
        assertThat(runs).containsExactly(expected);
      }
    }
  }

  @Test
  void parts_run_at_the_same_time_on_threads_of_their_own() {
    try (Workers workers = new Workers(3)) {
      CountDownLatch all = new CountDownLatch(3);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();

      workers.run(
          3,
          part -> {
            threads.add(Thread.currentThread());
            all.countDown();
            awaitUninterrupted(all);
          });

      assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_team_works_again_and_again_and_its_writes_are_seen() {
    try (Workers workers = new Workers(4)) {
      long[] sums = new long[4];
      for (int round = 1; round <= 5_000; round++) {
        int added = round;
        workers.run(4, part -> sums[part] += added);
      }

      assertThat(sums).containsOnly(5_000L * 5_001 / 2);
    }
  }

  @Test
  void a_team_that_has_slept_wakes_for_work() {
    try (Workers workers = new Workers(2)) {
      Thread[] threads = new Thread[2];
      workers.run(2, part -> threads[part] = Thread.currentThread());

      for (int round = 0; round < 20; round++) {
        while (threads[1].getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        int[] runs = new int[2];
        workers.run(2, part -> runs[part]++);
        assertThat(runs).containsExactly(1, 1);
      }
    }
  }

  @Test
  void a_caller_that_has_slept_wakes_when_the_last_part_ends() {
    try (Workers workers = new Workers(2)) {
      Thread caller = Thread.currentThread();
      boolean[] slept = {false};

      workers.run(
          2,
          part -> {
            while (part == 1 && !slept[0]) {
              slept[0] = caller.getState() == Thread.State.WAITING;
            }
          });

      assertThat(slept[0]).isTrue();
    }
  }

  @ParameterizedTest(name = "part {0}")
  @ValueSource(ints = {0, 1, 2})
  void what_a_part_throws_reaches_the_caller_after_all_parts_have_ended(int failing) {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray ended = new AtomicIntegerArray(3);

      assertThatThrownBy(
              () ->
                  workers.run(
                      3,
                      part -> {
                        if (part == failing) {
                          throw new IllegalStateException("part " + part);
                        }
                        ended.set(part, 1);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part " + failing);
      for (int part = 0; part < 3; part++) {
        assertThat(ended.get(part)).isEqualTo(part == failing ? 0 : 1);
      }
    }
  }

  @Test
  void an_error_is_handed_on_and_the_team_can_be_used_afterwards() {
    try (Workers workers = new Workers(3)) {
      AtomicInteger runs = new AtomicInteger();

      assertThatThrownBy(
              () ->
                  workers.run(
                      3,
                      part -> {
                        throw new LinkageError("pretended");
                      }))
          .isInstanceOf(LinkageError.class)
          .hasMessage("pretended");
      workers.run(3, part -> runs.incrementAndGet());

      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void closing_ends_the_threads() throws InterruptedException {
    Workers workers = new Workers(3);
    Set<Thread> helpers = ConcurrentHashMap.newKeySet();
    workers.run(3, part -> helpers.add(Thread.currentThread()));
    helpers.remove(Thread.currentThread());

    workers.close();

    for (Thread helper : List.copyOf(helpers)) {
      assertThat(helper.isDaemon()).isTrue();
      helper.join();
    }
    assertThat(helpers).hasSize(2).noneMatch(Thread::isAlive);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void a_team_of_nobody_is_refused(int threads) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Workers(threads))
        .withMessage("Expected threads of 1 or more, got " + threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3})
  void no_parts_and_more_parts_than_threads_are_refused_before_any_runs(int parts) {
    try (Workers workers = new Workers(2)) {
      AtomicInteger runs = new AtomicInteger();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> workers.run(parts, part -> runs.incrementAndGet()))
          .withMessage("Expected parts from 1 to 2, the number of threads, got " + parts);
      workers.run(2, part -> runs.incrementAndGet());

      assertThat(runs).hasValue(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_closed_team_refuses_work(int threads) {
    Workers workers = new Workers(threads);
    workers.close();

    assertThatThrownBy(() -> workers.run(threads, part -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Expected a team at work, got one that was closed");
  }
}
