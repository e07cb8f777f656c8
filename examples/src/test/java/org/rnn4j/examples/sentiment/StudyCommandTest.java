package org.rnn4j.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.study.Study;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.TextClassifier;

class StudyCommandTest {
  private static final List<String> FILES =
      List.of("history.csv", "metrics.json", "model.safetensors", "report.html");

  @TempDir Path folder;

  @Test
  void a_study_leaves_a_report_and_its_files_the_same_ones_each_time() throws Exception {
    Path data = Program.write(folder.resolve("data.tsv"), Program.tsv(240));

    Program.Run run = study("first", data, "--json", "--threads", 2);
    Program.Run again = study("second", data, "--threads", 1);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(again.code()).as(again.messages()).isZero();
    for (String file : FILES) {
      String first = bytes("first", file);
      // The report tells the command, which is not the same.
      String expected =
          file.equals("report.html")
              ? first.replace("/first --json --threads 2", "/second --threads 1")
              : first;
      assertThat(bytes("second", file)).as(file).isEqualTo(expected);
    }
    assertThat(folder.resolve("first/metrics.json")).content().isEqualTo(run.out());
    assertThat(folder.resolve("first/history.csv"))
        .content()
        .startsWith(
            "design,epoch,best,trainingLoss,trainingAccuracy,validationLoss,validationAccuracy\n"
                + "movie-lstm,1,false,")
        .hasLineCount(3);
    assertThat(again.out()).contains("movie-lstm (chosen)").contains("NB-SVM");
  }

  @Test
  void metrics_and_report_say_how_the_chosen_network_and_the_baselines_judge() throws Exception {
    Path data = Program.write(folder.resolve("data.tsv"), Program.tsv(240));
    Path test = Program.write(folder.resolve("test.tsv"), Program.tsv(160));

    Program.Run run = study("report", data, "--test", test, "--json");

    assertThat(run.code()).as(run.messages()).isZero();
    Map<String, Object> metrics = run.json();
    assertThat(metrics)
        .containsEntry("chosen", "movie-lstm")
        .containsEntry("study", "movie-reviews");
    assertThat(Json.write(metrics.get("texts")))
        .isEqualTo("{\"training\":216,\"validation\":24,\"test\":160}");
    List<?> classifiers = (List<?>) metrics.get("classifiers");
    assertThat(classifiers.stream().<Object>map(values -> ((Map<?, ?>) values).get("name")))
        .containsExactly("movie-lstm", "majority class", "logistic regression", "NB-SVM");
    Map<?, ?> majority = (Map<?, ?>) classifiers.get(1);
    assertThat(((Map<?, ?>) majority.get("accuracy")).get("value")).isEqualTo((Object) 0.5);
    Map<?, ?> chosen = (Map<?, ?>) classifiers.get(0);
    double right = number(((Map<?, ?>) chosen.get("accuracy")).get("value"));
    // The share by which one is more accurate is that of the texts that only one has right.
    double difference = number(((Map<?, ?>) majority.get("difference")).get("value"));
    assertThat(difference).isCloseTo(right - 0.5, within(1e-12));
    assertThat((number(majority.get("onlyFirst")) - number(majority.get("onlyThis"))) / 160)
        .isCloseTo(difference, within(1e-12));
    assertThat(number(majority.get("pValue"))).isBetween(0.0, 1.0);
    assertThat(chosen.containsKey("pValue")).isFalse();
    TextClassifier saved = TextClassifier.load(folder.resolve("report/model.safetensors"));
    assertThat(saved.labels()).containsExactly("0", "1");
    String html = Files.readString(folder.resolve("report/report.html"));
    for (String heading :
        List.of(
            "Setting",
            "Data",
            "Learning curves",
            "Measures",
            "Beside others",
            "Confusion matrix",
            "Judgements at every threshold",
            "Examples",
            "How to reproduce")) {
      assertThat(html).contains(">" + heading + "</h2>");
    }
    assertThat(html)
        .contains("area under ROC curve")
        .contains("movie-lstm is right in")
        .contains("McNemar");
  }

  private static double number(@Nullable Object value) {
    return ((Number) Objects.requireNonNull(value)).doubleValue();
  }

  @Test
  void a_folder_that_holds_something_is_refused_before_any_training() throws Exception {
    Path data = Program.write(folder.resolve("data.tsv"), Program.tsv(160));
    Path mine = Program.write(folder.resolve("report/report.html"), "mine");

    Program.Run run = study("report", data);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .contains("expected a folder that is new or empty, found report.html in it; --force");
    assertThat(run.messages()).doesNotContain("Training");
    assertThat(mine).content().isEqualTo("mine");
  }

