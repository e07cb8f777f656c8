package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rnn4j.tune.SearchTest.score;
import static org.rnn4j.tune.SearchTest.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.testing.RunsOnce;

/** Trials that run out of memory, fail or are interrupted on the threads of a search. */
@RunsOnce
class LocalExecutorTest {
  @TempDir Path folder;

  @Test
  void a_trial_that_says_it_was_interrupted_while_the_search_was_not_has_failed() throws Exception {
    SearchResult result =
        search(new Randomised(6))
            .threads(2)
            .journal(folder.resolve("journal"))
            .run(
                (configuration, fold, budget, seed) -> {
                  if (configuration.real("dropout") > 0.2) {
                    throw new InterruptedException("a helper gave up");
                  }
                  return fold;
                });

    for (Trial trial : result.trials()) {
      assertThat(trial.error())
          .isEqualTo(
              trial.configuration().real("dropout") > 0.2
                  ? "fold 1: java.lang.InterruptedException: a helper gave up"
                  : null);
    }
    assertThat(result.trials()).anyMatch(Trial::failed).anyMatch(Trial::complete);
  }

  @Test
  void a_trial_that_is_too_large_for_the_memory_fails_and_the_search_goes_on() throws Exception {
    Path journal = folder.resolve("journal");
    Objective tooLarge =
        (configuration, fold, budget, seed) ->
            configuration.real("dropout") > 0.2 ? new long[Integer.MAX_VALUE].length : fold;

    SearchResult result = search(new Randomised(6)).journal(journal).run(tooLarge);

    for (Trial trial : result.trials()) {
      boolean failed = trial.configuration().real("dropout") > 0.2;
      assertThat(trial.failed()).isEqualTo(failed);
      if (failed) {
        assertThat(trial.error())
            .matches(
                "fold 1: out of memory, of which there are at most [0-9]+ MB \\(-Xmx gives more\\):"
                    + " .+");
      }
    }
    assertThat(result.trials()).anyMatch(Trial::failed).anyMatch(Trial::complete);
    assertThat(search(new Randomised(6)).journal(journal).run(SearchTest::score).toJson())
        .isEqualTo(result.toJson());
  }

  @Test
  void what_is_too_large_only_beside_other_trials_is_run_again_alone() throws Exception {
    Set<String> tried = ConcurrentHashMap.newKeySet();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger again = new AtomicInteger();
    Objective large =
        (configuration, fold, budget, seed) -> {
          int now = running.incrementAndGet();
          try {
            if (fold == 1 && tried.add(configuration.toJson())) {
              throw new OutOfMemoryError("beside others");
            }
            if (fold == 1) {
              assertThat(now).isEqualTo(1);
              again.incrementAndGet();
            }
            return score(configuration, fold, budget, seed);
          } finally {
            running.decrementAndGet();
          }
        };

    SearchResult result = search(new Randomised(6)).threads(2).run(large);

    assertThat(again).hasValue(6);
    assertThat(result.toJson())
        .isEqualTo(search(new Randomised(6)).threads(2).run(SearchTest::score).toJson());
  }

  @Test
  void any_other_error_of_the_jvm_ends_the_search() {
    assertThatThrownBy(
            () ->
                search(new Randomised(8))
                    .run(
                        (configuration, fold, budget, seed) -> {
                          throw new LinkageError("planted");
                        }))
        .isInstanceOf(LinkageError.class)
        .hasMessage("planted");
  }

  @Test
  void what_stops_a_search_stops_the_tasks_that_still_run() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    SearchListener full =
        new SearchListener() {
          @Override
          public void foldEnded(FoldTask.Outcome outcome, Progress progress) {
            throw new IllegalStateException("the disk is full");
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                search(new Randomised(1))
                    .threads(2)
                    .listener(full)
                    .run(
                        (configuration, fold, budget, seed) -> {
                          if (fold > 0) {
                            begun.await();
                            return fold;
                          }
                          begun.countDown();
                          try {
                            Thread.sleep(60_000);
                          } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                          }
                          return 0;
                        }))
        .withMessage("the disk is full");
    assertThat(interrupted).hasValue(1);
  }

  @Test
  void a_search_that_is_interrupted_stops_and_goes_on_from_its_journal() throws Exception {
    Path journal = folder.resolve("journal");
    Search search = search(new Randomised(6)).threads(2).journal(journal);
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                search.run(
                    (configuration, fold, budget, seed) -> {
                      if (fold == 2) {
                        caller.interrupt();
                        Thread.sleep(60_000);
                      }
                      return score(configuration, fold, budget, seed);
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Files.readAllLines(journal)).hasSizeBetween(2, 10);
    assertThat(Files.readString(journal)).doesNotContain("interrupted");

    assertThat(search.run(SearchTest::score).toJson())
        .isEqualTo(search(new Randomised(6)).run(SearchTest::score).toJson());
  }
}
