package org.rnn4j.examples.sentiment;

import java.util.Arrays;
import java.util.Locale;
import org.rnn4j.tune.Bayesian;
import org.rnn4j.tune.Grid;
import org.rnn4j.tune.Halving;
import org.rnn4j.tune.Hyperband;
import org.rnn4j.tune.Randomised;
import org.rnn4j.tune.SearchMethod;

/** How the command {@code tune} chooses what to try. */
enum TuneMethod {
  GRID,
  RANDOM,
  HALVING,
  HYPERBAND,
  BAYES;

  private static final int FACTOR = 3;

  /** As many trials at once as keep several threads at work, without learning much less. */
  private static final int BATCH = 2;

  /** Whether trials begin with few epochs. */
  boolean halves() {
    return this == HALVING || this == HYPERBAND;
  }

  /**
   * The method.
   *
   * @param trials how many configurations are tried
   * @param points how many values of a range a grid has
   * @param budget the whole budget
   */
  SearchMethod method(int trials, int points, int budget) {
    return switch (this) {
      case GRID -> new Grid(points);
      case RANDOM -> new Randomised(trials);
      case HALVING -> new Halving(trials, least(trials, budget), FACTOR);
      case HYPERBAND -> new Hyperband(1, FACTOR);
      case BAYES -> Bayesian.of(trials).batch(BATCH);
    };
  }

  /** The budget to begin with, so that the last rung comes as near to the whole as it can. */
  private static int least(int trials, int budget) {
    int least = budget;
    for (int left = trials; left >= FACTOR && least >= FACTOR; left /= FACTOR) {
      least /= FACTOR;
    }
    return least;
  }

  static TuneMethod named(String name) {
    for (TuneMethod method : values()) {
      if (method.toString().equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "Expected a method of " + Arrays.toString(values()) + ", got " + name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
