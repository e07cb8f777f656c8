package org.rnn4j.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rnn4j.examples.sentiment.Program.run;
import static org.rnn4j.examples.sentiment.Program.write;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evaluate} and {@code crossvalidate} print. */
class EvaluateCommandTest {
  private static final String PLAIN =
      "1\ta good film\n0\ta bad film\n1\tgood acting\n0\tbad acting\n".repeat(8);

  @TempDir static Path shared;
  private static Path data;
  private static Path model;
  private static Path untrained;

  @TempDir Path folder;

  @BeforeAll
  static void trainAModelThatKnowsGoodFromBadAndOneThatDoesNot() {
    data = write(shared.resolve("plain.tsv"), PLAIN);
    model = train("good.safetensors", 40);
    untrained = train("poor.safetensors", 1);
  }

  private static Path train(String name, int epochs) {
    Path file = shared.resolve(name);
    Program.Run run =
        run(
            "train",
            "--data",
            data,
            "--preset",
            "movie-lstm",
            "--epochs",
            epochs,
            "--batch-size",
            8,
            "--validation",
            0,
            "--out",
            file);
    assertThat(run.code()).as(run.messages()).isZero();
    return file;
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  @Test
  void evaluation_prints_metrics_with_intervals_each_class_and_the_confusion() {
    Path own =
        write(folder.resolve("own.tsv"), "1\ta good film\n1\tbad\n0\tbad acting\n0\t ... !\n");

    Program.Run run = run("evaluate", "--model", model, "--data", own);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.out())
        .contains("examples  4, 1 of them without a token: judged without evidence\n")
        .containsPattern("(?m)^metric +value  95 % interval$")
        .containsPattern("(?m)^accuracy +[0-9.]+ %  [0-9.]+ to [0-9.]+ %$")
        .containsPattern("(?m)^F1 of 1 +0\\.[0-9]{4}  0\\.[0-9]{4} to [01]\\.[0-9]{4}$")
        .containsPattern("(?m)^area under ROC curve +[01]\\.[0-9]{4}  ")
        .containsPattern("(?m)^log loss +[0-9]\\.[0-9]{4}  ")
        .containsPattern("(?m)^class +precision +recall +F1 +texts +predicted$")
        .containsPattern("(?m)^macro mean ")
        .containsPattern("(?m)^texts of +taken for 0 +taken for 1$")
        .containsPattern("(?m)^1 +1 +1$")
        .doesNotContain("NaN");
  }

  @Test
  void a_label_that_no_text_has_is_told_instead_of_areas() {
    Path own = write(folder.resolve("own.tsv"), "1\ta good film\n1\tgood acting\n");

    Program.Run run = run("evaluate", "--model", model, "--data", own);
    Program.Run asJson = run("evaluate", "--model", model, "--data", own, "--json");

    assertThat(run.out())
        .contains("Areas under curves are not defined: no text is labelled 0.")
        .containsPattern("(?m)^0 +- +- +- +0 +0$")
        .doesNotContain("NaN", "ROC");
    assertThat(map(asJson.json().get("metrics")).keySet().stream().map(String::valueOf))
        .containsExactly("accuracy", "f1", "macroF1", "logLoss", "brierScore", "calibrationError");
  }

