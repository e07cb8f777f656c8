package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.json.Json;

/**
 * What a search has found.
 *
 * @param search what was searched for: space, method, folds, budget, seed, as plain JSON values
 * @param trials all trials, in the order of their numbers
 */
public record SearchResult(Map<String, Object> search, List<Trial> trials) {

  /** Copies the trials. */
  public SearchResult {
    search = Collections.unmodifiableMap(new LinkedHashMap<>(search));
    trials = List.copyOf(trials);
  }

  /**
   * Each configuration once, with the trial of its largest budget: best first, see {@link
   * Trial#BEST_FIRST}.
   */
  public List<Trial> ranking() {
    Set<Configuration> seen = new LinkedHashSet<>();
    return trials.stream()
        .sorted(Trial.BEST_FIRST)
        .filter(trial -> seen.add(trial.configuration()))
        .toList();
  }

  /**
   * The trial of the best configuration: of those that were given the largest budget, that with the
   * highest mean.
   *
   * @throws IllegalStateException if all trials failed; the message is that of the first
   */
  public Trial best() {
    Trial best = ranking().get(0);
    if (best.failed()) {
      throw new IllegalStateException(
          "Expected a trial that did not fail, got "
              + trials.size()
              + " that did; the first: "
              + trials.get(0).error());
    }
    return best;
  }

  /** The space that was searched. */
  public Space space() {
    return Space.fromJson(Json.write(search.get("space")));
  }

  /** The trials of what was known before the search, see {@link Search#first}. */
  public List<Trial> first() {
    return search.get("first") instanceof List<?> known
        ? trials.subList(0, Math.min(known.size(), trials.size()))
        : List.of();
  }

  /** What was spent: the budget of each trial times the folds that were scored. */
  public long spent() {
    return trials.stream().mapToLong(trial -> (long) trial.budget() * trial.scores().size()).sum();
  }

  /**
   * A point of the curve of what a search buys.
   *
   * @param trial the number of the trial
   * @param spent what was spent up to its end
   * @param best the mean score of the best trial up to there, in the order of a ranking
   */
  public record Progress(int trial, long spent, double best) {}

  /** The best so far after each trial; begins with the first that did not fail. */
  public List<Progress> progress() {
    List<Progress> curve = new ArrayList<>();
    long spent = 0;
    Trial best = null;
    for (Trial trial : trials) {
      spent += (long) trial.budget() * trial.scores().size();
      if (best == null || Trial.BEST_FIRST.compare(trial, best) < 0) {
        best = trial;
      }
      if (!best.failed()) {
        curve.add(new Progress(trial.number(), spent, best.mean()));
      }
    }
    return curve;
  }

  /**
   * A value of a parameter and the score that came with it.
   *
   * @param trial the number of the trial
   * @param value the value: a text, a whole number, a number or a truth value
   * @param budget what was spent on each fold
   * @param score the mean over folds
   */
  public record Point(int trial, Object value, int budget, double score) {}

  /** A parameter against the score: the trials that did not fail and in which it exists. */
  public List<Point> points(String parameter) {
    return trials.stream()
        .filter(trial -> !trial.failed() && trial.configuration().has(parameter))
        .map(
            trial ->
                new Point(
                    trial.number(),
                    trial.configuration().get(parameter),
                    trial.budget(),
                    trial.mean()))
        .toList();
  }

  /** The result as JSON on one line: the search, the best trial, the ranking, all trials. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>(search);
    json.put("spent", spent());
    List<Trial> ranking = ranking();
    if (!ranking.isEmpty() && !ranking.get(0).failed()) {
      json.put("best", ranking.get(0).toJson());
    }
    json.put("ranking", ranking.stream().map(Trial::number).toList());
    json.put("trials", trials.stream().map(Trial::toJson).toList());
    return Json.write(json);
  }
}
