package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.RandomStream;

/**
 * The loop of a search: asks for a batch, has its folds scored, tells how they went. Whatever is
 * decided is decided between batches, or between rounds of a race, from all that was known then:
 * the order in which tasks end has no say.
 */
final class SearchRun {
  private final int folds;
  private final RandomStream seeds;
  private final @Nullable Race race;
  private final int planned;
  private final TrialExecutor executor;
  private final SearchListener listener;
  private final @Nullable Journal journal;

  private final List<Trial> trials = new ArrayList<>();
  private int ended;
  private int known;

  SearchRun(
      int folds,
      long seed,
      @Nullable Race race,
      int planned,
      TrialExecutor executor,
      SearchListener listener,
      @Nullable Journal journal) {
    this.folds = folds;
    this.seeds = new RandomStream(seed).derive("fold");
    this.race = race;
    this.planned = planned;
    this.executor = executor;
    this.listener = listener;
    this.journal = journal;
  }

  /** A trial whose folds are being scored. */
  private final class Running {
    final int number;
    final SearchMethod.Proposal proposal;
    final FoldTask.@Nullable Outcome[] outcomes = new FoldTask.Outcome[folds];
    boolean stopped;

    Running(int number, SearchMethod.Proposal proposal) {
      this.number = number;
      this.proposal = proposal;
    }

    FoldTask task(int fold) {
      return new FoldTask(
          number, proposal.configuration(), fold, proposal.budget(), seeds.derive(fold).seed());
    }

    List<Double> scores() {
      List<Double> scores = new ArrayList<>();
      for (FoldTask.Outcome outcome : outcomes) {
        if (outcome != null && outcome.score() != null) {
          scores.add(outcome.score());
        }
      }
      return scores;
    }

    @Nullable String error() {
      for (FoldTask.Outcome outcome : outcomes) {
        if (outcome != null && outcome.error() != null) {
          return "fold " + (outcome.task().fold() + 1) + ": " + outcome.error();
        }
      }
      return null;
    }

    boolean goesOn() {
      return !stopped && error() == null;
    }

    Trial trial() {
      String error = error();
      Trial.State state =
          error != null ? Trial.State.FAILED : stopped ? Trial.State.STOPPED : Trial.State.COMPLETE;
      return new Trial(number, proposal.configuration(), proposal.budget(), scores(), state, error);
    }
  }

  SearchResult run(SearchMethod.Sampler sampler, Map<String, Object> description)
      throws InterruptedException {
    for (List<SearchMethod.Proposal> next = sampler.ask(); !next.isEmpty(); next = sampler.ask()) {
      List<Trial> batch = runBatch(next);
      trials.addAll(batch);
      batch.forEach(listener::trialEnded);
      sampler.tell(batch);
    }
    return new SearchResult(description, trials);
  }

  private List<Trial> runBatch(List<SearchMethod.Proposal> proposals) throws InterruptedException {
    List<Running> batch = new ArrayList<>();
    for (SearchMethod.Proposal proposal : proposals) {
      batch.add(new Running(trials.size() + batch.size(), proposal));
    }
    int from = 0;
    while (from < folds) {
      int to = race == null ? folds : from == 0 ? Math.min(race.folds(), folds) : from + 1;
      runFolds(batch.stream().filter(Running::goesOn).toList(), from, to);
      if (race != null && to < folds) {
        stopHopeless(batch, to, race);
      }
      from = to;
    }
    return batch.stream().map(Running::trial).toList();
  }

  private void runFolds(List<Running> batch, int from, int to) throws InterruptedException {
    List<FoldTask> missing = new ArrayList<>();
    for (Running trial : batch) {
      for (int fold = from; fold < to; fold++) {
        FoldTask task = trial.task(fold);
        FoldTask.Outcome found = journal == null ? null : journal.find(task);
        if (found == null) {
          missing.add(task);
        } else {
          known++;
          ended(trial, found);
        }
      }
    }
    if (!missing.isEmpty()) {
      int first = batch.get(0).number;
      Running[] byNumber = new Running[batch.get(batch.size() - 1).number - first + 1];
      batch.forEach(trial -> byNumber[trial.number - first] = trial);
      executor.run(missing, outcome -> write(byNumber[outcome.task().trial() - first], outcome));
      requireAll(batch, from, to);
    }
  }

  private synchronized void write(Running trial, FoldTask.Outcome outcome) {
    if (trial.outcomes[outcome.task().fold()] != null) {
      throw new IllegalStateException("Expected each task to end once, got twice " + outcome);
    }
    if (journal != null) {
      journal.append(outcome);
    }
    ended(trial, outcome);
  }

  private void ended(Running trial, FoldTask.Outcome outcome) {
    trial.outcomes[outcome.task().fold()] = outcome;
    ended++;
    listener.foldEnded(outcome, new SearchListener.Progress(ended, planned, known));
  }

  private synchronized void requireAll(List<Running> batch, int from, int to) {
    for (Running trial : batch) {
      for (int fold = from; fold < to; fold++) {
        Objects.requireNonNull(
            trial.outcomes[fold],
            "Expected the executor to say how each task ended, got nothing for one");
      }
    }
  }

  /** Compares the trials that go on with the best there is on the same folds. */
  private void stopHopeless(List<Running> batch, int done, Race rule) {
    for (Running trial : batch) {
      if (trial.goesOn()) {
        List<Double> own = trial.scores();
        List<Double> leader = own;
        for (List<Double> other : comparable(batch, trial.proposal.budget(), done)) {
          leader = Trial.mean(other) > Trial.mean(leader) ? other : leader;
        }
        trial.stopped = rule.hopeless(own, leader);
      }
    }
  }

  /** The scores on the first folds of all trials of a budget that have them. */
  private List<List<Double>> comparable(List<Running> batch, int budget, int done) {
    List<List<Double>> scores = new ArrayList<>();
    for (Trial trial : trials) {
      if (!trial.failed() && trial.budget() == budget && trial.scores().size() >= done) {
        scores.add(trial.scores().subList(0, done));
      }
    }
    for (Running trial : batch) {
      if (trial.error() == null && trial.proposal.budget() == budget) {
        List<Double> own = trial.scores();
        if (own.size() == done) {
          scores.add(own);
        }
      }
    }
    return scores;
  }
}
