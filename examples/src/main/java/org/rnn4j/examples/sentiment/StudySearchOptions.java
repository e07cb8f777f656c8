package org.rnn4j.examples.sentiment;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.DesignSearch;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.examples.study.StudySearch;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.tune.Search;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether and how a study searches for settings. */
final class StudySearchOptions {
  private static final int TRIALS = 20;
  private static final int DEMO_TRIALS = 4;
  private static final int FOLDS = 5;
  private static final int DEMO_FOLDS = 2;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--search",
      description =
          "First search for settings by cross-validation on the training texts, then train and"
              + " test the winner beside the study's own designs; leaves search.json too. Killed,"
              + " it goes on by the same command.")
  private boolean wanted;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "Configurations that the search tries, where it is no grid. Default: 20, 4 on the demo's"
              + " texts.")
  private @Nullable Integer trials;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "Folds of the search, stratified, or grouped with --groups. Default: 5, 2 on the demo's"
              + " texts.")
  private @Nullable Integer folds;

  @Option(
      names = "--race",
      description = "Stop trials of the search without hope after 3 folds; takes 4 folds or more.")
  private boolean race;

  /** Whether there is a search. */
  boolean wanted() {
    return wanted;
  }

  /**
   * Checks the options themselves.
   *
   * @throws ParameterException naming the option
   */
  void check() {
    requireAtLeast("--trials", 1, trials);
    requireAtLeast("--folds", 2, folds);
    if (race && !wanted) {
      throw usage("--race: expected --search with it, got none");
    }
  }

  /**
   * Checks the options with what is searched on.
   *
   * @throws ParameterException naming the option
   */
  void check(boolean demo) {
    if (race && folds(demo) <= DesignSearch.RACE.folds()) {
      throw usage("--race: expected 4 folds or more, got " + folds(demo));
    }
  }

  private void requireAtLeast(String option, int least, @Nullable Integer value) {
    if (value == null) {
      return;
    }
    if (!wanted) {
      throw usage(option + ": expected --search with it, got none");
    }
    if (value < least) {
      throw usage(option + ": expected a number of " + least + " or more, got " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** The folds of the search. */
  Folds folds(LabelledTexts train, boolean demo) {
    return LabelledDataOptions.folds(train, folds(demo));
  }

  private int folds(boolean demo) {
    return folds != null ? folds : demo ? DEMO_FOLDS : FOLDS;
  }

  /** What a search that was killed may have left, by which it goes on. */
  Set<String> files(StudySearch search) {
    Set<String> names = new HashSet<>();
    if (wanted) {
      for (int stage = 0; stage < search.stages().size(); stage++) {
        names.add(journal(stage));
      }
    }
    return names;
  }

  private static String journal(int stage) {
    return "journal-" + (stage + 1) + ".jsonl";
  }

  /**
   * Searches, with a journal for each stage in the folder.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  StudySearch.Found run(
      StudySearch search, LabelledTexts train, boolean demo, int threads, Path out, Console console)
      throws InterruptedException {
    Folds plan = folds(train, demo);
    int unless = demo ? DEMO_TRIALS : TRIALS;
    long seed = search.start().get(TrainingSettings.SEED);
    return search.run(
        trials == null ? unless : trials,
        (number, stage, searched) -> {
          Path journal = out.resolve(journal(number));
          console.say(
              "Search "
                  + (number + 1)
                  + " of "
                  + search.stages().size()
                  + ", "
                  + stage.name()
                  + ": journal "
                  + journal
                  + "; the same command goes on from it");
          Search run =
              searched
                  .search()
                  .threads(threads)
                  .journal(journal)
                  .listener(new TuneProgress(console));
          if (race) {
            run.race(DesignSearch.RACE);
          }
          return searched.on(plan).run(run, train, seed);
        });
  }
}
