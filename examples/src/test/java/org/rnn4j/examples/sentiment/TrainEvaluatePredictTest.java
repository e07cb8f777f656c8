package org.rnn4j.examples.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rnn4j.examples.sentiment.Program.gzip;
import static org.rnn4j.examples.sentiment.Program.run;
import static org.rnn4j.examples.sentiment.Program.runInto;
import static org.rnn4j.examples.sentiment.Program.runWithInput;
import static org.rnn4j.examples.sentiment.Program.tsv;
import static org.rnn4j.examples.sentiment.Program.write;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.json.Json;

class TrainEvaluatePredictTest {
  private static final String PLAIN =
      "1\ta good film\n0\ta bad film\n1\tgood acting\n0\tbad acting\n".repeat(8);

  @TempDir static Path shared;
  private static Path plainData;
  private static Path plainModel;

  @TempDir Path folder;

  @BeforeAll
  static void trainAModelOfGoodAndBad() {
    plainData = write(shared.resolve("plain.tsv"), PLAIN);
    plainModel = shared.resolve("plain.safetensors");
    Program.Run run =
        run(
            "train",
            "--data",
            plainData,
            "--preset",
            "movie-lstm",
            "--epochs",
            40,
            "--batch-size",
            8,
            "--validation",
            0,
            "--out",
            plainModel);
    assertThat(run.code()).as(run.messages()).isZero();
  }

  @Test
  void results_that_cannot_be_written_end_in_an_error_and_are_asked_for_no_further() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayInputStream lines =
        new ByteArrayInputStream("a good film\n".repeat(100_000).getBytes(UTF_8));

    Program.Run predicted = runInto(full, lines, "predict", "--model", plainModel, "-");
    Program.Run evaluated =
        runInto(full, lines, "evaluate", "--model", plainModel, "--data", plainData);

