package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.DesignSearch;
import org.rnn4j.examples.design.Settings;
import org.rnn4j.examples.design.Spaces;
import org.rnn4j.examples.design.TuneMethod;
import org.rnn4j.examples.report.ReportFolder;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.tune.TextSearch;
import org.rnn4j.tune.Grid;
import org.rnn4j.tune.Race;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;
import org.rnn4j.tune.Trial;
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
  private static final int RACE_FOLDS = 3;

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
      description = "Where search.json, design.json and model.safetensors go.")
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
    texts.part(read, plan, design.get(Settings.SEED));
    ReportFolder.prepare(out, force, journals());

    DesignSearch searched = new DesignSearch(design, wanted, method, trials, points);
    TextSearch tuning = searched.on(plan);
    List<TextSearch.Outer> outer = nested ? nested(tuning, searched, read) : List.of();
    console.say("Journal: " + journal("") + "; the same command goes on from it");
    SearchResult result = tuning.run(search(searched, ""), read, design.get(Settings.SEED));
    if (result.ranking().get(0).failed()) {
      write("search.json", result.toJson());
    }
    Design winner = searched.winner(result);
    TextClassifier.Trained trained =
        new TrainingRun("the winner", winner)
            .threads(threads())
            .run(read, read.select(), console, false);
    // Not before: killed while it trains the winner, the same command must still find its folder.
    write("search.json", result.toJson());
    write("design.json", Json.write(winner.toMap()));
    Path model = out.resolve("model.safetensors");
    trained.classifier().save(model);
    report(result, outer, model);
    return 0;
  }

  private void write(String name, String json) throws IOException {
    AtomicFiles.writeString(out.resolve(name), json + "\n");
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
    try {
      Space read = Space.fromJson(Files.readString(file, StandardCharsets.UTF_8));
      Spaces.check(read, design);
      return read;
    } catch (IllegalArgumentException e) {
      throw DataException.inFile(
              file, "a space of settings as JSON", String.valueOf(e.getMessage()))
          .causedBy(e);
    } catch (IOException e) {
      throw DataException.inFile(file, "a space of settings as JSON", e.toString()).causedBy(e);
    }
  }

  private void check(Design design, Space searched) {
    texts.check();
    requireAtLeast("--trials", 1, trials);
    requireAtLeast("--points", 1, points);
    requireAtLeast("--folds", 2, folds);
    requireAtLeast("--repeats", 1, repeats);
    requireAtLeast("--threads", 1, threads());
    if (race && folds * repeats <= RACE_FOLDS) {
      throw usage("--race: expected 4 folds or more, got " + folds * repeats);
    }
    if (method.halves() && searched.names().contains(Settings.EPOCHS.name())) {
      throw usage(
          "--method: expected a space without epochs, which "
              + method
              + " gives out itself, got one with them");
    }
    if (method.halves() && design.get(Settings.EPOCHS) < 2) {
      throw usage("--epochs: expected 2 or more to be given out by " + method + ", got 1");
    }
    if (method == TuneMethod.GRID) {
      int size = new Grid(points).trials(searched, 1);
      if (size > trials) {
        throw usage("--trials: expected at least the " + size + " of the grid, got " + trials);
      }
    }
    int labels = texts.namedLabels();
    designs.check(design, labels == 0 ? 2 : labels, false);
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
    return race ? search.race(Race.after(RACE_FOLDS)) : search;
  }

  /** The journal of the search, or of one of the searches within outer folds. */
  private Path journal(String part) {
    Path whole = journal == null ? out.resolve(JOURNAL) : journal;
    return part.isEmpty() ? whole : whole.resolveSibling(whole.getFileName() + "." + part);
  }

  private Set<String> journals() {
    Set<String> names = new HashSet<>(Set.of(String.valueOf(journal("").getFileName())));
    for (int fold = 1; fold <= folds; fold++) {
      names.add(String.valueOf(journal("outer-" + fold).getFileName()));
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
        searched.design().get(Settings.SEED));
  }

  private void report(SearchResult result, List<TextSearch.Outer> outer, Path model) {
    List<Double> scores = outer.stream().map(TextSearch.Outer::score).toList();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>(Json.parseObject(result.toJson()));
      if (nested) {
        report.put("nested", scores);
      }
      report.put("model", model.toString());
      console.out().println(Json.write(report));
      return;
    }
    console.out().print(ranking(result));
    console.out().println();
    if (nested) {
      double mean = scores.stream().mapToDouble(s -> s).average().orElseThrow();
      console
          .out()
          .println("Winners of outer folds on what these hold out: " + Tables.percent(mean));
    }
    console.out().println("Model and search.json written to " + out);
  }

  /** A row for each configuration, best first. */
  private static Table ranking(SearchResult result) {
    List<String> headings = new ArrayList<>(List.of(">rank", ">trial", "score"));
    List<Trial> ranking = result.ranking();
    Set<String> names = new LinkedHashSet<>();
    ranking.forEach(trial -> names.addAll(trial.configuration().values().keySet()));
    headings.addAll(names);
    Table table = new Table(headings.toArray(String[]::new));
    int rank = 0;
    for (Trial trial : ranking) {
      List<Object> row = new ArrayList<>();
      row.add(++rank);
      row.add(trial.number() + 1);
      row.add(trial.failed() ? "failed" : TuneProgress.score(trial));
      names.forEach(name -> row.add(cell(trial, name)));
      table.row(row.toArray());
    }
    return table;
  }

  private static String cell(Trial trial, String name) {
    Object value = trial.configuration().values().get(name);
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.4g", number);
    }
    return value == null ? "-" : value.toString();
  }
}
