package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.DesignSearch;
import org.rnn4j.examples.design.Spaces;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.examples.design.TuneMethod;
import org.rnn4j.examples.report.ReportFolder;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.Fold;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.tune.TextSearch;
import org.rnn4j.tune.Grid;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Searches for settings by cross-validation and trains the winner on everything. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    modelTransformer = DesignOptions.OfSettings.class,
    description = {
      "Searches for settings by cross-validation and trains the winner on all texts.",
      "Everything, vocabulary included, is learnt anew in each fold. Killed, it goes on by the same"
          + " command."
    })
final class TuneCommand implements Callable<Integer> {
  private static final String JOURNAL = "journal.jsonl";

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final LabelledDataOptions texts = new LabelledDataOptions();

  @Option(
      names = "--space",
      required = true,
      paramLabel = "FILE|NAME",
      description =
          "The settings to search over: a JSON file such as {\"dropout\": {\"real\": [0, 0.5]},"
              + " \"layers\": {\"choice\": [\"64\", \"64,32\"]}}, or twitter or small.")
  @SuppressWarnings("NullAway.Init")
  private String space;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "bayes")
  private TuneMethod method = TuneMethod.BAYES;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "Configurations to try; halving begins with as many; a grid must not have more;"
              + " hyperband has its own number. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int trials = 20;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Values of each range in a grid. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int points = 3;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "Folds, stratified, or grouped with --groups. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int folds = 5;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      description = "How often to fold anew. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int repeats = 1;

  @Option(
      names = "--nested",
      description =
          "Judge the search itself as well: search anew on the training part of each of as many"
              + " outer folds, and score the winner on what is held out.")
  private boolean nested;

  @Option(
      names = "--race",
      description = "Stop trials without hope after 3 folds; takes 4 folds or more.")
  private boolean race;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Trainings at once, of a thread each; no effect on any result. Default: the number of"
              + " processors.")
  private @Nullable Integer threads;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Where each fold is kept, to go on from. Default: journal.jsonl in the folder.")
  private @Nullable Path journal;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where search.json, its pictures, design.json and model.safetensors go. A folder of the"
              + " same search is gone on with.")
  @SuppressWarnings("NullAway.Init")
  private Path out;

  @Option(names = "--force", description = "Replace what is in the folder.")
  private boolean force;

  @Option(names = "--json", description = "Print the result as JSON on one line.")
  private boolean json;

  @Mixin private final DesignOptions designs = new DesignOptions();

  TuneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Design design = designs.design();
    Space wanted = space(design);
    check(design, wanted);
    LabelledTexts read = texts.read(console);
    Folds plan = LabelledDataOptions.folds(read, folds).repeated(repeats);
    List<Fold> parts = texts.part(read, plan, design.get(TrainingSettings.SEED));
    ReportFolder.prepare(out, force, goneOnFrom());
    TrainingNotes.sayIfFewSteps(design, parts.get(0).train().size(), console);

    DesignSearch searched = new DesignSearch(design, wanted, method, trials, points);
    TextSearch tuning = searched.on(plan);
    if (method.halves()) {
      String epochs =
          searched.rungs().stream()
              .map(
                  rung ->
                      rung.configurations()
                          + (rung.configurations() == 1 ? " trial with " : " trials with ")
                          + rung.budget())
              .collect(Collectors.joining(", then "));
      console.say("Epochs of " + method + ": " + epochs);
    }
    searched
        .outside()
        .ifPresent(
            setting ->
                console.say(
                    "Note: "
                        + setting
                        + " of the design as it is lies outside the space, so that the search"
                        + " does not begin with that design"));
    console.say("Journal: " + journal("") + "; the same command goes on from it");
    Tuned tuned;
    try (Interrupts interrupts = Interrupts.watch(() -> console.say(Interrupts.STOPPING))) {
      try {
        tuned = tune(searched, tuning, read, interrupts);
      } catch (InterruptedException e) {
        if (!interrupts.requested()) {
          throw e;
        }
        console.say(
            "Interrupted; each fold that has ended is kept. To go on: " + TypedCommand.of(spec));
        return interrupts.exitCode();
      }
    }
    SearchFiles.write(
        tuned.result(), tuned.outer(), method.unit(), tuned.winner(), tuned.classifier(), out);
    report(tuned.result(), tuned.outer());
    return 0;
  }

  /** What came of it all. */
  private record Tuned(
      SearchResult result,
      List<TextSearch.Outer> outer,
      Design winner,
      TextClassifier classifier) {}

  private Tuned tune(
      DesignSearch searched, TextSearch tuning, LabelledTexts read, Interrupts interrupts)
      throws IOException, InterruptedException {
    long seed = searched.design().get(TrainingSettings.SEED);
    // First the search itself: if its journal is that of another one, nothing has been lost.
    SearchResult result =
        interrupts.interruptible(() -> tuning.run(search(searched, ""), read, seed));
    boolean failed = result.ranking().get(0).failed();
    List<TextSearch.Outer> outer =
        nested && !failed
            ? interrupts.interruptible(() -> nested(tuning, searched, read))
            : List.of();
    if (failed) {
      SearchFiles.writeSearch(result, outer, out);
    }
    Design winner = searched.winner(result);
    TextClassifier.Trained trained =
        new TrainingRun("the winner", winner)
            .threads(threads())
            .stopWhen(interrupts::requested)
            .run(read, read.select(), console, false);
    interrupts.check();
    return new Tuned(result, outer, winner, trained.classifier());
  }

  private Space space(Design design) {
    Path file = Path.of(space);
    if (!Files.exists(file) && !space.endsWith(".json")) {
      try {
        return Spaces.named(space);
      } catch (IllegalArgumentException e) {
        throw usage("--space: " + e.getMessage() + ", which is no file either");
      }
    }
    return Spaces.read(file, design);
  }

  private void check(Design design, Space searched) {
    texts.check();
    requireAtLeast("--trials", 1, trials);
    boolean counted = spec.commandLine().getParseResult().hasMatchedOption("--trials");
    if (method == TuneMethod.HYPERBAND && counted) {
      throw usage(
          "--trials: expected none with hyperband, which has its own number, got " + trials);
    }
    requireAtLeast("--points", 1, points);
    requireAtLeast("--folds", 2, folds);
    requireAtLeast("--repeats", 1, repeats);
    requireAtLeast("--threads", 1, threads());
    if (race && folds * repeats <= DesignSearch.RACE.folds()) {
      throw usage("--race: expected 4 folds or more, got " + folds * repeats);
    }
    if (method.halves() && searched.names().contains(TrainingSettings.EPOCHS.name())) {
      throw usage(
          "--method: expected a space without epochs, which "
              + method
              + " gives out itself, got one with them");
    }
    if (method.halves() && design.get(TrainingSettings.EPOCHS) < 2) {
      throw usage("--epochs: expected 2 or more to be given out by " + method + ", got 1");
    }
    if (method == TuneMethod.GRID) {
      int size = new Grid(points).trials(searched, 1);
      if (size > trials) {
        throw usage("--trials: expected at least the " + size + " of the grid, got " + trials);
      }
    }
    designs.check(design, Math.max(2, texts.namedLabels()), false);
  }

  private void requireAtLeast(String option, int least, int value) {
    if (value < least) {
      throw usage(option + ": expected a number of " + least + " or more, got " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private Search search(DesignSearch searched, String part) {
    Search search =
        searched
            .search()
            .threads(threads())
            .journal(journal(part))
            .listener(new TuneProgress(console));
    return race ? search.race(DesignSearch.RACE) : search;
  }

  /** The journal of the search, or of one of the searches within outer folds. */
  private Path journal(String part) {
    Path whole = journal == null ? out.resolve(JOURNAL) : journal;
    return part.isEmpty() ? whole : whole.resolveSibling(whole.getFileName() + "." + part);
  }

  /** What may be in the folder: journals and, beside that of the search, all that it leaves. */
  private Set<String> goneOnFrom() {
    Set<String> names = new HashSet<>(Set.of(String.valueOf(journal("").getFileName())));
    for (int fold = 1; fold <= folds; fold++) {
      names.add(String.valueOf(journal("outer-" + fold).getFileName()));
    }
    if (journal == null && Files.exists(journal(""))) {
      // Opening the journal refuses another search, before any of these files is touched.
      names.addAll(SearchFiles.NAMES);
    }
    return names;
  }

  private List<TextSearch.Outer> nested(
      TextSearch tuning, DesignSearch searched, LabelledTexts read) throws InterruptedException {
    Folds outer = new Folds(folds, 1, tuning.folds().grouped());
    return tuning.nested(
        outer,
        number -> {
          console.say("Outer fold " + (number + 1) + " of " + folds);
          return search(searched, "outer-" + (number + 1));
        },
        read,
        searched.design().get(TrainingSettings.SEED));
  }

  private void report(SearchResult result, List<TextSearch.Outer> outer) {
    if (json) {
      Map<String, Object> report = SearchFiles.search(result, outer);
      report.put("model", out.resolve(SearchFiles.MODEL).toString());
      console.out().println(Json.write(report));
      return;
    }
    console.out().print(SearchFiles.ranking(result, method.unit()));
    console.out().println();
    if (nested) {
      double mean = outer.stream().mapToDouble(TextSearch.Outer::score).average().orElseThrow();
      console
          .out()
          .println("Winners of outer folds on what these hold out: " + Tables.percent(mean));
    }
    console.out().println("Model, search.json and pictures written to " + out);
  }
}