    for (Program.Run run : List.of(predicted, evaluated)) {
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.error())
          .startsWith("Error: standard output: expected all results to be taken, got ");
      assertThat(run.messages()).hasLineCount(1);
    }
    assertThat(lines.available()).isGreaterThan(1_000_000);
  }

  @Test
  void memory_that_runs_out_ends_in_a_line_that_says_how_to_give_more() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("Java heap space");
          }
        };

    Program.Run run =
        runInto(OutputStream.nullOutputStream(), endless, "predict", "--model", plainModel, "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.messages())
        .isEqualToIgnoringNewLines(
            "Error: out of memory; JDK_JAVA_OPTIONS=-Xmx… gives the program more");
  }

  @Test
  void training_prints_layers_and_epochs_and_writes_the_model() {
    Path model = folder.resolve("model.safetensors");
    Path test = write(folder.resolve("test.tsv"), "1\ta good day\n0\ta bad day\n");

    Program.Run run =
        run(
            "train",
            "--data",
            plainData,
            "--test",
            test,
            "--preset",
            "twitter-lstm",
            "--epochs",
            2,
            "--validation",
            0.25,
            "--threads",
            1,
            "--out",
            model);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^layer +output shape +parameters$")
        .containsPattern("(?m)^embedding +\\[tokens, 96\\] +[0-9,]+$")
        .containsPattern("(?m)^lstm_3 +\\[tokens, 48\\] +18,624$")
        .containsPattern("(?m)^dense +\\[batch, 2\\] +98$")
        .containsPattern("(?m)^total +[0-9,]+$")
        .containsPattern(
            "(?m)^ +2 +0\\.[0-9]{4} +[0-9.]+ % +0\\.[0-9]{4} +[0-9.]+ % +[0-9.]+ +[0-9,]+$")
        .containsPattern("(?m)^Test: loss 0\\.[0-9]{4}, accuracy [0-9.]+ % of 2$")
        .contains("Model written to " + model);
    assertThat(run.messages())
        .contains("Training twitter-lstm on 24 texts")
        .containsPattern(
            "epoch 2/2 100 % loss 0\\.[0-9]{3}  accuracy [0-9.]+ %  [0-9k]+ tokens/s  0:00 left");
    assertThat(model).isNotEmptyFile();
  }

  @Test
  void json_is_one_line_and_the_only_output() {
    Path model = folder.resolve("model.safetensors");

    Program.Run run =
        run(
            "train",
            "--data",
            plainData,
            "--preset",
            "twitter-lstm",
            "--epochs",
            2,
            "--seed",
            7,
            "--out",
            model,
            "--json");

    assertThat(run.lines()).hasSize(1);
    assertThat(run.json())
        .containsEntry("preset", "twitter-lstm")
        .containsEntry("seed", 7L)
        .containsEntry("examples", 29L)
        .containsEntry("model", model.toString());
    assertThat((List<?>) run.json().get("epochs")).hasSize(2);
  }

  @Test
  void the_same_seed_gives_the_same_file_and_another_seed_another() {
    Path data = write(folder.resolve("data.tsv"), tsv(80));
    byte[][] models = new byte[3][];
    for (int i = 0; i < 3; i++) {
      Path model = folder.resolve("model" + i);
      int code =
          run(
                  "train",
                  "--data",
                  data,
                  "--preset",
                  "movie-lstm",
                  "--epochs",
                  1,
                  "--seed",
                  i / 2,
                  "--threads",
                  i + 1,
                  "--out",
                  model)
              .code();
      assertThat(code).isZero();
      models[i] = Program.read(model);
    }
    assertThat(models[1]).isEqualTo(models[0]);
    assertThat(models[2]).isNotEqualTo(models[0]);
  }

  @ParameterizedTest
  @EnumSource
  void every_preset_trains_on_fewer_rows_than_a_batch(Preset preset) {
    Path data = write(folder.resolve("data.tsv"), "1\tgood\n0\tbad\n1\tfine\n0\tpoor\n");
    Path model = folder.resolve("model");

    Program.Run run =
        run(
            "train",
            "--data",
            data,
            "--preset",
            preset,
            "--epochs",
            1,
            "--validation",
            0,
            "--out",
            model);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.out()).containsPattern("(?m)^ +1 .* - +- ");
    assertThat(run("predict", "--model", model, "good").code()).isZero();
  }

  @Test
  void evaluation_as_json_has_examples_loss_accuracy_and_all_metrics() {
    Program.Run run = run("evaluate", "--model", plainModel, "--data", plainData, "--json");

    assertThat(run.code()).isZero();
    assertThat(run.lines()).hasSize(1);
    assertThat(run.json().keySet())
        .containsExactly(
            "examples",
            "loss",
            "accuracy",
            "seconds",
            "withoutTokens",
            "level",
            "metrics",
            "labels",
            "classes",
            "macro",
            "micro",
            "confusion");
    assertThat(run.json()).containsEntry("examples", 32L).containsEntry("accuracy", 1.0);
    assertThat((Double) run.json().get("loss")).isBetween(0.0, 0.3);
    assertThat(run("evaluate", "--model", plainModel, "--data", plainData).out())
        .contains("examples  32\n")
        .containsPattern("(?m)^accuracy +100\\.00 % ");
  }

  @Test
  void every_text_gets_one_line_of_label_and_probability() {
    Program.Run run = run("predict", "--model", plainModel, "a good film", "a bad film");

    assertThat(run.code()).isZero();
    assertThat(run.lines()).hasSize(2);
    assertThat(run.lines().get(0)).matches("1\t(0\\.[5-9][0-9]{3}|1\\.0000)");
    assertThat(run.lines().get(1)).matches("0\t(0\\.[5-9][0-9]{3}|1\\.0000)");
    assertThat(run.messages()).isEmpty();
  }

  @Test
  void standard_input_is_judged_line_by_line_as_the_same_texts_as_arguments_are() {
    byte[] input = "a good film\r\na bad film\n\ngood, good".getBytes(UTF_8);

    Program.Run piped = runWithInput(input, "predict", "--model", plainModel, "-");

    assertThat(piped.out())
        .isEqualTo(
            run("predict", "--model", plainModel, "a good film", "a bad film", "", "good, good")
                .out());
    assertThat(runWithInput(new byte[0], "predict", "--model", plainModel, "-"))
        .isEqualTo(new Program.Run(0, "", ""));
  }

  @Test
  void any_text_at_all_has_a_prediction() {
    String[] texts = {
      "",
      "   ",
      "zzyzx qwrtp",
      "good ".repeat(100_000),
      "\uD83D\uDE00 good",
      "good\0film",
      "\uD83D",
      "\uDE00 bad",
    };
    for (String text : texts) {
      Program.Run run = run("predict", "--model", plainModel, "--", text);
      assertThat(run.code()).isZero();
      assertThat(run.out().strip()).matches("[01]\t[01]\\.[0-9]{4}");
      assertThat(run("predict", "--json", "--model", plainModel, "--", text).json())
          .containsKeys("text", "label", "probability");
    }
  }

  @Test
  void predictions_as_json_are_one_object_a_line() {
    Program.Run run =
        run("predict", "--model", plainModel, "--json", "a \"good\" film", "a bad film");

    assertThat(run.lines()).hasSize(2);
    Map<String, Object> first = Json.parseObject(run.lines().get(0));
    assertThat(first).containsEntry("text", "a \"good\" film").containsEntry("label", "1");
    double shown =
        Double.parseDouble(
            run("predict", "--model", plainModel, "a \"good\" film").out().strip().split("\t")[1]);
    assertThat((Double) first.get("probability")).isCloseTo(shown, within(5.1e-5));
  }

  @Test
  void standard_input_that_is_not_text_is_refused_with_its_line() {
    byte[] input = {'g', 'o', 'o', 'd', '\n', (byte) 0xE9, '\n', 'b', 'a', 'd', '\n'};

    Program.Run run = runWithInput(input, "predict", "--model", plainModel, "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.error())
        .isEqualTo("Error: standard input, line 2: expected text in UTF-8, got bytes that are not");
  }

  @Test
  void columns_of_csv_files_are_chosen_by_name_or_number() {
    String rows = "7,1,\"a good, good film\"\n8,0,a bad film\n".repeat(8);
    Path named = write(folder.resolve("named.csv"), "id,stars,review\n" + rows);
    Path numbered = write(folder.resolve("numbered.csv.gz"), gzip(rows));

    Program.Run byName =
        run(
            "evaluate",
            "--model",
            plainModel,
            "--data",
            named,
            "--text-column",
            "review",
            "--label-column",
            "stars",
            "--json");
    Program.Run byNumber =
        run(
            "evaluate",
            "--model",
            plainModel,
            "--data",
            numbered,
            "--text-column",
            2,
            "--label-column",
            1,
            "--json");

    assertThat(byName.json()).containsEntry("examples", 16L).containsEntry("accuracy", 1.0);
    assertThat(byNumber.json().get("loss")).isEqualTo(byName.json().get("loss"));
  }

  @Test
  void an_official_folder_of_reviews_is_read_half_by_half() {
    for (int i = 0; i < 4; i++) {
      write(folder.resolve("train/pos/" + i + "_9.txt"), "a good film");
      write(folder.resolve("train/neg/" + i + "_2.txt"), "a bad film");
    }
    write(folder.resolve("test/pos/0_8.txt"), "good acting");
    write(folder.resolve("test/neg/0_1.txt"), "bad acting");
    Path model = folder.resolve("model");

    Program.Run run =
        run(
            "train",
            "--data",
            folder,
            "--test",
            folder,
            "--preset",
            "movie-lstm",
            "--epochs",
            1,
            "--validation",
            0.25,
            "--out",
            model,
            "--json");

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.json()).containsEntry("examples", 6L);
    assertThat(run("evaluate", "--model", model, "--data", folder, "--json").json())
        .containsEntry("examples", 2L);
    assertThat(
            run("evaluate", "--model", model, "--data", folder.resolve("train"), "--json").json())
        .containsEntry("examples", 8L);
  }

  @Test
  void groups_keep_together_and_texts_in_two_parts_are_reported() {
    Path data = write(folder.resolve("data.tsv"), PLAIN);
    Path ids =
        write(
            folder.resolve("ids.tsv"),
            "a\t7\tfilm\nb\t8\tfilm\nc\t7\tactor\nd\t8\tactor\n".repeat(8));
    Path model = folder.resolve("model");

    Program.Run grouped =
        run(
            "train",
            "--data",
            data,
            "--groups",
            ids,
            "--validation",
            0.5,
            "--preset",
            "movie-lstm",
            "--epochs",
            1,
            "--out",
            model);
    Program.Run random =
        run(
            "train",
            "--data",
            data,
            "--validation",
            0.5,
            "--preset",
            "movie-lstm",
            "--epochs",
            1,
            "--out",
            model);

    assertThat(grouped.code()).isZero();
    assertThat(grouped.messages()).doesNotContain("stand in two parts");
    assertThat(random.messages()).contains("Note: 4 texts stand in two parts or more");
  }

  @Test
  void three_classes_need_their_names_and_a_network_that_tells_three_apart() {
    Path data = write(folder.resolve("data.tsv"), "0\tbad\n1\tso so\n2\tgood\n".repeat(6));
    Path model = folder.resolve("model");

    assertThat(run("train", "--data", data, "--out", model).code()).isEqualTo(1);
    assertThat(
            run(
                    "train",
                    "--data",
                    data,
                    "--labels",
                    "0,1,2",
                    "--preset",
                    "movie-lstm",
                    "--out",
                    model)
                .code())
        .isEqualTo(2);
    assertThat(
            run(
                    "train",
                    "--data",
                    data,
                    "--labels",
                    "2,1,0",
                    "--preset",
                    "twitter-lstm",
                    "--epochs",
                    1,
                    "--validation",
                    0,
                    "--out",
                    model)
                .code())
        .isZero();
    assertThat(run("predict", "--model", model, "good").out())
        .matches("[012]\t0\\.[3-9][0-9]{3}\\R");
  }
}
