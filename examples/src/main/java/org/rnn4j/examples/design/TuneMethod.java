package org.rnn4j.examples.design;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rnn4j.tune.Bayesian;
import org.rnn4j.tune.Grid;
import org.rnn4j.tune.Halving;
import org.rnn4j.tune.Hyperband;
import org.rnn4j.tune.Randomised;
import org.rnn4j.tune.Rung;
import org.rnn4j.tune.SearchMethod;

/** How a search chooses what to try, by the name that the command line knows it by. */
public enum TuneMethod {
  /** All combinations. */
  GRID,
  /** Drawn at random. */
  RANDOM,
  /** Many with few epochs, the better ones with more. */
  HALVING,
  /** Halving with several numbers to begin with. */
  HYPERBAND,
  /** By what a Gaussian process expects of them. */
  BAYES;

  private static final int FACTOR = 3;

  /** As many trials at once as keep several threads at work, without learning much less. */
  private static final int BATCH = 2;

  /** Whether trials begin with few epochs. */
  public boolean halves() {
    return this == HALVING || this == HYPERBAND;
  }

  /** Whether as many configurations as wanted are chosen, each with the whole budget. */
  boolean chooses() {
    return this == RANDOM || this == BAYES;
  }

  /** What the budget of a trial on one fold is counted in, as a noun in the plural. */
  public String unit() {
    return halves() ? "epochs" : "folds";
  }

  /**
   * The method.
   *
   * @param trials how many configurations are tried
   * @param points how many values of a range a grid has
   * @param budget the whole budget
   */
  public SearchMethod method(int trials, int points, int budget) {
    return switch (this) {
      case GRID -> new Grid(points);
      case RANDOM -> new Randomised(trials);
      case HALVING -> halving(trials, budget);
      case HYPERBAND -> new Hyperband(1, FACTOR);
      case BAYES -> Bayesian.of(trials).batch(BATCH);
    };
  }

  /** Halving by 3, or by 2 or 4 where the last rung then comes nearer to the whole budget. */
  private static Halving halving(int trials, int budget) {
    return Stream.of(FACTOR, 2, 4)
        .map(factor -> new Halving(trials, least(trials, budget, factor), factor))
        .reduce((nearest, other) -> last(other, budget) > last(nearest, budget) ? other : nearest)
        .orElseThrow();
  }

  /** The budget of the last rung; nothing where it is the first too. */
  private static int last(Halving halving, int budget) {
    List<Rung> rungs = halving.rungs(budget);
    return rungs.size() > 1 ? rungs.get(rungs.size() - 1).budget() : 0;
  }

  /** The budget to begin with. */
  private static int least(int trials, int budget, int factor) {
    int least = budget;
    for (int left = trials; left >= factor && least >= factor; left /= factor) {
      least /= factor;
    }
    return least;
  }

  /** How many configurations are given how much, where trials begin with few epochs. */
  List<Rung> rungs(int trials, int budget) {
    SearchMethod method = method(trials, 1, budget);
    if (method instanceof Halving halving) {
      return halving.rungs(budget);
    }
    return method instanceof Hyperband hyperband
        ? hyperband.brackets(budget).stream().flatMap(List::stream).toList()
        : List.of();
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TuneMethod named(String name) {
    for (TuneMethod method : values()) {
      if (method.toString().equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "Expected a method of " + Arrays.toString(values()) + ", got " + name);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
