package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.json.Json;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.CrossValidation;
import org.rnn4j.text.data.Fold;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a design and the baselines on the same folds of labelled texts, and compares them. */
@Command(
    name = "crossvalidate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    modelTransformer = DesignOptions.OfSettings.class,
    description =
        "Parts labelled texts into folds and judges each by what was trained on the others: a "
            + "network, NB-SVM and the majority class, all on the same folds. Words are counted "
            + "anew within each fold. Says whether the network beats NB-SVM.")
final class CrossValidateCommand implements Callable<Integer> {
  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final LabelledDataOptions texts = new LabelledDataOptions();

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "How many folds; with groups no group stands in two. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int count = 5;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the texts that a fold learns from, from 0 to below 1, that are kept aside to"
              + " score every epoch on, for early stopping; the baselines learn from them as well,"
              + " so from more texts than the network; 0 for none. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private double validation = 0;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "What the folds are drawn from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long splitSeed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; no effect on the results. Default: the number of processors.")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "Print the results as JSON on one line.")
  private boolean json;

  @Mixin private final DesignOptions designs = new DesignOptions();

  CrossValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Design design = settings();
    LabelledTexts read = texts.read(console);
    designs.check(design, read.labels().size(), validation > 0);
    boolean grouped = texts.groups() != null || read.get(0).group() != null;
    CrossValidation result =
        run(design, texts.part(read, LabelledDataOptions.folds(read, count), splitSeed), grouped);
    if (json) {
      console.out().println(Json.write(report(design, grouped, result)));
    } else {
      console.out().print(EvaluationTables.folds(result));
      console.out().println();
      console.out().print(EvaluationTables.comparison(result.pooled()));
      console.out().println();
      result.pooled().verdicts().forEach(console.out()::println);
      console
          .out()
          .print(EvaluationTables.noBetterThanOneClass(result.pooled().first().evaluation()));
    }
    return 0;
  }

  private Design settings() {
    texts.check();
    if (count < 2) {
      throw usage("--folds: expected a number of 2 or more, got " + count);
    }
    if (threads != null && threads < 1) {
      throw usage("--threads: expected a number of 1 or more, got " + threads);
    }
    if (!(validation >= 0 && validation < 1)) {
      throw usage("--validation: expected a share from 0 to below 1, got " + validation);
    }
    Design design = designs.design();
    int labels = texts.namedLabels();
    designs.check(design, labels == 0 ? 2 : labels, validation > 0);
    return design;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private CrossValidation run(Design design, List<Fold> folds, boolean grouped) {
    Map<String, CrossValidation.Learner> learners = new LinkedHashMap<>();
    int trained = (int) Math.round(folds.get(0).train().size() * (1 - validation));
    TrainingNotes.sayIfFewSteps(design, trained, console);
    int[] fold = {0};
    learners.put(
        designs.name(),
        train -> {
          console.say("Fold " + ++fold[0] + " of " + folds.size());
          return network(design, train, grouped);
        });
    learners.put(EvaluateCommand.NB_SVM, train -> NbSvm.train(train, NbSvm.Options.standard()));
    learners.put(EvaluateCommand.MAJORITY, MajorityClass::train);
    return CrossValidation.run(
        folds, learners, comparison -> console.say("So far: " + comparison.verdict()));
  }

  private Classifier network(Design design, LabelledTexts train, boolean grouped) {
    Split split =
        grouped
            ? Split.grouped(train, validation, 0, splitSeed)
            : Split.stratified(train, validation, 0, splitSeed);
    return new TrainingRun(designs.name(), design)
        .threads(threads == null ? Runtime.getRuntime().availableProcessors() : threads)
        .run(split.train(), split.validation(), console, false)
        .classifier();
  }

  private Map<String, Object> report(Design design, boolean grouped, CrossValidation result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("preset", designs.name());
    report.put("seed", design.get(TrainingSettings.SEED));
    report.put("splitSeed", splitSeed);
    report.put("design", design.toMap());
    report.put("grouped", grouped);
    report.putAll(EvaluationReports.crossValidation(result));
    return report;
  }
}
