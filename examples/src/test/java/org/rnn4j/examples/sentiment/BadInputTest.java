package org.rnn4j.examples.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rnn4j.examples.sentiment.Program.gzip;
import static org.rnn4j.examples.sentiment.Program.run;
import static org.rnn4j.examples.sentiment.Program.tsv;
import static org.rnn4j.examples.sentiment.Program.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of giving the program what it cannot use ends in one line that says what and where. */
class BadInputTest {
  @TempDir Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void nameFiles() {
    data = folder.resolve("data.tsv");
    model = folder.resolve("model.safetensors");
  }

  static Stream<Arguments> unusableFiles() {
    byte[] good = tsv(16).getBytes(UTF_8);
    byte[] notUtf8 =
        tsv(16)
            .replaceFirst("\n", "\u00e9\n")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] zipped = gzip(tsv(400));
    return Stream.of(
        Arguments.of("an empty file", new byte[0], "expected .*, got an empty file"),
        Arguments.of(
            "one column",
            "good film\nbad film\n".getBytes(UTF_8),
            "line 1: expected a column 1 .*, got 1 column"),
        Arguments.of(
            "a third column",
            (tsv(16) + "1\tgood\tfilm\n").getBytes(UTF_8),
            "line 17: expected 2 columns .*, got 3"),
        Arguments.of(
            "an unknown label",
            (tsv(16) + "positive\tgood film\n").getBytes(UTF_8),
            "line 17: expected one of the labels \\[0, 1\\] \\(.*--labels\\), got \"positive\""),
        Arguments.of(
            "an empty label",
            (tsv(16) + "\tgood film\n").getBytes(UTF_8),
            "line 17: expected a label, got an empty one"),
        Arguments.of("Latin-1", notUtf8, "line 1: expected .*UTF-8.*, got .*"),
        Arguments.of(
            "a cut gzip file",
            Arrays.copyOf(zipped, zipped.length / 2),
            "line [0-9]+: expected .*gzip.*, got .*"),
        Arguments.of(
            "one class",
            "1\tgood film\n1\tfine film\n".getBytes(UTF_8),
            "expected texts of two labels or more, got the label 1 only"),
        Arguments.of("a folder in its place", good, null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusableFiles")
  void unusable_data_ends_training_with_file_line_expected_and_got(
      String what, byte[] content, String pattern) throws IOException {
    if (pattern == null) {
      Files.createDirectories(data);
      pattern = "expected a folder of reviews, got none of that name";
    } else {
      write(data, content);
    }

    Program.Run run = run("train", "--data", data, "--out", model);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error()).contains(data.toString()).matches(".*" + pattern + ".*");
    assertThat(run.messages()).doesNotContain("\tat ").hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(model).doesNotExist();
  }

  @Test
  void a_missing_file_is_named_and_debug_adds_the_stack_trace() {
    Program.Run run = run("train", "--data", data, "--out", model);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .isEqualTo("Error: " + data + ": expected a file, got none of that name");
    assertThat(run.messages()).hasLineCount(1);

    Program.Run debugged = run("train", "--data", data, "--out", model, "--debug");
    assertThat(debugged.code()).isEqualTo(1);
    assertThat(debugged.messages()).contains("DataException").contains("\tat ");
  }

  @Test
  void an_unknown_label_in_test_data_is_found_before_training() {
    write(data, tsv(16));
    Path test = write(folder.resolve("test.tsv"), "1\tgood film\n7\tbad film\n");

    Program.Run run = run("train", "--data", data, "--test", test, "--out", model);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .isEqualTo("Error: " + test + ", line 2: expected one of the labels [0, 1], got \"7\"");
    assertThat(run.messages()).hasLineCount(1);
  }

  @Test
  void a_column_that_the_header_does_not_name_is_refused() {
    Path csv = write(folder.resolve("data.csv"), "text,stars\ngood film,1\nbad film,0\n");

    Program.Run run = run("train", "--data", csv, "--out", model);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .startsWith("Error: " + csv + ", line 1: expected a column named \"label\"")
        .contains("[text, stars]");
  }

  @Test
  void groups_of_another_file_are_refused() {
    write(data, tsv(16));
    Path groups = write(folder.resolve("ids.tsv"), "a\t7\ttt1\nb\t8\ttt2\n");

    Program.Run run = run("train", "--data", data, "--groups", groups, "--out", model);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error()).contains(groups.toString()).contains("16 texts").contains("2 rows");
  }

  @Test
  void too_few_texts_for_a_validation_part_are_told_with_the_file_and_the_way_out() {
    write(data, "1\tgood film\n0\tbad film\n");

    Program.Run run = run("train", "--data", data, "--out", model);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .isEqualTo(
            "Error: "
                + data
                + ": expected enough texts for a validation part of share 0.1 "
                + "(--validation 0 learns from all), got 2 texts");
  }

