package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class SearchTest {
  @TempDir Path folder;

  static Stream<SearchMethod> methods() {
    return Stream.of(
        new Grid(1),
        new Randomised(8),
        Halving.of(9, 1),
        Hyperband.withDefaults(),
        Bayesian.of(10),
        Bayesian.of(10).batch(3));
  }

  /** A score with noise; one configuration in eight fails. */
  static double score(Configuration configuration, int fold, int budget, long seed) {
    RandomStream random = new RandomStream(seed).derive(configuration.toJson());
    if (random.nextInt(8) == 0) {
      throw new IllegalStateException("out of luck with " + configuration.text("cell"));
    }
    double rate = StrictMath.log(configuration.real("rate") / 0.01);
    return 0.9
        - 0.01 * rate * rate
        - 0.2 * configuration.real("dropout")
        - 0.1 / budget
        + 0.02 * random.nextGaussian()
        + 0.01 * fold;
  }

  private static Search search(SearchMethod method) {
    return Search.over(SpaceTest.MIXED).method(method).folds(3).budget(9).seed(5);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void threads_change_no_byte_of_the_result_or_the_journal(SearchMethod method) throws Exception {
    List<String> results = new ArrayList<>();
    List<String> journals = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      Path journal = folder.resolve("journal-" + threads);
      RandomStream naps = new RandomStream(threads);
      results.add(
          search(method)
              .threads(threads)
              .journal(journal)
              .run(
                  (configuration, fold, budget, seed) -> {
                    nap(naps);
                    return score(configuration, fold, budget, seed);
                  })
              .toJson());
      journals.add(Files.readString(journal));
    }

    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
    assertThat(journals.get(1)).isEqualTo(journals.get(0));
    assertThat(journals.get(2)).isEqualTo(journals.get(0));
  }

  /** Tasks end in another order each time. */
  private static void nap(RandomStream naps) throws InterruptedException {
    int microseconds;
    synchronized (naps) {
      microseconds = naps.nextInt(300);
    }
    Thread.sleep(0, 1000 * microseconds);
  }

  /** The same on JDK 17 and 25, and on every machine. */
  @Test
  void the_bytes_of_a_result_are_known() throws Exception {
    StringBuilder all = new StringBuilder();
    for (SearchMethod method : methods().toList()) {
      all.append(search(method).run(SearchTest::score).toJson()).append('\n');
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(all.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(digest))
        .as("%s", all)
        .isEqualTo("49edd485c787dd7967a8168104606efaf131fddf7124d0643e19a3d8363a7775");
  }

  /** A configuration of the space that does not fail on any fold. */
  private static Configuration known() {
    return SpaceTest.MIXED.draw(new RandomStream(2));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void what_is_known_is_tried_first_with_the_whole_budget_and_only_once(SearchMethod method)
      throws Exception {
    List<FoldTask> tasks = Collections.synchronizedList(new ArrayList<>());
    Configuration known =
        method instanceof Grid
            ? search(method).run(SearchTest::score).trials().get(3).configuration()
            : known();
    SearchResult result =
        search(method)
            .first(known)
            .run(
                (TrialExecutor)
                    (asked, ended) -> {
                      tasks.addAll(asked);
                      asked.forEach(task -> ended.accept(task.run((c, f, b, s) -> c.real("rate"))));
                    });

    assertThat(result.trials().get(0).configuration()).isEqualTo(known);
    assertThat(result.trials().get(0).budget()).isEqualTo(9);
    assertThat(result.trials().get(0).scores()).hasSize(3);
    assertThat(tasks.stream().filter(task -> task.configuration().equals(known))).hasSize(3);
    assertThat(result.search().get("first")).isEqualTo(List.of(known.values()));
    // What the method tries beside it is as many as without it.
    int without = search(method).run((c, f, b, s) -> c.real("rate")).trials().size();
    assertThat(result.trials()).hasSize(method instanceof Grid ? without : without + 1);
  }

  @Test
  void a_gaussian_process_learns_from_what_is_known_and_chance_does_not()
      throws InterruptedException {
    Configuration known = known();
    for (SearchMethod method : List.of(new Randomised(5), new Bayesian(5, 4, 1))) {
      List<Configuration> last = new ArrayList<>();
      for (double score : new double[] {0, 2}) {
        List<Trial> trials =
            search(method)
                .first(known)
                .run((c, f, b, s) -> c.equals(known) ? score : c.real("dropout"))
                .trials();
        assertThat(trials).hasSize(6);
        last.add(trials.get(5).configuration());
      }
      assertThat(last.get(0).equals(last.get(1)))
          .as(method.toString())
          .isEqualTo(method instanceof Randomised);
    }
  }

  @Test
  void what_the_best_is_better_by_than_the_first_is_counted_on_the_same_folds()
      throws InterruptedException {
    Configuration known = known();
    SearchResult result =
        search(new Randomised(1))
            .first(known)
            .run((c, fold, b, s) -> c.equals(known) ? fold : 1 + fold + fold * fold);

    assertThat(result.space()).isEqualTo(SpaceTest.MIXED);
    assertThat(result.first()).isEqualTo(result.trials().subList(0, 1));
    assertThat(search(new Randomised(1)).run(SearchTest::score).first()).isEmpty();
    // 1, 2 and 5: their mean is 8/3, the squares about it are 26/3, over 3 · 2.
    Trial.Difference difference = result.best().over(result.first().get(0));
    assertThat(difference.mean()).isCloseTo(8 / 3.0, within(1e-15));
    assertThat(difference.standardError()).isCloseTo(Math.sqrt(26 / 18.0), within(1e-15));
  }

  @Test
  void a_trial_that_failed_on_a_fold_is_not_compared_by_the_others() {
    Configuration known = known();
    Trial whole = new Trial(0, known, 9, List.of(0.7, 0.9), Trial.State.COMPLETE, null);
    Trial second = new Trial(7, known, 9, List.of(0.9), Trial.State.FAILED, "fold 1: no room");
    String message =
        "Expected a trial that did not fail, to be compared fold by fold, got number 7:"
            + " fold 1: no room";
    assertThatIllegalArgumentException().isThrownBy(() -> second.over(whole)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> whole.over(second)).withMessage(message);
  }

  @Test
  void a_gaussian_process_that_first_draws_what_is_known_goes_on_to_others()
      throws InterruptedException {
    Space space = Space.of(Dimension.choice("cell", "gru", "lstm"));
    Configuration known = space.configuration(Map.of("cell", "gru"));
    for (long seed = 0; seed < 10; seed++) {
      SearchResult result =
          Search.over(space).method(Bayesian.of(1)).seed(seed).first(known).run((c, f, b, s) -> 1);
      assertThat(result.trials())
          .as("seed %d", seed)
          .extracting(trial -> trial.configuration().text("cell"))
          .containsExactly("gru", "lstm");
    }
  }

  @Test
  void a_trial_that_is_first_and_fails_does_not_end_the_search() throws InterruptedException {
    Configuration known = known();

    SearchResult result =
        search(Bayesian.of(5))
            .first(known)
            .run(
                (configuration, fold, budget, seed) -> {
                  if (configuration.equals(known)) {
                    throw new IllegalStateException("Expected another, got this");
                  }
                  return configuration.real("rate");
                });

    assertThat(result.trials()).hasSize(6);
    assertThat(result.trials().get(0).failed()).isTrue();
    assertThat(result.best().failed()).isFalse();
  }

  @Test
  void a_first_configuration_that_is_not_of_the_space_or_stands_twice_is_refused() {
    Configuration known = known();
    Search search = search(new Randomised(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search.first(known, known))
        .withMessage("Expected each configuration once, got " + known + " twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search.first(new Configuration(Map.of("rate", 0.01))))
        .withMessageStartingWith("Expected a value for parameter");
  }

  @Test
  void another_seed_gives_other_trials() throws InterruptedException {
    assertThat(search(new Randomised(5)).run(SearchTest::score).trials())
        .isNotEqualTo(search(new Randomised(5)).seed(6).run(SearchTest::score).trials());
  }

  @Test
  void every_configuration_has_the_same_seed_on_a_fold_and_other_folds_have_others()
      throws InterruptedException {
    Map<Integer, Long> seeds = new ConcurrentHashMap<>();
    search(new Randomised(6))
        .run(
            (configuration, fold, budget, seed) -> {
              Long before = seeds.putIfAbsent(fold, seed);
              assertThat(before == null || before == seed).isTrue();
              return 0;
            });
    assertThat(seeds).containsOnlyKeys(0, 1, 2);
    assertThat(seeds.values()).doesNotHaveDuplicates();
  }

  @Test
  void a_trial_that_fails_is_recorded_with_its_error_and_the_search_goes_on()
      throws InterruptedException {
    SearchResult result =
        search(new Randomised(8))
            .run(
                (configuration, fold, budget, seed) -> {
                  if (configuration.real("dropout") > 0.3 && fold == 1) {
                    throw new IOException("no room on the device");
                  }
                  return configuration.real("dropout") > 0.2 ? Double.NaN : fold;
                });

    for (Trial trial : result.trials()) {
      double dropout = trial.configuration().real("dropout");
      assertThat(trial.failed()).isEqualTo(dropout > 0.2);
      assertThat(trial.error())
          .isEqualTo(dropout > 0.2 ? "fold 1: expected a finite score, got NaN" : null);
    }
    assertThat(result.trials()).anyMatch(Trial::failed).anyMatch(Trial::complete);
    assertThat(result.best().mean()).isEqualTo(1);
    assertThat(result.best().standardError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-15));
    assertThat(result.ranking().get(7).failed()).isTrue();
  }

  @Test
  void if_all_trials_fail_the_first_error_is_told() throws InterruptedException {
    SearchResult result =
        search(Bayesian.of(8))
            .run(
                (configuration, fold, budget, seed) -> {
                  throw new IllegalArgumentException("no such data");
                });

    assertThat(result.trials()).hasSize(8).allMatch(Trial::failed);
    assertThat(Json.parseObject(result.toJson())).doesNotContainKey("best");
    assertThatIllegalStateException()
        .isThrownBy(result::best)
        .withMessage(
            "Expected a trial that did not fail, got 8 that did; the first: fold 1: no such data");
  }

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
  void a_failure_is_named_by_its_class_unless_its_message_says_what_was_expected() {
    FoldTask task = new FoldTask(0, new Configuration(Map.of()), 0, 1, 1);
    assertThat(
            task.run(
                    (configuration, fold, budget, seed) -> {
                      throw new ArrayIndexOutOfBoundsException("Index 5 out of bounds");
                    })
                .error())
        .isEqualTo("java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds");
    assertThat(
            task.run(
                    (configuration, fold, budget, seed) -> {
                      throw new IllegalArgumentException("Expected 3 units, got 5");
                    })
                .error())
        .isEqualTo("Expected 3 units, got 5");
    assertThat(
            task.run(
                    (configuration, fold, budget, seed) -> {
                      throw new IllegalArgumentException();
                    })
                .error())
        .isEqualTo("java.lang.IllegalArgumentException");
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
  void a_race_stops_only_trials_that_are_behind_and_saves_folds() throws InterruptedException {
    Space space = Space.of(Dimension.integer("rank", 1, 12));
    Objective objective =
        (configuration, fold, budget, seed) ->
            -configuration.whole("rank")
                + 0.5 * new RandomStream(seed).derive(configuration.toJson()).nextGaussian();
    AtomicInteger folds = new AtomicInteger();
    Search race = Search.over(space).method(new Grid(12)).folds(10).race(Race.after(3));
    SearchResult raced =
        race.run(
            (configuration, fold, budget, seed) -> {
              folds.incrementAndGet();
              return objective.score(configuration, fold, budget, seed);
            });
    SearchResult whole = Search.over(space).method(new Grid(12)).folds(10).run(objective);

    assertThat(raced.best()).isEqualTo(whole.best());
    assertThat(folds.get()).isLessThan(70);
    assertThat(raced.spent()).isEqualTo(folds.get());
    for (Trial trial : raced.trials()) {
      Trial other = whole.trials().get(trial.number());
      int scored = trial.scores().size();
      assertThat(trial.scores()).isEqualTo(other.scores().subList(0, scored));
      assertThat(trial.complete()).isEqualTo(scored == 10);
      assertThat(scored).isGreaterThanOrEqualTo(3);
    }
    assertThat(raced.trials())
        .filteredOn(t -> t.state() == Trial.State.STOPPED)
        .hasSizeGreaterThan(6);
    assertThat(race.threads(1).run(objective).toJson())
        .isEqualTo(race.threads(5).run(objective).toJson());
  }

  @Test
  void a_race_stops_a_trial_when_the_difference_is_more_than_its_errors() {
    List<Double> leader = List.of(3.0, 5.0, 4.0);
    // Differences 1, 2, 3: mean 2, standard error 1/√3.
    List<Double> behind = List.of(2.0, 3.0, 1.0);
    double errors = 2 / (1 / Math.sqrt(3));

    assertThat(new Race(3, errors - 1e-9).hopeless(behind, leader)).isTrue();
    assertThat(new Race(3, errors + 1e-9).hopeless(behind, leader)).isFalse();
    assertThat(new Race(3, 0).hopeless(leader, leader)).isFalse();
    assertThat(new Race(3, 0).hopeless(leader, behind)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Race.after(1))
        .withMessageEndingWith("got 1 and 3.0");
  }

  @Test
  void the_result_shows_what_was_spent_and_what_each_parameter_gave() throws InterruptedException {
    SearchResult result =
        search(Halving.of(9, 1)).run((c, fold, budget, seed) -> c.real("dropout"));

    assertThat(result.spent()).isEqualTo(3 * (9 + 3 * 3 + 9));
    List<SearchResult.Progress> progress = result.progress();
    assertThat(progress).hasSize(13);
    assertThat(progress.get(0))
        .isEqualTo(new SearchResult.Progress(0, 3, result.trials().get(0).mean()));
    assertThat(progress.get(12))
        .isEqualTo(new SearchResult.Progress(12, result.spent(), result.best().mean()));
    assertThat(result.points("dropout"))
        .hasSize(13)
        .allSatisfy(
            point -> assertThat(point.score()).isCloseTo((double) point.value(), within(1e-15)));
    assertThat(result.points("projected"))
        .allSatisfy(
            point ->
                assertThat(result.trials().get(point.trial()).configuration().text("cell"))
                    .isEqualTo("lstm"));
    Map<String, Object> json = Json.parseObject(result.toJson());
    assertThat(json)
        .containsKeys("space", "method", "folds", "budget", "seed", "spent", "best", "ranking");
    assertThat((List<?>) json.get("trials")).hasSize(13);
  }

  @Test
  void the_listener_is_told_of_every_fold_and_every_trial_in_order() throws InterruptedException {
    List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
    List<Integer> trials = new ArrayList<>();
    search(new Randomised(4))
        .threads(3)
        .listener(
            new SearchListener() {
              @Override
              public void foldEnded(FoldTask.Outcome outcome, Progress progress) {
                ended.add(progress.ended());
                assertThat(progress.planned()).isEqualTo(12);
                assertThat(progress.known()).isZero();
              }

              @Override
              public void trialEnded(Trial trial) {
                trials.add(trial.number());
              }
            })
        .run(SearchTest::score);

    assertThat(ended).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(trials).containsExactly(0, 1, 2, 3);
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
  void tasks_run_wherever_an_executor_sends_them() throws InterruptedException {
    List<FoldTask> sent = new ArrayList<>();
    TrialExecutor elsewhere =
        (tasks, done) -> {
          List<FoldTask> reversed = new ArrayList<>(tasks);
          Collections.reverse(reversed);
          sent.addAll(reversed);
          reversed.forEach(task -> done.accept(task.run(SearchTest::score)));
        };

    SearchResult result = search(Bayesian.of(10)).run(elsewhere);

    assertThat(result.toJson()).isEqualTo(search(Bayesian.of(10)).run(SearchTest::score).toJson());
    assertThat(sent).hasSize(30);
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

  @Test
  void settings_without_sense_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(new Randomised(1)).folds(0))
        .withMessage("Expected folds of 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(new Randomised(1)).budget(0))
        .withMessage("Expected budget of 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(new Randomised(1)).threads(0))
        .withMessage("Expected threads of 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bayesian(10, 1, 1))
        .withMessage("Expected 2 initial trials or more and batches of 1 or more, got 1 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid(0))
        .withMessage("Expected 1 value of a range or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(new Grid(100)).run(SearchTest::score))
        .withMessageStartingWith("Expected a grid of at most 100000 configurations, got more");
  }
}