  @Test
  void a_forced_report_leaves_no_search_of_the_one_that_it_replaces() throws Exception {
    Path data = Program.write(folder.resolve("data.tsv"), Program.tsv(96));
    Program.write(folder.resolve("report/search.json"), "{}");
    Program.write(folder.resolve("report/notes"), "mine");

    Program.Run run = study("report", data, "--force");

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(folder.resolve("report/search.json")).doesNotExist();
    assertThat(folder.resolve("report/notes")).hasContent("mine");
  }

  @Test
  void a_study_that_ended_after_its_trainings_goes_on_without_training_again() throws Exception {
    Path data = Program.write(folder.resolve("data.tsv"), Program.tsv(96));
    assertThat(study("whole", data).code()).isZero();
    // A folder where a file is to be written: the report cannot be.
    Path inTheWay = Files.createDirectories(folder.resolve("report/metrics.json"));
    assertThat(study("report", data, "--force").code()).isEqualTo(1);
    assertThat(folder.resolve("report").toFile().list())
        .containsExactlyInAnyOrder("trainings", "metrics.json", "model.safetensors", "history.csv");
    Files.delete(inTheWay);

    Program.Run run = study("report", data);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages())
        .containsPattern("Going on from .*movie-lstm.checkpoint, epoch 2 of at most 2\n")
        .doesNotContain("Epoch");
    assertThat(folder.resolve("report").toFile().list()).containsExactlyInAnyOrderElementsOf(FILES);
    for (String file : FILES) {
      assertThat(bytes("report", file).replace("/report", "/whole"))
          .as(file)
          .isEqualTo(bytes("whole", file));
    }
  }

  @Test
  void what_another_study_has_kept_is_refused_before_any_training_and_stays() throws Exception {
    Path data = Program.write(folder.resolve("data.tsv"), Program.tsv(96));
    Path others = Program.write(folder.resolve("others.tsv"), Program.tsv(64));
    Path inTheWay = Files.createDirectories(folder.resolve("report/metrics.json"));
    assertThat(study("report", data, "--force").code()).isEqualTo(1);
    Files.delete(inTheWay);
    Path kept = folder.resolve("report/trainings");

    Program.Run otherTexts = study("report", others, "--force");
    Program.Run otherSeed = study("report", data, "--seed", 2);
    Program.Run otherStudy =
        Program.run("study", "imdb", "--data", data, "--out", folder.resolve("report"));

    for (Program.Run refused : List.of(otherTexts, otherSeed, otherStudy)) {
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.messages()).doesNotContain("Training");
      assertThat(refused.error())
          .startsWith("Error: " + kept.resolve("study.json") + ": is of another study: ")
          .endsWith("take another folder for the report, or delete " + kept + " to start anew");
    }
    assertThat(otherTexts.error()).contains("study: texts: expected \"");
    assertThat(otherSeed.error()).contains("study: movie-lstm, seed: expected 2, got 1;");
    assertThat(otherStudy.error())
        .contains("study: study: expected \"imdb\", got \"movie-reviews\"");
    assertThat(kept.toFile().list())
        .containsExactlyInAnyOrder(
            "study.json", "movie-lstm.checkpoint", ".movie-lstm.checkpoint.lock");
    Files.delete(kept.resolve("study.json"));
    assertThat(study("report", others, "--force").error())
        .contains("movie-lstm.checkpoint is of another training; ");
  }

  @Test
  void options_that_do_not_go_together_are_refused() {
    assertThat(Program.run("study", "imdb", "--test", "x.tsv", "--out", folder).error())
        .isEqualTo("Error: --test: expected --data with it, got none");
    Program.Run unknown = Program.run("study", "imbd", "--out", folder);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.error())
        .contains(
            "Expected a study of [twitter-gru, twitter-lstm, imdb, twitter-attention,"
                + " movie-reviews], got imbd");
    assertThat(Program.run("study", "imdb", "--out", folder.resolve("a/b")).error())
        .contains("to stand in, found none");
  }

  @Test
  void every_design_of_every_study_goes_with_two_labels() {
    for (Study study : Study.values()) {
      for (boolean demo : new boolean[] {true, false}) {
        Map<String, Design> designs = study.designs(demo);
        assertThat(designs).isNotEmpty();
        designs.values().forEach(design -> design.check(2, true));
      }
    }
  }

  /** A char for each byte of a file. */
  private String bytes(String out, String file) throws IOException {
    return Files.readString(folder.resolve(out).resolve(file), StandardCharsets.ISO_8859_1);
  }

  private Program.Run study(String out, Path data, Object... more) {
    Object[] arguments = new Object[6 + more.length];
    System.arraycopy(
        new Object[] {"study", "movie-reviews", "--data", data, "--out", folder.resolve(out)},
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Program.run(arguments);
  }
}