  @Test
  void two_models_and_baselines_are_compared_on_the_same_texts() {
    Program.Run run =
        run(
            "evaluate",
            "--model",
            model,
            "--data",
            data,
            "--against",
            untrained,
            "--baselines",
            data);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages())
        .contains("Note: 32 rows of " + data + " stand in " + data + " as well");
    assertThat(run.out())
        .containsPattern("(?m)^classifier +accuracy  95 % interval +only first right .*p$")
        .containsPattern("(?m)^NB-SVM +100\\.00 %  [0-9.]+ to 100\\.00 % +0 +0 +1\\.000$")
        .containsPattern("(?m)^majority +50\\.00 %  [0-9.]+ to [0-9.]+ % +16 +0 +< 0\\.001$")
        .contains(model + " does not beat NB-SVM: accuracy 100.00 % against 100.00 % of 32 texts")
        .contains(model + " beats majority: accuracy 100.00 % against 50.00 % of 32 texts")
        .doesNotContain("no better than");
  }

  @Test
  void a_model_that_names_one_class_whatever_it_reads_is_said_to_be_no_better_than_that() {
    Path oneClass =
        write(folder.resolve("bad.tsv"), "0\ta good film\n0\tgood acting\n1\ta bad film\n");

    assertThat(run("evaluate", "--model", model, "--data", oneClass).out())
        .contains("The model is no better than always saying 0: accuracy 0.00 % against 66.67 %.");
  }

  @Test
  void a_model_of_other_labels_is_refused_before_baselines_are_trained() {
    Path named = write(folder.resolve("named.tsv"), "good\ta film\nbad\ta book\n".repeat(8));
    Path other = folder.resolve("other.safetensors");
    Program.Run training =
        run("train", "--data", named, "--epochs", 1, "--validation", 0, "--out", other);
    assertThat(training.code()).as(training.messages()).isZero();

    Program.Run run =
        run("evaluate", "--model", model, "--data", data, "--against", other, "--baselines", data);

    assertThat(run.code()).isOne();
    assertThat(run.error())
        .isEqualTo(
            "Error: --against: expected a model of the labels [0, 1] as "
                + model
                + ", got [bad, good] of "
                + other);
    assertThat(run.messages()).doesNotContain("Training the baselines");
  }

  @Test
  void a_comparison_as_json_has_each_classifier_and_the_verdict() {
    Program.Run run =
        run("evaluate", "--model", model, "--data", data, "--against", model, "--json");

    assertThat(run.lines()).hasSize(1);
    Map<?, ?> comparison = map(run.json().get("comparison"));
    List<?> classifiers = (List<?>) comparison.get("classifiers");
    assertThat(classifiers).hasSize(2);
    assertThat(map(classifiers.get(0)).get("name")).isEqualTo(model.toString());
    assertThat(map(classifiers.get(1)).get("name")).isEqualTo(model + " (again)");
    assertThat(map(classifiers.get(1)).get("pValue")).isEqualTo(1.0);
    assertThat(comparison.get("verdict").toString()).contains(" does not beat ");
  }

  @Test
  void the_same_seed_draws_the_same_intervals() {
    Object[] arguments = {
      "evaluate", "--model", untrained, "--data", data, "--replicates", 20, "--json", "--seed", 3
    };
    Object metrics = run(arguments).json().get("metrics");

    assertThat(run(arguments).json().get("metrics")).isEqualTo(metrics);
    assertThat(run("evaluate", "--model", model, "--data", data, "--replicates", 0).error())
        .isEqualTo("Error: --replicates: expected a number of 1 or more, got 0");
  }

  @Test
  void a_cross_validation_compares_a_network_with_baselines_on_the_same_folds() {
    Object[] arguments = {
      "crossvalidate", "--data", data, "--folds", 2, "--preset", "movie-lstm", "--epochs", 1
    };

    Program.Run run = run(arguments);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages())
        .contains("Fold 1 of 2", "Fold 2 of 2", "Training movie-lstm on 16 texts", "So far: ");
    assertThat(run.out())
        .containsPattern("(?m)^fold +texts +movie-lstm +NB-SVM +majority +movie-lstm less NB-SVM ")
        .containsPattern("(?m)^2 +16 +[0-9.]+ % +100\\.00 % +50\\.00 % +[-+][0-9.]+ ")
        .containsPattern("(?m)^mean ")
        .containsPattern("(?m)^all texts +32 ")
        .containsPattern("(?m)^movie-lstm (beats|does not beat|is beaten by) NB-SVM: ");
  }

  @Test
  void a_cross_validation_of_groups_keeps_them_together_and_is_the_same_every_time() {
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      groups.append(i).append("\tx\tfilm").append(i / 4).append('\n');
    }
    Path file = write(folder.resolve("groups.tsv"), groups.toString());
    Object[] arguments = {
      "crossvalidate",
      "--data",
      data,
      "--groups",
      file,
      "--folds",
      4,
      "--preset",
      "movie-lstm",
      "--epochs",
      1,
      "--json"
    };

    Program.Run run = run(arguments);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.lines()).hasSize(1);
    assertThat(run.json()).containsEntry("preset", "movie-lstm").containsEntry("grouped", true);
    assertThat((List<?>) run.json().get("folds")).hasSize(4);
    assertThat(map(run.json().get("pooled")).get("examples")).isEqualTo(32L);
    assertThat(run(arguments).out()).isEqualTo(run.out());
  }

  @Test
  void a_cross_validation_that_cannot_be_is_refused_before_anything_is_trained() {
    Path few = write(folder.resolve("few.tsv"), "1\tgood\n0\tbad\n1\tfine\n0\tpoor\n");

    Program.Run run = run("crossvalidate", "--data", few, "--folds", 3);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .isEqualTo(
            "Error: "
                + few
                + ": expected at least 3 texts of each class, one for each of 3 folds, got 2 of"
                + " class \"0\"");
    assertThat(run("crossvalidate", "--data", few, "--folds", 1).error())
        .isEqualTo("Error: --folds: expected a number of 2 or more, got 1");
    assertThat(run("crossvalidate", "--data", few, "--validation", 1).code()).isEqualTo(2);
  }
}
