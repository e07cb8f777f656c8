package org.rnn4j.examples.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.tune.TextSearch;
import org.rnn4j.train.Trainer;
import org.rnn4j.tune.Configuration;
import org.rnn4j.tune.Race;
import org.rnn4j.tune.Rung;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;
import org.rnn4j.tune.Trial;

/**
 * A search over settings of a design. The budget of halving methods are the design's epochs; with
 * the others every trial has all of them.
 *
 * @param design what stays as it is
 * @param space what is varied, by the names of settings
 * @param method how configurations are chosen
 * @param trials how many are tried, where the method has no number of its own
 * @param points how many values of a range a grid has
 */
public record DesignSearch(Design design, Space space, TuneMethod method, int trials, int points) {

  /** The race in which a search may stop trials without hope. */
  public static final Race RACE = Race.after(3);

  /** A seed of 64 bits has more digits than a setting takes. */
  private static final int UNUSED_BITS = 16;

  /**
   * The search on texts that are parted into folds; each trains on one thread, and stops where that
   * is interrupted.
   */
  public TextSearch on(Folds folds) {
    return TextSearch.of(
            folds,
            (configuration, train, epochs, seed) -> {
              Design own =
                  Spaces.design(design, configuration)
                      .with(TrainingSettings.SEED, seed >>> UNUSED_BITS);
              if (method.halves()) {
                own = own.with(TrainingSettings.EPOCHS, epochs);
              }
              own.check(train.labels().size(), false);
              return own.classifier(train, DesignSearch::configure);
            })
        .subject(design.toString());
  }

  private static void configure(Trainer trainer) {
    trainer.threads(1).stopWhen(() -> Thread.currentThread().isInterrupted());
  }

  /**
   * The search with its space, method and budget. Where single configurations are chosen one after
   * the other, and the design as it is lies in the space, it is the first of the trials.
   */
  public Search search() {
    int budget = method.halves() ? design.get(TrainingSettings.EPOCHS) : 1;
    Search search = Search.over(space).budget(budget);
    Optional<Configuration> first = first();
    first.ifPresent(search::first);
    return search.method(method.method(first.isPresent() ? trials - 1 : trials, points, budget));
  }

  /** How many configurations are given how many epochs; nothing where all have the design's. */
  public List<Rung> rungs() {
    return method.rungs(trials, design.get(TrainingSettings.EPOCHS));
  }

  /** The design as it is, if it is tried before others. */
  public Optional<Configuration> first() {
    return method.chooses() && trials > 1
        ? Spaces.configuration(space, design, name -> {})
        : Optional.empty();
  }

  /** The setting, with its value, for which the design as it is cannot be tried before others. */
  public Optional<String> outside() {
    List<String> names = new ArrayList<>();
    if (method.chooses()) {
      Spaces.configuration(space, design, names::add);
    }
    return names.stream()
        .findFirst()
        .map(name -> name + design.text(name).map(value -> " " + value).orElse(""));
  }

  /**
   * The design of the best trial.
   *
   * @throws IllegalArgumentException if all trials failed; the message tells why the first did
   */
  public Design winner(SearchResult result) {
    if (result.ranking().get(0).failed()) {
      throw new IllegalArgumentException(
          "Expected a trial that did not fail, got none; the first: "
              + result.trials().get(0).error());
    }
    Trial best = result.best();
    Design winner = Spaces.design(design, best.configuration());
    return method.halves() ? winner.with(TrainingSettings.EPOCHS, best.budget()) : winner;
  }
}
