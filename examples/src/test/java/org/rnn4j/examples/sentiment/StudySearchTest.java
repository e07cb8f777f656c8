package org.rnn4j.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.DesignSearch;
import org.rnn4j.examples.design.Spaces;
import org.rnn4j.examples.design.TuneMethod;
import org.rnn4j.examples.sentiment.Program.Run;
import org.rnn4j.examples.study.Study;
import org.rnn4j.examples.study.StudySearch;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tune.Grid;
import org.rnn4j.tune.Randomised;
import org.rnn4j.tune.SearchMethod;

class StudySearchTest {
  private static final List<String> FILES =
      List.of("history.csv", "journal-1.jsonl", "metrics.json", "model.safetensors", "search.json");

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void texts() {
    data = Program.write(folder.resolve("data.tsv"), Program.tsv(96));
  }

  private Run search(String out, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("study", "movie-reviews", "--search"));
    arguments.addAll(List.of("--data", data, "--out", folder.resolve(out)));
    for (String unless : List.of("--trials", "--folds")) {
      if (!List.of(more).contains(unless)) {
        arguments.addAll(List.of(unless, 2));
      }
    }
    arguments.addAll(List.of(more));
    return Program.run(arguments.toArray());
  }

  @Test
  void the_winner_is_trained_and_tested_beside_the_designs_with_the_same_bytes_on_any_threads()
      throws Exception {
    Run run = search("first", "--threads", 1, "--json");
    Run again = search("second", "--threads", 2);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(again.code()).as(again.messages()).isZero();
    for (String file : FILES) {
      assertThat(folder.resolve("second").resolve(file))
          .as(file)
          .hasSameBinaryContentAs(folder.resolve("first").resolve(file));
    }
    Map<String, Object> found =
        Json.parseObject(Files.readString(folder.resolve("first/search.json")));
    Map<?, ?> stage = (Map<?, ?>) ((List<?>) found.get("searches")).get(0);
    List<?> trials = (List<?>) stage.get("trials");
    assertThat(trials).hasSize(2);
    assertThat((List<?>) ((Map<?, ?>) trials.get(0)).get("scores")).hasSize(2);
    // The folds part the 77 training texts: what is validated and tested on is not among them.
    assertThat(stage.get("subject").toString()).startsWith("77 texts ").contains("2 stratified");
    Object number = ((Map<?, ?>) stage.get("best")).get("trial");
    Map<?, ?> best = (Map<?, ?>) ((Map<?, ?>) stage.get("best")).get("configuration");
    Map<?, ?> design = (Map<?, ?>) found.get("design");
    assertThat(design.get("embedding")).isEqualTo(best.get("embedding"));
    assertThat(design.get("early-stopping")).isEqualTo((Object) "none");
    Map<String, Object> metrics = run.json();
    assertThat(metrics).containsEntry("chosen", "the winner");
    Map<?, ?> first = (Map<?, ?>) ((List<?>) metrics.get("classifiers")).get(0);
    assertThat(first.get("name")).isEqualTo("the winner");
    assertThat(first.get("design")).isEqualTo(design);
    assertThat(folder.resolve("first/report.html"))
        .content()
        .contains(">Search: settings of an LSTM</h2>")
        .contains("Each setting against accuracy")
        .contains("The best trials")
        .contains("The best, number " + number + ", is right in ")
        .contains("only the winner right");
  }

  @Test
  void a_search_that_was_killed_goes_on_without_training_a_fold_again() throws Exception {
    Run whole = search("whole");
    assertThat(whole.code()).as(whole.messages()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("whole/journal-1.jsonl"));
    assertThat(lines).hasSize(5);
    Path journal =
        Program.write(
            folder.resolve("killed/journal-1.jsonl"),
            String.join("\n", lines.subList(0, 4)) + "\n{\"trial\":1,\"fo");

    Run run = search("killed");

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages()).doesNotContain("Fold 3 of").contains("Fold 4 of at most 4");
    assertThat(Files.readAllLines(journal)).isEqualTo(lines);
    for (String file : FILES) {
      assertThat(folder.resolve("killed").resolve(file))
          .as(file)
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    assertThat(search("killed").error()).contains("found history.csv in it; --force");
  }

  @Test
  void the_journal_of_another_search_is_refused_and_kept() throws Exception {
    Path journal =
        Program.write(
            folder.resolve("out/journal-1.jsonl"),
            "{\"rnn4j.search\":1,\"subject\":\"another\",\"space\":{},\"method\":{},\"folds\":2,"
                + "\"budget\":1,\"seed\":1}\n");
    byte[] before = Program.read(journal);

    Run run = search("out");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error()).contains(journal + " belongs to another search: expected subject");
    assertThat(journal).hasBinaryContent(before);
    assertThat(folder.resolve("out/model.safetensors")).doesNotExist();
  }

  @Test
  void more_folds_than_training_texts_of_the_smallest_class_are_refused() {
    Run run = search("out", "--folds", 50);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .startsWith("Error: " + data + ": expected at least 50 texts of each class");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void folds_hold_whole_groups_where_there_are_groups() {
    StringBuilder films = new StringBuilder();
    for (int i = 0; i < 96; i++) {
      films.append(i % 8).append('\n');
    }
    Path groups = Program.write(folder.resolve("films.tsv"), films.toString());

    Run run = search("out", "--folds", 9, "--groups", groups, "--group-column", 0);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error()).startsWith("Error: " + groups + ": expected at least 9 groups");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--search --trials 0|--trials: expected a number of 1 or more, got 0",
        "--search --folds 1|--folds: expected a number of 2 or more, got 1",
        "--trials 3|--trials: expected --search with it, got none",
        "--folds 3|--folds: expected --search with it, got none",
        "--race|--race: expected --search with it, got none",
        "--search --race|--race: expected 4 folds or more, got 2",
        "--search --race --folds 3|--race: expected 4 folds or more, got 3",
      })
  void options_that_make_no_sense_are_refused(String options, String message) {
    List<Object> arguments = new ArrayList<>(List.of("study", "imdb", "--out"));
    arguments.add(folder.resolve("out"));
    arguments.addAll(List.of(options.split(" ")));

    Run run = Program.run(arguments.toArray());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error()).isEqualTo("Error: " + message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Study.class)
  void every_configuration_of_every_study_is_a_design_that_can_be_trained(Study study) {
    for (boolean demo : new boolean[] {true, false}) {
      StudySearch search = StudySearch.of(study, demo, 1);
      assertThat(search.stages()).isNotEmpty();
      for (StudySearch.Stage stage : search.stages()) {
        SearchMethod method = stage.method() == TuneMethod.GRID ? new Grid(3) : new Randomised(50);
        method.start(stage.space(), 1, new RandomStream(1)).ask().stream()
            .map(proposal -> Spaces.design(search.start(), proposal.configuration()))
            .forEach((Design design) -> design.check(2, false));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Study.class)
  void a_search_on_data_that_chooses_freely_begins_with_the_design_as_it_is(Study study) {
    StudySearch search = StudySearch.of(study, false, 1);
    StudySearch.Stage stage = search.stages().get(0);
    DesignSearch searched = new DesignSearch(search.start(), stage.space(), stage.method(), 20, 3);
    if (stage.method() == TuneMethod.GRID) {
      assertThat(searched.first()).isEmpty();
      return;
    }
    Design first = Spaces.design(Design.standard(), searched.first().orElseThrow());
    for (String name : stage.space().names()) {
      assertThat(first.text(name)).as(name).isEqualTo(search.start().text(name));
    }
  }

  @Test
  void attention_comes_after_a_grid_and_a_randomised_search() {
    assertThat(StudySearch.of(Study.TWITTER_ATTENTION, false, 1).stages())
        .extracting(stage -> stage.method() + ": " + stage.name())
        .containsExactly(
            "grid: cell, directions, depth and size",
            "random: dropout, clipping and training",
            "grid: self-attention");
  }
}
