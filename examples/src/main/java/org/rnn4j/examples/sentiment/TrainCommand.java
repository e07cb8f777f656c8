package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Overlap;
import org.rnn4j.text.data.Split;
import org.rnn4j.text.data.TsvReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model on a file of labelled texts and writes it to a file. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains a model on labelled texts and writes it to a file.")
final class TrainCommand implements Callable<Integer> {
  private static final String PRESET = "Default: the preset's.";

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Texts to learn from: TSV, CSV or an aclImdb folder, plain or gzip.")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Texts to score the finished model on, in the same layout.")
  private @Nullable Path test;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "The network: ${COMPLETION-CANDIDATES}. " + "Default: ${DEFAULT-VALUE}.",
      defaultValue = "imdb-gru")
  private Preset preset = Preset.IMDB_GRU;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the texts, from 0 to below 1, that are scored after every epoch and not learnt; "
              + "0 for none. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.1")
  private double validation = 0.1;

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description =
          "TSV whose rows go with those of --data and name the group of each text, a film for instance: "
              + "no group then stands in both training and validation.")
  private @Nullable Path groups;

  @Option(
      names = "--group-column",
      paramLabel = "N",
      description = "Column of the group, counted from 0. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int groupColumn = 2;

  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      split = ",",
      description =
          "The labels that may occur, in order, separated by commas. "
              + "Default: the two that occur; more than two must be named here.")
  private List<String> labels = new ArrayList<>();

  @Mixin private final DataOptions format = new DataOptions();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Rounds through the training texts. " + PRESET)
  private @Nullable Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Texts a step. " + PRESET)
  private @Nullable Integer batchSize;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most tokens that are read of a text, the last ones. " + PRESET)
  private @Nullable Integer maxLength;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      description = "Most words that are known, the most frequent ones. " + PRESET)
  private @Nullable Integer maxWords;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "What weights, order and dropout are drawn from: the same seed gives the same model. "
              + "Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description =
          "What the validation texts are drawn from, so that trainings of several seeds are "
              + "validated on the same ones. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long splitSeed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; no effect on the model. Default: the number of processors.")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "The model file to write or replace.")
  @SuppressWarnings("NullAway.Init")
  private Path out;

  @Option(names = "--json", description = "Print the results as JSON on one line.")
  private boolean json;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TrainingRun training = settings();
    requireOtherThanOut("--data", data);
    requireOtherThanOut("--test", test);
    requireOtherThanOut("--groups", groups);
    OutputFile.requireWritable(out);
    LabelledTexts texts = read();
    Split split = split(texts);
    Overlap overlap = split.overlap();
    if (!overlap.isEmpty()) {
      console.say("Note: " + overlap);
    }
    TextClassifier.Trained result = training.run(split.train(), split.validation(), console, !json);
    Evaluation evaluation =
        split.test().isEmpty() ? null : result.classifier().evaluate(split.test());
    result.classifier().save(out);
    report(split, result, evaluation);
    return 0;
  }

  private TrainingRun settings() {
    requirePositive("--epochs", epochs, 1);
    requirePositive("--batch-size", batchSize, 1);
    requirePositive("--max-length", maxLength, 1);
    requirePositive("--max-words", maxWords, 3);
    requirePositive("--threads", threads, 1);
    if (!(validation >= 0 && validation < 1)) {
      throw usage("--validation: expected a share from 0 to below 1, got " + validation);
    }
    if (groupColumn < 0) {
      throw usage("--group-column: expected a number of 0 or more, got " + groupColumn);
    }
    if (groups == null && spec.commandLine().getParseResult().hasMatchedOption("--group-column")) {
      throw usage("--group-column: expected --groups with it, got none");
    }
    if (!labels.isEmpty() && labels.size() < 2) {
      throw usage("--labels: expected two labels or more, got " + labels);
    }
    if (labels.contains("") || new HashSet<>(labels).size() < labels.size()) {
      throw usage("--labels: expected labels that are not empty and differ, got " + labels);
    }
    if (preset.isBinary() && labels.size() > 2) {
      throw usage("--labels: expected two labels for " + preset + ", got " + labels);
    }
    return TrainingRun.of(preset)
        .epochs(epochs == null ? preset.epochs() : epochs)
        .batchSize(batchSize == null ? preset.batchSize() : batchSize)
        .length(maxLength == null ? preset.length() : maxLength)
        .words(maxWords == null ? preset.words() : maxWords)
        .threads(threads == null ? Runtime.getRuntime().availableProcessors() : threads)
        .seed(seed);
  }

  private void requirePositive(String option, @Nullable Integer value, int least) {
    if (value != null && value < least) {
      throw usage(option + ": expected a number of " + least + " or more, got " + value);
    }
  }

  private void requireOtherThanOut(String option, @Nullable Path input) throws IOException {
    if (OutputFile.isSame(out, input)) {
      throw usage("--out: expected another file than that of " + option + ", got " + out);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private LabelledTexts read() {
    LabelledTexts texts = format.read(data, labels, DataOptions.Half.TRAINING, console);
    List<Map.Entry<String, Integer>> counts = new ArrayList<>(texts.counts().entrySet());
    counts.removeIf(entry -> entry.getValue() == 0);
    if (counts.size() < 2) {
      throw DataException.inFile(
          data, "texts of two labels or more", "the label " + counts.get(0).getKey() + " only");
    }
    if (labels.isEmpty() && counts.size() > 2) {
      counts.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
      refuseFurtherLabels(List.of(counts.get(0).getKey(), counts.get(1).getKey()));
    }
    return groups == null ? texts : TsvReader.withGroups(texts, groups, groupColumn);
  }

  /** Reads again, to tell the line where the first label beside the two usual ones stands. */
  private void refuseFurtherLabels(List<String> usual) {
    try {
      format.read(data, usual.stream().sorted().toList(), DataOptions.Half.TRAINING, console);
    } catch (DataException e) {
      throw DataException.atLine(
          data,
          e.line().orElse(0),
          e.expected() + " (more than two must be named with --labels)",
          e.actual());
    }
  }

  private Split split(LabelledTexts texts) {
    boolean grouped = groups != null || texts.get(0).group() != null;
    Split split;
    try {
      split =
          grouped
              ? Split.grouped(texts, validation, 0, splitSeed)
              : Split.stratified(texts, validation, 0, splitSeed);
    } catch (DataException e) {
      throw DataException.inFile(
          groups == null ? data : groups,
          e.expected() + " (--validation 0 learns from all)",
          e.actual());
    }
    if (test == null) {
      return split;
    }
    LabelledTexts testTexts = format.read(test, texts.labels(), DataOptions.Half.TEST, console);
    return new Split(split.train(), split.validation(), testTexts);
  }

  private void report(Split split, TextClassifier.Trained result, @Nullable Evaluation evaluation) {
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("preset", preset.toString());
      report.put("seed", seed);
      report.put("splitSeed", splitSeed);
      report.putAll(Reports.training(split.train().size(), result));
      if (evaluation != null) {
        report.put("test", Reports.evaluation(evaluation));
      }
      report.put("model", out.toString());
      console.out().println(Json.write(report));
      return;
    }
    console.out().println();
    console.out().print(Tables.epochs(result.history()));
    console.out().println();
    if (evaluation != null) {
      console
          .out()
          .println(
              "Test: loss "
                  + Tables.loss(evaluation.loss())
                  + ", accuracy "
                  + Tables.percent(evaluation.accuracy())
                  + " of "
                  + Tables.count(evaluation.examples()));
    }
    console.out().println("Model written to " + out);
  }
}
