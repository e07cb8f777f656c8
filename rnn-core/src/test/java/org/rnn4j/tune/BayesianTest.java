package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class BayesianTest {
  private static final int SEEDS = 20;
  private static final int TRIALS = 30;

  @ParameterizedTest
  @EnumSource
  void it_beats_a_randomised_search_of_as_many_trials_with_16_of_20_seeds(NoisyFunctions function) {
    List<String> outcomes = new ArrayList<>();
    long won =
        LongStream.range(0, SEEDS)
            .filter(
                seed -> {
                  double bayesian = found(function, Bayesian.of(TRIALS), seed);
                  double randomised = found(function, new Randomised(TRIALS), seed);
                  outcomes.add(seed + ": " + bayesian + " and " + randomised);
                  return bayesian > randomised;
                })
            .count();
    assertThat(won).as("wins, by seed: %s", outcomes).isGreaterThanOrEqualTo(16);
  }

  /** The value without noise of the configuration that a search prefers. */
  private static double found(NoisyFunctions function, SearchMethod method, long seed) {
    try {
      SearchResult result =
          Search.over(function.space)
              .method(method)
              .seed(seed)
              .threads(1)
              .run(
                  (configuration, fold, budget, foldSeed) ->
                      function.score(configuration, foldSeed));
      assertThat(result.trials()).hasSize(TRIALS);
      return function.exact(result.best().configuration());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
