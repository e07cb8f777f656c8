package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class JournalTest {
  private static final int TRIALS = 6;
  private static final int FOLDS = 3;

  @TempDir static Path ended;
  private static String result = "";

  @TempDir Path folder;
  private Path journal;
  private final AtomicInteger scored = new AtomicInteger();

  private Search search() {
    return Search.over(SpaceTest.MIXED)
        .method(Bayesian.of(TRIALS))
        .folds(FOLDS)
        .budget(9)
        .seed(5)
        .subject("texts of a digest")
        .journal(journal);
  }

  private SearchResult run(Search search) throws InterruptedException {
    scored.set(0);
    return search.run(
        (configuration, fold, budget, seed) -> {
          scored.incrementAndGet();
          return SearchTest.score(configuration, fold, budget, seed);
        });
  }

  @BeforeAll
  static void aSearchThatHasEnded() throws Exception {
    JournalTest test = new JournalTest();
    test.journal = ended.resolve("search.jsonl");
    result = test.run(test.search()).toJson();
    assertThat(test.scored).hasValue(TRIALS * FOLDS);
  }

  @BeforeEach
  void itsJournal() throws Exception {
    journal = Files.copy(ended.resolve("search.jsonl"), folder.resolve("search.jsonl"));
  }

  private List<String> lines() throws Exception {
    return new ArrayList<>(Files.readAllLines(journal));
  }

  private void write(List<String> lines) throws Exception {
    Files.writeString(journal, String.join("\n", lines) + "\n");
  }

  @Test
  void a_journal_has_the_search_and_a_line_for_each_fold_in_order() throws Exception {
    List<String> lines = lines();
    assertThat(lines).hasSize(1 + TRIALS * FOLDS);
    assertThat(lines.get(0))
        .startsWith("{\"rnn4j.search\":1,\"subject\":\"texts of a digest\",\"space\":{\"cell\":");
    for (int i = 0; i < TRIALS * FOLDS; i++) {
      assertThat(lines.get(1 + i))
          .startsWith("{\"trial\":" + i / FOLDS + ",\"fold\":" + i % FOLDS + ",\"budget\":9,");
    }
  }

  @Test
  void a_search_that_has_ended_is_not_run_again() throws Exception {
    String before = Files.readString(journal);
    assertThat(run(search()).toJson()).isEqualTo(result);

    assertThat(scored).hasValue(0);
    assertThat(Files.readString(journal)).isEqualTo(before);
    journal = folder.resolve("another.jsonl");
    assertThat(run(search()).toJson()).isEqualTo(result);
    assertThat(Files.readString(journal)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 12, 17})
  void what_is_there_is_not_scored_again_and_the_bytes_are_the_same(int kept) throws Exception {
    String whole = Files.readString(journal);
    write(lines().subList(0, 1 + kept));
    List<Integer> known = new ArrayList<>();
    SearchListener listener =
        new SearchListener() {
          @Override
          public void foldEnded(FoldTask.Outcome outcome, Progress progress) {
            known.add(progress.known());
          }
        };

    assertThat(run(search().listener(listener)).toJson()).isEqualTo(result);

    assertThat(scored).hasValue(TRIALS * FOLDS - kept);
    assertThat(known).hasSize(TRIALS * FOLDS).endsWith(kept);
    assertThat(Files.readString(journal)).isEqualTo(whole);
  }

  @Test
  void the_order_of_lines_does_not_matter() throws Exception {
    String whole = Files.readString(journal);
    List<String> lines = lines();
    // As threads may have left it: the last trial of the first batch before the first.
    lines.add(1, lines.remove(3 * FOLDS));
    write(lines.subList(0, 4 * FOLDS));

    run(search());

    assertThat(Files.readString(journal)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 40})
  void a_last_line_without_its_end_is_dropped(int missing) throws Exception {
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - missing));

    run(search());

    assertThat(scored).hasValue(1);
    assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
  }

  @Test
  void an_empty_file_is_begun() throws Exception {
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, new byte[0]);

    run(search());

    assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 300})
  void a_first_line_that_was_cut_short_is_begun_again(int kept) throws Exception {
    byte[] whole = Files.readAllBytes(journal);
    assertThat(lines().get(0)).hasSizeGreaterThan(300);
    Files.write(journal, Arrays.copyOf(whole, kept));

    run(search());

    assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
  }

  private void assertRefused(Search search, String message) throws Exception {
    byte[] before = Files.readAllBytes(journal);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> run(search))
        .withMessage(message.replace("FILE", journal.toString()));
    assertThat(scored).hasValue(0);
    assertThat(Files.readAllBytes(journal)).isEqualTo(before);
  }

  @Test
  void the_journal_of_another_search_is_refused_and_named() throws Exception {
    String start = "The journal FILE belongs to another search: expected ";
    String end = "; take another file";
    assertRefused(search().seed(6), start + "seed 6, got 5" + end);
    assertRefused(search().folds(4), start + "folds 4, got 3" + end);
    assertRefused(search().budget(2), start + "budget 2, got 9" + end);
    assertRefused(
        search().subject("other texts"),
        start + "subject \"other texts\", got \"texts of a digest\"" + end);
    assertRefused(
        search().race(Race.after(2)),
        start + "race {\"folds\":2,\"deviations\":3.0}, got null" + end);
    assertRefused(
        search().method(new Randomised(6)),
        start
            + "method {\"name\":\"random\",\"trials\":6}, got"
            + " {\"name\":\"bayes\",\"trials\":6,\"initial\":4,\"batch\":1}"
            + end);
  }

  @Test
  void a_file_that_is_no_journal_is_refused_and_kept() throws Exception {
    for (String content : List.of("my notes", "my notes\n", "{\"a\":1}\n", "\n")) {
      Files.writeString(journal, content, StandardCharsets.UTF_8);
      assertRefused(
          search(),
          "The journal FILE is no journal of a search: its first line does not say of which");
    }
  }

  @Test
  void a_damaged_line_is_told() throws Exception {
    assertDamaged(line -> line.substring(0, 20));
    assertDamaged(line -> "");
    assertDamaged(line -> line.replace("\"budget\"", "\"bugdet\""));
    assertDamaged(line -> line.replace("\"trial\":", "\"trial\":99999999999"));
    assertDamaged(line -> line.replace("\"fold\":", "\"fold\":-1"));
    assertDamaged(line -> line.replaceAll("\"(score|error)\".*", "\"score\":null}"));
    assertDamaged(line -> line.replaceAll("\"(score|error)\".*", "\"score\":1.0,\"error\":\"x\"}"));
  }

  private void assertDamaged(UnaryOperator<String> damage) throws Exception {
    List<String> whole = lines();
    List<String> lines = lines();
    lines.set(4, damage.apply(lines.get(4)));
    write(lines);
    byte[] before = Files.readAllBytes(journal);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> run(search()))
        .withMessageStartingWith(
            "The journal " + journal + ", line 5: expected a fold that has ended, got ")
        .withMessageEndingWith("; has the file been damaged?");
    assertThat(Files.readAllBytes(journal)).isEqualTo(before);
    write(whole);
  }

  @Test
  void a_fold_that_stands_twice_or_has_another_configuration_is_told() throws Exception {
    List<String> whole = lines();
    List<String> lines = lines();
    lines.add(6, lines.get(5));
    write(lines);
    assertRefused(
        search(), "The journal FILE, line 7: expected each fold once, got trial 1, fold 1 again");

    lines = new ArrayList<>(whole);
    lines.set(2, lines.get(2).replaceAll("\"units\":[0-9]+", "\"units\":5"));
    write(lines);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> run(search()))
        .withMessageStartingWith("The journal " + journal + ", line 3: expected configuration {")
        .withMessageEndingWith("; was it made by another version, or changed by hand?");
  }

  @Test
  void a_journal_in_use_is_refused() throws Exception {
    Files.delete(journal);
    List<String> messages = new ArrayList<>();
    search()
        .threads(1)
        .run(
            (configuration, fold, budget, seed) -> {
              if (messages.isEmpty()) {
                assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> search().run(SearchTest::score))
                    .satisfies(e -> messages.add(e.getMessage()));
              }
              return 0;
            });
    assertThat(messages)
        .containsExactly(
            "The journal " + journal + " is in use by another search; let it end, or stop it");
  }

  @Test
  void a_journal_is_in_use_until_it_has_been_put_in_order_and_closed() {
    Path file = folder.resolve("order.jsonl");
    Map<String, Object> search = Map.of("subject", "x");
    Configuration none = new Configuration(Map.of());
    try (Journal first = Journal.open(file, search)) {
      for (int fold : new int[] {1, 0}) {
        first.append(new FoldTask.Outcome(new FoldTask(0, none, fold, 1, 1), 0.5, null));
      }
      first.putInOrder();

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> Journal.open(file, search))
          .withMessageContaining("is in use by another search");
    }
    try (Journal second = Journal.open(file, search)) {
      second.append(new FoldTask.Outcome(new FoldTask(1, none, 0, 1, 1), 0.5, null));
    }
    assertThat(file).content().hasLineCount(4).contains("\"trial\":1");
  }

  @Test
  void a_line_that_an_interrupted_thread_cannot_write_is_told_with_the_reason() {
    Path file = folder.resolve("interrupted.jsonl");
    Map<String, Object> search = Map.of("subject", "x");
    FoldTask task = new FoldTask(0, new Configuration(Map.of()), 0, 1, 1);
    FoldTask.Outcome outcome = new FoldTask.Outcome(task, 0.5, null);
    try (Journal interrupted = Journal.open(file, search)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> interrupted.append(outcome))
          .withMessage(
              "The journal "
                  + file
                  + " cannot be written: java.nio.channels.ClosedByInterruptException");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (Journal again = Journal.open(file, search)) {
      again.append(outcome);
    }
    assertThat(file).content().hasLineCount(2).endsWith("\"score\":0.5}\n");
  }

  @Test
  void of_searches_that_begin_at_once_on_a_new_file_one_runs() throws Exception {
    int searches = 4;
    byte[] whole = Files.readAllBytes(journal);
    ExecutorService threads = Executors.newFixedThreadPool(searches);
    try {
      for (int round = 0; round < 20; round++) {
        journal = folder.resolve(round + ".jsonl");
        CyclicBarrier start = new CyclicBarrier(searches);
        CountDownLatch refused = new CountDownLatch(searches - 1);
        Callable<Integer> search =
            () -> {
              start.await();
              try {
                search()
                    .threads(1)
                    .run(
                        (configuration, fold, budget, seed) -> {
                          assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
                          return SearchTest.score(configuration, fold, budget, seed);
                        });
                return 1;
              } catch (JournalException e) {
                assertThat(e).hasMessageContaining("is in use by another search");
                refused.countDown();
                return 0;
              }
            };
        int ran = 0;
        for (Future<Integer> one : threads.invokeAll(Collections.nCopies(searches, search))) {
          ran += one.get();
        }

        assertThat(ran).isEqualTo(1);
        assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_place_that_cannot_be_written_to_is_told_before_work_starts() {
    journal = folder.resolve("missing").resolve("search.jsonl");
    scored.set(0);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> run(search()))
        .withMessageStartingWith("The journal " + journal + " cannot be opened: ")
        .withMessageContaining("expected a folder, found none");
    assertThat(scored).hasValue(0);
  }
}