  @Test
  void a_missing_output_folder_is_noticed_before_the_data_are_read() {
    Path nowhere = folder.resolve("none/model.safetensors");

    Program.Run run = run("train", "--data", data, "--out", nowhere);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .isEqualTo(
            "Error: %s: expected a folder %s to write to, found none"
                .formatted(nowhere, nowhere.getParent()));
  }

  @Test
  void a_folder_or_a_file_in_the_way_of_the_output_is_noticed_too() {
    Path file = write(folder.resolve("file"), "here");

    assertThat(run("train", "--data", data, "--out", folder).error())
        .endsWith("expected the name of a file to write, got a folder");
    assertThat(run("train", "--data", data, "--out", file.resolve("model")).error())
        .endsWith("to write to, found a file of that name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--data", "--test", "--groups"})
  void a_file_that_is_read_is_never_replaced_by_the_model(String option) {
    write(data, tsv(16));
    Path other = write(folder.resolve("other.tsv"), tsv(16));
    Path read = option.equals("--data") ? data : other;
    Path sameFile = folder.resolve(".").resolve(read.getFileName());

    Program.Run run =
        option.equals("--data")
            ? run("train", "--data", data, "--out", sameFile)
            : run("train", "--data", data, option, other, "--out", sameFile);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error())
        .isEqualTo(
            "Error: --out: expected another file than that of %s, got %s"
                .formatted(option, sameFile));
    assertThat(read).hasContent(tsv(16));
  }

  @Test
  void a_training_that_fails_leaves_the_old_model_as_it_was() {
    write(model, "the old model");
    write(data, "1\tgood film\n");

    assertThat(run("train", "--data", data, "--out", model).code()).isEqualTo(1);

    assertThat(model).hasContent("the old model");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("data.tsv", model.getFileName().toString());
  }

  @Test
  void a_missing_or_damaged_model_is_named() {
    write(data, tsv(16));
    assertThat(
            run("train", "--data", data, "--preset", "movie-lstm", "--epochs", 1, "--out", model)
                .code())
        .isZero();
    byte[] whole = Program.read(model);
    Path missing = folder.resolve("missing");
    Path cut = write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 100));
    byte[] flippedBytes = whole.clone();
    flippedBytes[whole.length - 7] ^= 1;
    Path flipped = write(folder.resolve("flipped"), flippedBytes);
    Path text = write(folder.resolve("text"), tsv(400));

    for (Path bad : new Path[] {missing, cut, flipped, text}) {
      for (Program.Run run :
          new Program.Run[] {
            run("predict", "--model", bad, "good film"),
            run("explain", "--model", bad, "good film"),
            run("evaluate", "--model", bad, "--data", data)
          }) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.error())
            .startsWith("Error: " + bad + ": ")
            .containsPattern("expected|damaged");
        assertThat(run.messages()).hasLineCount(1);
        assertThat(run.out()).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "--validation, 1, from 0 to below 1",
    "--validation, -0.1, from 0 to below 1",
    "--validation, NaN, from 0 to below 1",
    "--epochs, 0, 1 or more",
    "--batch-size, -3, 1 or more",
    "--max-length, 0, 1 or more",
    "--max-words, 2, 3 or more",
    "--threads, 0, 1 or more",
    "--group-column, -1, 0 or more",
    "--labels, 1, two labels or more",
    "--labels, '1,,0', not empty and differ",
    "--labels, '1,1', not empty and differ",
    "--group-column, 1, expected --groups with it",
    "--preset, bert, twitter-gru",
    "--format, xml, 'Expected a format of [auto, tsv, csv, aclimdb, sentiment140], got xml'",
    "--epochs, many, a whole number of 1 or more",
    "--seed, 1.5, a whole number",
    "--threads, many, not an int",
    "--colour, red, Unknown option",
    "--layers, '64,0', 'whole numbers of 1 or more, separated by commas'",
    "--dropout, 1, from 0 to below 1",
    "--attention, mean, 'one of [additive, lin]'",
    "--optimizer, adam:rate=1, 'a parameter of [lr, beta1, beta2, eps, form] for adam, got rate'",
    "--clip, global:0, a number above 0",
    "--checkpoint, ck:every=0, every=N with N of 1 or more",
    "--checkpoint, ck:every=, every=N with N of 1 or more",
  })
  void an_option_out_of_range_is_a_usage_error_that_names_it(
      String option, String value, String message) {
    Program.Run run = run("train", "--data", data, "--out", model, option, value);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error()).contains(option).contains(message);
    assertThat(run.messages()).contains("See examples/sentiment train --help").hasLineCount(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--attention additive:8 --pooling last | --attention: expected this or pooling, which mean",
        "--bidirectional --truncation 9 | --truncation: expected 0 for layers that are"
            + " bidirectional",
        "--head sigmoid --labels a,b,c | --head: expected softmax for 3 labels, got sigmoid, for"
            + " two",
        "--early-stopping --validation 0 | --early-stopping: expected validation texts, whose"
            + " score",
        "--schedule plateau --validation 0 | --schedule: expected validation texts, whose score it",
        "--residual --layers 7 | --residual: expected a recurrent layer that is as wide as what it",
        "--resume | --resume: expected --checkpoint FILE with it, got none",
        "--resume --checkpoint nowhere | --resume: expected a checkpoint to go on from, found no"
            + " file",
        "--baselines --validation 0 | --baselines: expected --validation above 0 or --test with it",
        "--preset imdb-gru --design x | --design: expected this or --preset, got both",
      })
  void options_that_do_not_go_together_are_a_usage_error_before_any_work(
      String options, String message) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--data", data, "--out", model));
    arguments.addAll(List.of(options.split(" ")));

    Program.Run run = run(arguments.toArray());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error()).startsWith("Error: " + message);
    assertThat(run.messages()).hasLineCount(2);
  }

  @Test
  void vectors_that_are_missing_or_of_another_width_are_told_before_the_texts_are_read() {
    Path vectors = write(folder.resolve("words.txt"), "good 1 2 3\nbad 3 2 1\n");

    Program.Run wide = run("train", "--data", data, "--out", model, "--vectors", vectors);
    Program.Run missing = run("train", "--data", data, "--out", model, "--vectors", "none.vec");

    assertThat(wide.code()).isEqualTo(2);
    assertThat(wide.error())
        .isEqualTo(
            "Error: --vectors: expected vectors of 64 numbers, as wide as the embedding, "
                + "got vectors of 3 in "
                + vectors);
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.error())
        .isEqualTo("Error: none.vec: expected a file, got none of that name");
  }

  @Test
  void a_file_that_is_no_design_is_named_with_what_is_wrong() {
    Path design = write(folder.resolve("design.json"), "{\"cell\":\"gru\",\"depth\":3}");

    Program.Run run = run("train", "--data", data, "--out", model, "--design", design);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .startsWith(
            "Error: " + design + ": expected a design as JSON, got depth: expected a setting");
  }

  @Test
  void a_checkpoint_is_neither_replaced_nor_gone_on_from_by_another_training() {
    write(data, tsv(16));
    Path checkpoint = write(folder.resolve("ck"), "something");

    Program.Run again = run("train", "--data", data, "--out", model, "--checkpoint", checkpoint);
    Program.Run damaged =
        run("train", "--data", data, "--out", model, "--checkpoint", checkpoint, "--resume");
    Program.Run same = run("train", "--data", data, "--out", model, "--checkpoint", model);

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.error())
        .isEqualTo(
            "Error: --checkpoint: expected a new file, found "
                + checkpoint
                + "; --resume goes on from it, to start anew delete it");
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.error()).startsWith("Error: The checkpoint " + checkpoint + ": expected ");
    assertThat(same.code()).isEqualTo(2);
    assertThat(same.error()).startsWith("Error: --checkpoint: expected another file than that of");
    assertThat(checkpoint).hasContent("something");
    assertThat(model).doesNotExist();
  }

  @Test
  void a_command_that_is_missing_or_unknown_is_a_usage_error() {
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("judge").code()).isEqualTo(2);
    assertThat(run("judge").error())
        .isEqualTo(
            "Error: Expected a command of [demo, train, design, tune, evaluate, crossvalidate,"
                + " predict, explain, study], got judge");
    assertThat(run("train").code()).isEqualTo(2);
    assertThat(run("evaluate", "--model", model, "--data", model, "--replicate", 3).messages())
        .contains("did you mean --replicates?");
    assertThat(run("predict", "--model", model).error()).contains("Expected texts");
    assertThat(run("predict", "--model", model).code()).isEqualTo(2);
    assertThat(run("predict", "--model", model, "a good film", "-").error())
        .isEqualTo(
            "Error: Expected texts, or - alone for the lines of standard input; got - among 2"
                + " texts");
    assertThat(run("demo", "--size", 7).code()).isEqualTo(2);
    assertThat(run("demo", "--size", 7).error()).startsWith("Error: --size: expected a multiple");
    assertThat(run("demo", "--epochs", 0).code()).isEqualTo(2);
  }

  @Test
  void help_is_no_error() {
    for (String command :
        new String[] {
          "demo", "train", "design", "evaluate", "crossvalidate", "predict", "explain"
        }) {
      Program.Run run = run(command, "--help");
      assertThat(run.code()).isZero();
      assertThat(run.out()).startsWith("Usage: examples/sentiment " + command);
      assertThat(run.messages()).isEmpty();
    }
    assertThat(run("train", "--help").out())
        .containsPattern("preset +epochs +batch size +max length +max words")
        .containsPattern("\\ntwitter-gru( +[0-9,]+){4}\\n");
    assertThat(run("--help").out())
        .contains("demo", "train", "evaluate", "predict", "explain", "Exit codes");
  }
}
