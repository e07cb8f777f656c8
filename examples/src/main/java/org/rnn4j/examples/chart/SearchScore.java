package org.rnn4j.examples.chart;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What the trials of a search are measured by.
 *
 * @param name accuracy, for instance
 * @param greaterIsBetter false for a loss
 * @param share whether it is a share from 0 to 1, to be written as a percentage
 */
public record SearchScore(String name, boolean greaterIsBetter, boolean share) {

  /** An axis that spans the scores that there are. */
  Axis axis(List<SearchTrial> trials) {
    DoubleStream scores = trials.stream().mapToDouble(SearchTrial::score);
    return share ? Axis.shares(name, scores) : Axis.numbers(name, scores);
  }

  /** Whether one score is better than another. */
  public boolean isBetter(double score, double than) {
    return greaterIsBetter ? score > than : score < than;
  }

  /** The best of those that have a score, of equally good ones the first. */
  Optional<SearchTrial> best(List<SearchTrial> trials) {
    SearchTrial best = null;
    for (SearchTrial trial : trials) {
      if (trial.isScored() && (best == null || isBetter(trial.score(), best.score()))) {
        best = trial;
      }
    }
    return Optional.ofNullable(best);
  }

  /** A score as it is written. */
  public String write(double score) {
    return share ? Digits.percent(score, 1) : Digits.significant(score, 4);
  }
}
