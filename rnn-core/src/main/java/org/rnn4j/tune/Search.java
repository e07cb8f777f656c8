package org.rnn4j.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.RandomStream;

/**
 * Looks for the configuration with the highest mean score over folds. Settings are given in any
 * order, then {@link #run(Objective)} runs:
 *
 * <pre>{@code
 * SearchResult result = Search.over(space)
 *     .method(Bayesian.of(30)).folds(5).seed(1)
 *     .journal(Path.of("search.jsonl"))
 *     .run((configuration, fold, budget, seed) -> score);
 * Configuration best = result.best().configuration();
 * }</pre>
 *
 * <p>The same settings and seed give the same trials in the same order, and the same bytes of
 * {@link SearchResult#toJson} and of the journal, whatever the number of threads, provided that the
 * objective depends on its arguments only. With a journal a search that was killed goes on without
 * repeating a fold that had ended, to the same bytes.
 *
 * <p>Defaults: 10 trials drawn at random, none before them; 1 fold; a budget of 1; seed 0; no
 * journal; no trial is stopped early; as many threads as processors.
 */
public final class Search {
  private final Space space;
  private SearchMethod method = new Randomised(10);
  private int folds = 1;
  private int budget = 1;
  private long seed;
  private int threads = Runtime.getRuntime().availableProcessors();
  private String subject = "";
  private List<Configuration> first = List.of();
  private @Nullable Race race;
  private @Nullable Path journal;
  private SearchListener listener = new SearchListener() {};

  private Search(Space space) {
    this.space = Objects.requireNonNull(space, "space");
  }

  /** A search in a space. */
  public static Search over(Space space) {
    return new Search(space);
  }

  /** How configurations are chosen. */
  public Search method(SearchMethod method) {
    this.method = Objects.requireNonNull(method, "method");
    return this;
  }

  /**
   * How many folds a trial has, repeats included.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Search folds(int folds) {
    this.folds = requirePositive("folds", folds);
    return this;
  }

  /**
   * The whole budget of a trial on a fold, such as epochs.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Search budget(int budget) {
    this.budget = requirePositive("budget", budget);
    return this;
  }

  /** What all randomness derives from. */
  public Search seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * How many tasks run at once, where the search runs them itself; no effect on any result.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Search threads(int threads) {
    this.threads = requirePositive("threads", threads);
    return this;
  }

  /**
   * What is searched for beside the space, in words or as a digest: the data, the settings that
   * stay. A journal with another subject is refused.
   */
  public Search subject(String subject) {
    this.subject = Objects.requireNonNull(subject, "subject");
    return this;
  }

  /**
   * Configurations that are tried with the whole budget before any that the method chooses, such as
   * the one in use so far: what is found is then at least as good by the same folds, and what it is
   * better by can be read off. They are no part of the number of trials that a method has. {@link
   * Bayesian} learns from them; none is tried again. None unless told.
   *
   * @throws IllegalArgumentException if one is not of the space, or stands twice
   */
  public Search first(Configuration... configurations) {
    List<Configuration> checked = new ArrayList<>();
    for (Configuration configuration : configurations) {
      Configuration own = space.configuration(configuration.values());
      if (checked.contains(own)) {
        throw new IllegalArgumentException(
            "Expected each configuration once, got " + own + " twice");
      }
      checked.add(own);
    }
    this.first = List.copyOf(checked);
    return this;
  }

  /** Stops trials that have no hope to be the best. */
  public Search race(Race race) {
    this.race = Objects.requireNonNull(race, "race");
    return this;
  }

  /**
   * Where each fold is written down as soon as it has ended. If there is a journal of the same
   * search, the search goes on from it. No two searches share one: for that an empty file {@code
   * .name.lock} stands beside it; see {@link org.rnn4j.io.WriterLock}.
   */
  public Search journal(Path journal) {
    this.journal = Objects.requireNonNull(journal, "journal");
    return this;
  }

  /** Who is told how it goes. */
  public Search listener(SearchListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  private static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("Expected " + name + " of 1 or more, got " + value);
    }
    return value;
  }

  /**
   * Searches on threads of this machine.
   *
   * @throws IllegalArgumentException if space, budget and method do not go together, before any
   *     work is done
   * @throws JournalException if the journal is that of another search, is damaged, is in use, or
   *     cannot be written
   * @throws InterruptedException if the thread was interrupted; what has ended is in the journal
   */
  public SearchResult run(Objective objective) throws InterruptedException {
    return run(new LocalExecutor(objective, threads));
  }

  /**
   * Searches where an executor runs the tasks.
   *
   * @throws IllegalArgumentException as {@link #run(Objective)}
   * @throws JournalException as {@link #run(Objective)}
   * @throws InterruptedException as {@link #run(Objective)}
   */
  public SearchResult run(TrialExecutor executor) throws InterruptedException {
    int trials = Math.addExact(first.size(), method.trials(space, budget));
    int planned = Math.multiplyExact(trials, folds);
    SearchMethod.Sampler sampler =
        method.start(space, budget, new RandomStream(seed).derive("method"));
    if (!first.isEmpty()) {
      sampler = new KnownFirst(first, budget, sampler);
    }
    Map<String, Object> description = describe();
    if (journal == null) {
      return new SearchRun(folds, seed, race, planned, executor, listener, null)
          .run(sampler, description);
    }
    try (Journal opened = Journal.open(journal, description)) {
      SearchResult result =
          new SearchRun(folds, seed, race, planned, executor, listener, opened)
              .run(sampler, description);
      opened.putInOrder();
      return result;
    }
  }

  /** All that a result depends on, except the objective. */
  private Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("subject", subject);
    json.put("space", SpaceJson.write(space));
    json.put("method", method.describe());
    json.put("folds", folds);
    json.put("budget", budget);
    json.put("seed", seed);
    if (!first.isEmpty()) {
      json.put("first", first.stream().map(Configuration::values).toList());
    }
    if (race != null) {
      json.put("race", race.describe());
    }
    return json;
  }
}
