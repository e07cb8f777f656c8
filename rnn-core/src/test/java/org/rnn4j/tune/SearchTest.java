package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
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
import java.util.concurrent.ConcurrentHashMap;
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

  static Search search(SearchMethod method) {
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
