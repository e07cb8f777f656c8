package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
import org.rnn4j.metric.Bootstrap;
import org.rnn4j.metric.Interval;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Overlap;
import org.rnn4j.text.data.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores a model on a file of labelled texts, beside others if wanted. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Scores a model on labelled texts: all metrics with their 95 %% intervals, each class, "
            + "and which class is taken for which.")
final class EvaluateCommand implements Callable<Integer> {
  /** What the baselines are called, here and in a cross-validation. */
  static final String NB_SVM = "NB-SVM";

  static final String MAJORITY = "majority";

  /** From so many texts on it takes long enough for a word beforehand. */
  private static final int MANY_TEXTS = 2_000;

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  @SuppressWarnings("NullAway.Init")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description =
          "Texts to score on: TSV, CSV or an aclImdb folder, plain or gzip; "
              + "of the folder of both halves, the test half.")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Mixin private final DataOptions format = new DataOptions();

  @Option(
      names = "--against",
      paramLabel = "MODEL",
      description = "Another model file to compare with, by McNemar's test on the same texts.")
  private @Nullable Path against;

  @Option(
      names = "--baselines",
      paramLabel = "FILE",
      description =
          "Texts that the model was trained on, in the same layout: the majority class and NB-SVM "
              + "learn from them and are compared with.")
  private @Nullable Path baselines;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      description =
          "How often texts are drawn for the intervals (bootstrap) beside that of the accuracy "
              + "(Wilson). Default: ${DEFAULT-VALUE}.",
      defaultValue = "1000")
  private int replicates = 1_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What these draws depend on. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed = 1;

  @Option(names = "--json", description = "Print the results as JSON on one line.")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (replicates < 1) {
      throw new ParameterException(
          spec.commandLine(), "--replicates: expected a number of 1 or more, got " + replicates);
    }
    TextClassifier classifier = TextClassifier.load(model);
    TextClassifier other = against == null ? null : TextClassifier.load(against);
    if (other != null) {
      // A comparison would say so too, but only after the baselines have been trained.
      requireSameLabels(classifier, other);
    }
    LabelledTexts texts = format.read(data, classifier.labels(), DataOptions.Half.TEST, console);
    if (texts.size() >= MANY_TEXTS) {
      console.say("Judging " + Tables.count(texts.size()) + " texts …");
    }
    Evaluation evaluation;
    @Nullable Comparison comparison = null;
    if (other == null && baselines == null) {
      evaluation = classifier.evaluate(texts);
    } else {
      comparison = Comparison.of(classifiers(classifier, other, texts), texts);
      evaluation = comparison.first().evaluation();
    }
    if (texts.size() >= MANY_TEXTS) {
      console.say("Drawing from them " + Tables.count(replicates) + " times for the intervals …");
    }
    Map<String, Interval> intervals =
        evaluation.intervals(new Bootstrap(replicates, Interval.STANDARD_LEVEL, seed));
    if (json) {
      Map<String, Object> report = EvaluationReports.metrics(evaluation, intervals);
      if (comparison != null) {
        report.put("comparison", EvaluationReports.comparison(comparison));
      }
      console.out().println(Json.write(report));
    } else {
      print(evaluation, intervals, comparison);
    }
    return 0;
  }

  private void requireSameLabels(TextClassifier classifier, TextClassifier other) {
    if (!new HashSet<>(classifier.labels()).equals(new HashSet<>(other.labels()))) {
      throw new IllegalArgumentException(
          "--against: expected a model of the labels "
              + classifier.labels()
              + " as "
              + model
              + ", got "
              + other.labels()
              + " of "
              + against);
    }
  }

  private Map<String, Classifier> classifiers(
      TextClassifier classifier, @Nullable TextClassifier other, LabelledTexts texts) {
    Map<String, Classifier> classifiers = new LinkedHashMap<>();
    classifiers.put(model.toString(), classifier);
    if (other != null && against != null) {
      // The same file twice is still two classifiers.
      String name = against.equals(model) ? against + " (again)" : against.toString();
      classifiers.put(name, other);
    }
    if (baselines != null) {
      LabelledTexts train =
          format.read(baselines, classifier.labels(), DataOptions.Half.TRAINING, console);
      Overlap overlap = new Split(train, train.select(), texts).overlap();
      if (!overlap.isEmpty()) {
        console.say(
            "Note: "
                + Tables.count(overlap.testRowsInTrain())
                + " rows of "
                + data
                + " stand in "
                + baselines
                + " as well: on them nothing is shown by being right");
      }
      console.say("Training the baselines on " + Tables.count(train.size()) + " texts");
      classifiers.put(NB_SVM, NbSvm.train(train, NbSvm.Options.standard()));
      classifiers.put(MAJORITY, MajorityClass.train(train));
    }
    return classifiers;
  }

  private void print(
      Evaluation evaluation, Map<String, Interval> intervals, @Nullable Comparison comparison) {
    console.out().print(EvaluationTables.summary(evaluation));
    console.out().println();
    console.out().print(EvaluationTables.metrics(evaluation, intervals));
    console.out().println();
    console.out().print(EvaluationTables.classes(evaluation));
    console.out().println();
    console.out().print(EvaluationTables.confusion(evaluation));
    if (comparison != null) {
      console.out().println();
      console.out().print(EvaluationTables.comparison(comparison));
      console.out().println();
      comparison.verdicts().forEach(console.out()::println);
    }
    String warning = EvaluationTables.noBetterThanOneClass(evaluation);
    if (!warning.isEmpty()) {
      console.out().println();
      console.out().print(warning);
    }
  }
}
