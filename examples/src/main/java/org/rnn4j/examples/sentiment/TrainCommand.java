package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;
import org.rnn4j.train.Checkpoints;
import org.rnn4j.train.History;
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
    abbreviateSynopsis = true,
    modelTransformer = DesignOptions.OfSettings.class,
    description = "Trains a model on labelled texts and writes it to a file.")
final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final LabelledDataOptions texts = new LabelledDataOptions();

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Texts to score the finished model on, in the same layout.")
  private @Nullable Path test;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the texts, from 0 to below 1, that are scored after every epoch and not learnt;"
              + " 0 for none. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.1")
  private double validation = 0.1;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description =
          "What the validation texts are drawn from, so that trainings of several seeds are "
              + "validated on the same ones. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long splitSeed = 1;

  @Option(
      names = "--baselines",
      description =
          "Compare the model with the majority class and NB-SVM, learnt from the same texts, on the"
              + " validation and the test texts.")
  private boolean compared;

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

  @Mixin private final CheckpointOptions checkpoints = new CheckpointOptions();

  @Mixin private final DesignOptions designs = new DesignOptions();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Design design = settings();
    requireOtherThanOut("--data", texts.data());
    requireOtherThanOut("--test", test);
    requireOtherThanOut("--groups", texts.groups());
    OutputFile.requireWritable(out);
    @Nullable Checkpoints checkpoints = this.checkpoints.checkpoints(out);
    LabelledTexts read = texts.read(console);
    designs.check(design, read.labels().size(), validation > 0);
    Split split = split(read);
    TrainingNotes.say(design, texts.data(), read, split, console);
    @Nullable Baselines baselines = compared ? Baselines.train(split.train(), console) : null;
    TextClassifier.Trained result;
    try (Interrupts interrupts = Interrupts.watch(this::confirm)) {
      result =
          new TrainingRun(designs.name(), design)
              .threads(threads == null ? Runtime.getRuntime().availableProcessors() : threads)
              .checkpoints(checkpoints)
              .stopWhen(interrupts::requested)
              .run(split.train(), split.validation(), console, !json);
      if (result.history().ending() == History.Ending.INTERRUPTED) {
        console.say(
            checkpoints == null
                ? "Interrupted; nothing was kept. With --checkpoint FILE it could go on."
                : "Interrupted; the training is kept. To go on: "
                    + this.checkpoints.resumingCommand());
        return interrupts.exitCode();
      }
    }
    Evaluation evaluation =
        split.test().isEmpty() ? null : result.classifier().evaluate(split.test());
    result.classifier().save(out);
    report(design, split, result, evaluation, comparisons(baselines, split, result.classifier()));
    return 0;
  }

  /** The model beside the baselines, where these are asked for, on each part that has texts. */
  private static Map<String, Comparison> comparisons(
      @Nullable Baselines baselines, Split split, TextClassifier network) {
    Map<String, LabelledTexts> parts = new LinkedHashMap<>();
    parts.put("validation", split.validation());
    parts.put("test", split.test());
    Map<String, Comparison> comparisons = new LinkedHashMap<>();
    parts.forEach(
        (part, texts) -> {
          if (baselines != null && !texts.isEmpty()) {
            comparisons.put(part, baselines.compare(network, texts));
          }
        });
    return comparisons;
  }

  private void confirm() {
    console.say(Interrupts.STOPPING);
  }

  private Design settings() {
    texts.check();
    if (threads != null && threads < 1) {
      throw usage("--threads: expected a number of 1 or more, got " + threads);
    }
    if (!(validation >= 0 && validation < 1)) {
      throw usage("--validation: expected a share from 0 to below 1, got " + validation);
    }
    if (compared && validation == 0 && test == null) {
      throw usage("--baselines: expected --validation above 0 or --test with it, got neither");
    }
    Design design = designs.design();
    int labels = texts.namedLabels();
    designs.check(design, labels == 0 ? 2 : labels, validation > 0);
    return design;
  }

  private void requireOtherThanOut(String option, @Nullable Path input) throws IOException {
    if (OutputFile.isSame(out, input)) {
      throw usage("--out: expected another file than that of " + option + ", got " + out);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Split split(LabelledTexts read) {
    boolean grouped = texts.groups() != null || read.get(0).group() != null;
    Split split;
    try {
      split =
          grouped
              ? Split.grouped(read, validation, 0, splitSeed)
              : Split.stratified(read, validation, 0, splitSeed);
    } catch (DataException e) {
      throw DataException.inFile(
              texts.groupsFile(), e.expected() + " (--validation 0 learns from all)", e.actual())
          .causedBy(e);
    }
    return test == null
        ? split
        : new Split(
            split.train(), split.validation(), texts.readTest(test, read.labels(), console));
  }

  private void report(
      Design design,
      Split split,
      TextClassifier.Trained result,
      @Nullable Evaluation evaluation,
      Map<String, Comparison> comparisons) {
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("preset", designs.name());
      report.put("seed", design.get(TrainingSettings.SEED));
      report.put("splitSeed", splitSeed);
      report.put("design", design.toMap());
      report.putAll(Reports.training(split.train().size(), result));
      report.put("ending", result.history().ending().name());
      if (result.history().bestEpoch() > 0) {
        report.put("bestEpoch", result.history().bestEpoch());
      }
      if (evaluation != null) {
        report.put("test", Reports.evaluation(evaluation));
      }
      comparisons.forEach(
          (part, comparison) ->
              report.put(part + "Comparison", EvaluationReports.comparison(comparison)));
      report.put("model", out.toString());
      console.out().println(Json.write(report));
      return;
    }
    console.out().println();
    console.out().print(Tables.epochs(result.history()));
    console.out().println();
    if (result.history().bestEpoch() > 0) {
      console
          .out()
          .println(
              (result.history().ending() == History.Ending.STOPPED_EARLY ? "Stopped early; " : "")
                  + "best epoch: "
                  + result.history().bestEpoch());
    }
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
    comparisons.forEach(
        (part, comparison) -> {
          console.out().println("On the " + part + " texts:");
          console.out().print(EvaluationTables.comparison(comparison));
          console.out().println(comparison.verdict());
          console.out().println();
        });
    console.out().println("Model written to " + out);
  }
}
