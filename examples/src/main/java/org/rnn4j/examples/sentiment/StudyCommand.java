package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.report.ReportFolder;
import org.rnn4j.examples.study.Study;
import org.rnn4j.examples.study.StudyCheckpoints;
import org.rnn4j.examples.study.StudyData;
import org.rnn4j.examples.study.StudyFiles;
import org.rnn4j.examples.study.StudyRun;
import org.rnn4j.examples.study.StudySearch;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Overlap;
import org.rnn4j.text.data.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Does a whole study and leaves a report. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = StudyCommand.DataMayBeMissing.class,
    description =
        "Trains the designs of a study, compares them with each other and with baselines on test"
            + " texts, and leaves report.html, history.csv, metrics.json and model.safetensors in a"
            + " folder. With --search it first searches for settings. Without --data it reads the"
            + " made-up reviews of the demo. Interrupted or killed, it goes on by the same"
            + " command.")
final class StudyCommand implements Callable<Integer> {
  private static final double SHARE = 0.1;

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The study: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init")
  private Study study;

  @Mixin private final LabelledDataOptions texts = new LabelledDataOptions();

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description =
          "Texts to test on, in the same layout. Default: a tenth of --data, never learnt from.")
  private @Nullable Path test;

  @Mixin private final StudySearchOptions searches = new StudySearchOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What weights, order and dropout are drawn from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "What the validation and test texts are drawn from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long splitSeed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; no effect on the results. Default: the number of processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description =
          "Folder for the report, new or empty, or that of the same study which was interrupted:"
              + " that goes on.")
  @SuppressWarnings("NullAway.Init")
  private Path out;

  @Option(names = "--force", description = "Replace a report that is in the folder already.")
  private boolean force;

  @Option(names = "--json", description = "Print the metrics as JSON on one line.")
  private boolean json;

  /** Texts to learn from need not be given. */
  static final class DataMayBeMissing implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      OptionSpec data = command.findOption("--data");
      command.remove(data);
      command.addOption(OptionSpec.builder(data).required(false).build());
      return command;
    }
  }

  StudyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    StudyData data = data();
    Map<String, Design> designs = study.designs(data.demo());
    designs.replaceAll((name, design) -> design.with("seed", String.valueOf(seed)));
    for (Map.Entry<String, Design> entry : designs.entrySet()) {
      checkDesign(entry.getKey(), entry.getValue(), data);
    }
    StudySearch search = StudySearch.of(study, data.demo(), seed);
    LabelledTexts train = data.split().train();
    if (searches.wanted()) {
      texts.part(train, searches.folds(train, data.demo()), seed);
    }
    StudyCheckpoints kept = new StudyCheckpoints(out, study, data, designs);
    Set<String> goneOnFrom = searches.files(search);
    goneOnFrom.addAll(kept.goneOnFrom());
    ReportFolder.prepare(out, force, goneOnFrom);
    kept.check();
    long start = System.nanoTime();
    StudyRun run;
    try (Interrupts interrupts = Interrupts.watch(() -> console.say(Interrupts.STOPPING))) {
      try {
        run = run(data, designs, search, kept, interrupts);
      } catch (InterruptedException e) {
        if (!interrupts.requested()) {
          throw e;
        }
        console.say("Interrupted; what is done is kept. To go on: " + TypedCommand.of(spec));
        return interrupts.exitCode();
      }
    }
    console.say("Writing the report");
    StudyFiles.write(run, out, TypedCommand.of(spec));
    kept.delete();
    conclude(run, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private StudyRun run(
      StudyData data,
      Map<String, Design> designs,
      StudySearch search,
      StudyCheckpoints kept,
      Interrupts interrupts)
      throws IOException, InterruptedException {
    StudySearch.Found found = null;
    if (searches.wanted()) {
      LabelledTexts train = data.split().train();
      found =
          interrupts.interruptible(
              () -> searches.run(search, train, data.demo(), threads, out, console));
    }
    kept.begin();
    StudyRun run =
        StudyRun.of(
            study,
            data,
            designs,
            found,
            (name, design, learnt, watched) -> {
              interrupts.check();
              TextClassifier.Trained trained =
                  new TrainingRun(name, design)
                      .threads(threads)
                      .checkpoints(kept.of(name))
                      .stopWhen(interrupts::requested)
                      .run(learnt, watched, console, false);
              interrupts.check();
              return trained;
            },
            console::say);
    interrupts.check();
    return run;
  }

  private void check() {
    texts.check();
    searches.check();
    searches.check(!texts.isGiven());
    if (threads < 1) {
      throw usage("--threads: expected a number of 1 or more, got " + threads);
    }
    if (!texts.isGiven()) {
      for (String option : List.of("--test", "--groups", "--labels", "--split-seed")) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw usage(option + ": expected --data with it, got none");
        }
      }
    }
  }

  private void checkDesign(String name, Design design, StudyData data) {
    try {
      design.check(data.split().train().labels().size(), !data.split().validation().isEmpty());
    } catch (IllegalArgumentException e) {
      throw usage(study + ", " + name + ": " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private StudyData data() {
    if (!texts.isGiven()) {
      return StudyData.ofDemo(1);
    }
    LabelledTexts read = texts.read(console);
    boolean grouped = texts.groups() != null || read.get(0).group() != null;
    double testShare = test == null ? SHARE : 0;
    Split split;
    try {
      split =
          grouped
              ? Split.grouped(read, SHARE, testShare, splitSeed)
              : Split.stratified(read, SHARE, testShare, splitSeed);
    } catch (DataException e) {
      throw texts.inFile(e);
    }
    if (test != null) {
      split =
          new Split(
              split.train(), split.validation(), texts.readTest(test, read.labels(), console));
    }
    Overlap overlap = split.overlap();
    if (!overlap.isEmpty()) {
      console.say("Note: " + overlap);
    }
    return new StudyData(texts.data() + (test == null ? "" : ", tested on " + test), false, split);
  }

  private void conclude(StudyRun run, double seconds) {
    if (json) {
      console.out().println(Json.write(StudyFiles.metrics(run)));
      return;
    }
    Table table = new Table("on the test texts", ">accuracy");
    for (Comparison.Entry entry : run.comparison().entries()) {
      boolean chosen = entry.equals(run.comparison().first());
      table.row(
          entry.name() + (chosen ? " (chosen)" : ""),
          Tables.percent(entry.evaluation().accuracy()));
    }
    console.out().println(table);
    console.out().println("Report: " + out.resolve("report.html"));
    console.out().printf(Locale.ROOT, "Done in %.0f seconds.%n", seconds);
  }
}
