package org.rnn4j.examples.sentiment;

import java.util.Locale;
import org.rnn4j.tune.FoldTask;
import org.rnn4j.tune.SearchListener;
import org.rnn4j.tune.Trial;

/** A line for each fold and each trial of a search; trials have the numbers of the journal. */
final class TuneProgress implements SearchListener {
  private final Console console;
  private int known;

  TuneProgress(Console console) {
    this.console = console;
  }

  @Override
  public void foldEnded(FoldTask.Outcome outcome, Progress progress) {
    if (progress.known() > known) {
      known = progress.known();
      return;
    }
    console.say(
        "Fold "
            + progress.ended()
            + " of at most "
            + progress.planned()
            + ": trial "
            + outcome.task().trial()
            + ", "
            + (outcome.score() == null ? "failed" : Tables.percent(outcome.score())));
  }

  @Override
  public void trialEnded(Trial trial) {
    console.say("Trial " + trial.number() + ": " + score(trial) + "  " + trial.configuration());
  }

  /** The score of a trial with its standard error, or why there is none. */
  static String score(Trial trial) {
    return switch (trial.state()) {
      case FAILED -> "failed, " + trial.error();
      case STOPPED -> mean(trial) + " when stopped";
      case COMPLETE -> mean(trial);
    };
  }

  private static String mean(Trial trial) {
    return String.format(
        Locale.ROOT, "%.2f ± %.2f %%", 100 * trial.mean(), 100 * trial.standardError());
  }
}
