package org.rnn4j.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.Spaces;
import org.rnn4j.examples.sentiment.Program.Run;
import org.rnn4j.json.Json;
import org.rnn4j.tune.Space;

class TuneCommandTest {
  @TempDir Path folder;
  private Path data;
  private Path space;
  private Path out;

  @BeforeEach
  void files() {
    data = Program.write(folder.resolve("data.tsv"), Program.tsv(64));
    space =
        Program.write(
            folder.resolve("space.json"),
            "{\"layers\":{\"choice\":[\"4\",\"4,4\"]},"
                + "\"learning-rate\":{\"real\":[0.003,0.03],\"scale\":\"log\"}}");
    out = folder.resolve("out");
  }

  private Run tune(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("tune", "--data", data, "--space", space, "--preset", "twitter-gru"));
    Map<String, Object> unless = new LinkedHashMap<>();
    unless.put("--embedding", 4);
    unless.put("--epochs", 2);
    unless.put("--folds", 2);
    unless.put("--out", out);
    arguments.addAll(List.of(more));
    unless.forEach(
        (option, value) -> {
          if (!arguments.contains(option)) {
            arguments.addAll(List.of(option, value));
          }
        });
    return Program.run(arguments.toArray());
  }

  @Test
  void it_ranks_configurations_and_leaves_the_winner() throws Exception {
    Run run = tune("--method", "random", "--trials", 3, "--threads", 2);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.lines().get(0)).matches("rank +trial +score +layers +learning-rate");
    assertThat(run.lines().get(2)).matches(" +1 +[012] +[0-9.]+ ± [0-9.]+ % +4(,4)? +0\\.0[0-9]+");
    assertThat(run.messages())
        .contains(
            "Note: layers 128,32,32 of the design as it is lies outside the space, so that the"
                + " search does not begin with that design")
        .contains("Fold 6 of at most 6: trial ")
        .contains("Trial 2: ");
    assertThat(Files.readAllLines(out.resolve("journal.jsonl"))).hasSize(7);
    assertThat(Files.readString(out.resolve("search.json"))).startsWith("{\"subject\":");
    for (String picture : List.of("search-settings", "search-parallel", "search-progress")) {
      assertThat(Files.readString(out.resolve(picture + ".svg"))).contains("accuracy");
      assertThat(ImageIO.read(out.resolve(picture + ".png").toFile()).getWidth()).isPositive();
    }
    Run predicted =
        Program.run("predict", "--model", out.resolve("model.safetensors"), "not bad at all");
    assertThat(predicted.code()).as(predicted.messages()).isZero();
    Run again =
        Program.run(
            "train",
            "--data",
            data,
            "--design",
            out.resolve("design.json"),
            "--validation",
            0,
            "--out",
            folder.resolve("again"));
    assertThat(again.code()).as(again.messages()).isZero();
    assertThat(folder.resolve("again")).hasSameBinaryContentAs(out.resolve("model.safetensors"));
  }

  @Test
  void trainings_of_few_steps_are_noted_once_for_the_design_as_it_is() {
    Run few = tune("--method", "random", "--trials", 1, "--batch-size", 16);
    Run enough =
        tune("--trials", 1, "--epochs", 7, "--batch-size", 1, "--out", folder.resolve("enough"));

    assertThat(few.code()).as(few.messages()).isZero();
    assertThat(few.messages().lines().filter(line -> line.startsWith("Note: a training")))
        .containsExactly(
            "Note: a training of 4 steps in all learns little; a smaller --batch-size or more"
                + " --epochs give it more");
    assertThat(enough.code()).as(enough.messages()).isZero();
    assertThat(enough.messages()).doesNotContain("learns little");
  }

  @Test
  void table_messages_and_pictures_name_a_trial_as_the_files_do() throws Exception {
    Run run = tune("--method", "random", "--trials", 3);

    assertThat(run.code()).as(run.messages()).isZero();
    Map<String, Object> search = Json.parseObject(Files.readString(out.resolve("search.json")));
    Map<?, ?> best = (Map<?, ?>) search.get("best");
    Object number = best.get("trial");
    assertThat(run.lines().get(2).strip().split(" +")[1]).isEqualTo(number.toString());
    assertThat(out.resolve("search-settings.svg")).content().contains("number " + number + " ");
    for (Object value : (List<?>) search.get("trials")) {
      Map<?, ?> trial = (Map<?, ?>) value;
      String configuration = Json.write(trial.get("configuration"));
      assertThat(run.messages())
          .containsPattern(
              "Trial " + trial.get("trial") + ": [^\n]*" + Pattern.quote(configuration));
    }
  }

  @Test
  void what_is_in_the_journal_is_not_trained_again_and_the_result_is_the_same() throws Exception {
    Path journal = folder.resolve("journal");
    Run first = tune("--trials", 5, "--journal", journal, "--json", "--threads", 1);
    assertThat(first.code()).as(first.messages()).isZero();
    byte[] search = Files.readAllBytes(out.resolve("search.json"));
    List<String> lines = Files.readAllLines(journal);
    Files.writeString(journal, String.join("\n", lines.subList(0, 6)) + "\n{\"trial\":2,\"fo");

    Run second = tune("--trials", 5, "--journal", journal, "--json", "--threads", 2, "--force");

    assertThat(second.out()).isEqualTo(first.out());
    assertThat(out.resolve("search.json")).hasBinaryContent(search);
    assertThat(Files.readAllLines(journal)).isEqualTo(lines);
    assertThat(second.messages()).doesNotContain("Fold 5 of").contains("Fold 6 of at most 10");
  }

  @Test
  void the_folder_of_the_same_search_is_gone_on_with_and_that_of_another_is_refused()
      throws Exception {
    Run first = tune("--method", "random", "--trials", 1, "--json");
    assertThat(first.code()).as(first.messages()).isZero();
    Files.delete(out.resolve("model.safetensors"));
    byte[] search = Files.readAllBytes(out.resolve("search.json"));

    Run again = tune("--method", "random", "--trials", 1, "--json");

    assertThat(again.code()).as(again.messages()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(again.messages()).doesNotContain("Fold ");
    assertThat(out.resolve("model.safetensors")).exists();
    Run other = tune("--method", "random", "--trials", 2);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.error()).contains("belongs to another search: expected method");
    assertThat(out.resolve("search.json")).hasBinaryContent(search);
    Program.write(out.resolve("notes"), "mine");
    Run mixed = tune("--method", "random", "--trials", 1);
    assertThat(mixed.code()).isEqualTo(1);
    assertThat(mixed.error()).contains("found notes in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"halving", "hyperband"})
  void epochs_are_given_out_little_by_little(String method) {
    List<Object> options = new ArrayList<>(List.of("--method", method, "--epochs", 3, "--json"));
    if (method.equals("halving")) {
      options.addAll(List.of("--trials", 3));
    }

    Run run = tune(options.toArray());

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages())
        .contains(
            method.equals("halving")
                ? "Epochs of halving: 3 trials with 1, then 1 trial with 3\n"
                : "Epochs of hyperband: 3 trials with 1, then 1 trial with 3, then 2 trials with"
                    + " 3\n");
    List<Object> budgets = new ArrayList<>();
    ((List<?>) run.json().get("trials"))
        .forEach(trial -> budgets.add(((Map<?, ?>) trial).get("budget")));
    assertThat(budgets).contains(1L, 3L);
    assertThat(((Map<?, ?>) run.json().get("best")).get("budget")).isEqualTo(3L);
    options.remove("--json");
    Run table = tune(options.toArray());
    assertThat(table.lines().get(0)).matches("rank +trial +score +epochs +layers +learning-rate");
    assertThat(table.lines().get(2)).matches(" +1 +[0-9]+ +[0-9.]+ ± [0-9.]+ % +3 +4.*");
  }

  @Test
  void a_nested_search_tells_the_score_of_the_search_itself() throws Exception {
    Object[] nested = {"--method", "grid", "--points", 1, "--trials", 2, "--nested"};
    Run run = tune(nested);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages()).contains("Outer fold 2 of 2");
    Map<String, Object> search = Json.parseObject(Files.readString(out.resolve("search.json")));
    List<Double> scores = new ArrayList<>();
    for (Object value : (List<?>) search.get("nested")) {
      Map<?, ?> fold = (Map<?, ?>) value;
      scores.add((Double) fold.get("score"));
      assertThat(fold.get("fold")).isEqualTo((Object) (long) scores.size());
      List<Object> found = new ArrayList<>();
      for (String line : Files.readAllLines(out.resolve("journal.jsonl.outer-" + scores.size()))) {
        Map<String, Object> journal = Json.parseObject(line);
        found.add(journal.get("configuration"));
      }
      assertThat(found).contains(fold.get("configuration"));
    }
    assertThat(scores).hasSize(2);
    assertThat(run.out())
        .contains(
            "Winners of outer folds on what these hold out: "
                + Tables.percent((scores.get(0) + scores.get(1)) / 2));
    List<Object> again = new ArrayList<>(List.of(nested));
    again.add("--json");
    Map<String, Object> printed = tune(again.toArray()).json();
    printed.remove("model");
    assertThat(printed).isEqualTo(search);
  }

  @Test
  void a_parameter_may_depend_on_the_kind_of_what_it_belongs_to() {
    String json =
        """
        {"optimizer": {"choice": ["adam", "sgd", "rmsprop"]},
         "optimizer.momentum": {"choice": [0.5, 0.9], "when": {"optimizer": ["sgd", "rmsprop"]}}}
        """;
    Spaces.check(Space.fromJson(json), Preset.TWITTER_GRU.design());
    String alsoOfAdam = json.replace("\"rmsprop\"]}}", "\"adam\"]}}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spaces.check(Space.fromJson(alsoOfAdam), Preset.TWITTER_GRU.design()))
        .withMessageStartingWith("optimizer.momentum: expected a parameter of [lr, beta1,");
  }

  @Test
  void spaces_with_names_suit_the_presets() {
    assertThat(Spaces.names()).contains("twitter", "small");
    for (String name : Spaces.names()) {
      Spaces.check(Spaces.named(name), Preset.TWITTER_GRU.design());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|Expected a space of at least one parameter, got none",
        "{'layers':{'choice':['4']},'colour':{'choice':[1]}}|colour: expected a setting of",
        "{'dropout':{'real':[0,2]}}|dropout: ",
        "{'dropout':{'real':[0.5,0.1]}}|Expected a range from a finite number to a greater one",
        "{'layers':{'choice':['4']},'dropout':{'real':[0,0.5],'when':{'layers':['8']}}}|Parameter"
            + " dropout would never exist",
        "{'seed':{'choice':[1,2]}}|seed: expected no parameter",
        "no JSON|Not valid JSON",
      })
  void a_space_that_is_empty_contradicts_itself_or_names_no_setting_is_refused(
      String json, String message) {
    Program.write(space, json.replace('\'', '"'));

    Run run = tune();

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .startsWith("Error: " + space + ": expected a space of settings as JSON, got ")
        .contains(message);
    assertThat(out).doesNotExist();
  }

  @Test
  void more_folds_than_texts_of_the_smallest_class_are_refused() {
    Program.write(data, "1\tgood\n1\tfine\n1\tgreat\n0\tbad\n0\tpoor\n");

    Run run = tune("--folds", 3);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .isEqualTo(
            "Error: "
                + data
                + ": expected at least 3 texts of each class, one for each of 3 folds, got 2 of"
                + " class \"0\"");
    assertThat(out).doesNotExist();
  }

  @Test
  void a_folder_with_something_in_it_and_a_journal_of_another_search_are_refused()
      throws Exception {
    Files.createDirectories(out);
    Program.write(out.resolve("notes"), "mine");
    assertThat(tune().error()).contains("--force");

    Path journal = folder.resolve("journal");
    Run first = tune("--force", "--method", "random", "--trials", 1, "--journal", journal);
    assertThat(first.code()).as(first.messages()).isZero();
    Run second = tune("--force", "--method", "random", "--trials", 2, "--journal", journal);
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.error())
        .startsWith(
            "Error: The journal " + journal + " belongs to another search: expected method");
    assertThat(out.resolve("notes")).hasContent("mine");
  }

  @Test
  void if_every_trial_fails_the_first_error_is_told_and_the_search_kept() {
    Program.write(space, "{\"head\":{\"choice\":[\"sigmoid\"]}}");
    StringBuilder three = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      three.append(i % 3).append("\tsome words here\n");
    }
    Program.write(data, three.toString());

    Run run = tune("--labels", "0,1,2", "--trials", 2);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .startsWith(
            "Error: Expected a trial that did not fail, got none; the first: fold 1: head: ");
    assertThat(out.resolve("search.json")).exists();
    assertThat(out.resolve("model.safetensors")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--trials 0|--trials: expected a number of 1 or more, got 0",
        "--folds 1|--folds: expected a number of 2 or more, got 1",
        "--race|--race: expected 4 folds or more, got 2",
        "--method grid --trials 3|--trials: expected at least the 6 of the grid, got 3",
        "--method halving --epochs 1|--epochs: expected 2 or more to be given out by halving, got"
            + " 1",
        "--method guess|Expected a method of [grid, random, halving, hyperband, bayes], got guess",
        "--method hyperband --trials 20|--trials: expected none with hyperband, which has its own"
            + " number, got 20",
        "--early-stopping 2|early-stopping",
      })
  void options_that_make_no_sense_are_refused(String options, String message) {
    Run run = tune((Object[]) options.split(" "));

    assertThat(run.code()).as(run.messages()).isEqualTo(2);
    assertThat(run.messages()).contains(message);
    assertThat(out).doesNotExist();
  }
}
