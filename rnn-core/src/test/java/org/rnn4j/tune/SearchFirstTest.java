package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.rnn4j.tune.SearchTest.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

/** Configurations that are known before a search, and what the best is better by. */
@RunsOnce
class SearchFirstTest {
  /** A configuration of the space that does not fail on any fold. */
  private static Configuration known() {
    return SpaceTest.MIXED.draw(new RandomStream(2));
  }

  @ParameterizedTest
  @MethodSource("org.rnn4j.tune.SearchTest#methods")
  void what_is_known_is_tried_first_with_the_whole_budget_and_only_once(SearchMethod method)
      throws Exception {
    List<FoldTask> tasks = Collections.synchronizedList(new ArrayList<>());
    Configuration known =
        method instanceof Grid
            ? search(method).run(SearchTest::score).trials().get(3).configuration()
            : known();
    SearchResult result =
        search(method)
            .first(known)
            .run(
                (TrialExecutor)
                    (asked, ended) -> {
                      tasks.addAll(asked);
                      asked.forEach(task -> ended.accept(task.run((c, f, b, s) -> c.real("rate"))));
                    });

    assertThat(result.trials().get(0).configuration()).isEqualTo(known);
    assertThat(result.trials().get(0).budget()).isEqualTo(9);
    assertThat(result.trials().get(0).scores()).hasSize(3);
    assertThat(tasks.stream().filter(task -> task.configuration().equals(known))).hasSize(3);
    assertThat(result.search().get("first")).isEqualTo(List.of(known.values()));
    // What the method tries beside it is as many as without it.
    int without = search(method).run((c, f, b, s) -> c.real("rate")).trials().size();
    assertThat(result.trials()).hasSize(method instanceof Grid ? without : without + 1);
  }

  @Test
  void a_gaussian_process_learns_from_what_is_known_and_chance_does_not()
      throws InterruptedException {
    Configuration known = known();
    for (SearchMethod method : List.of(new Randomised(5), new Bayesian(5, 4, 1))) {
      List<Configuration> last = new ArrayList<>();
      for (double score : new double[] {0, 2}) {
        List<Trial> trials =
            search(method)
                .first(known)
                .run((c, f, b, s) -> c.equals(known) ? score : c.real("dropout"))
                .trials();
        assertThat(trials).hasSize(6);
        last.add(trials.get(5).configuration());
      }
      assertThat(last.get(0).equals(last.get(1)))
          .as(method.toString())
          .isEqualTo(method instanceof Randomised);
    }
  }

  @Test
  void what_the_best_is_better_by_than_the_first_is_counted_on_the_same_folds()
      throws InterruptedException {
    Configuration known = known();
    SearchResult result =
        search(new Randomised(1))
            .first(known)
            .run((c, fold, b, s) -> c.equals(known) ? fold : 1 + fold + fold * fold);

    assertThat(result.space()).isEqualTo(SpaceTest.MIXED);
    assertThat(result.first()).isEqualTo(result.trials().subList(0, 1));
    assertThat(search(new Randomised(1)).run(SearchTest::score).first()).isEmpty();
    // 1, 2 and 5: their mean is 8/3, the squares about it are 26/3, over 3 · 2.
    Trial.Difference difference = result.best().over(result.first().get(0));
    assertThat(difference.mean()).isCloseTo(8 / 3.0, within(1e-15));
    assertThat(difference.standardError()).isCloseTo(Math.sqrt(26 / 18.0), within(1e-15));
  }

  @Test
  void a_trial_that_failed_on_a_fold_is_not_compared_by_the_others() {
    Configuration known = known();
    Trial whole = new Trial(0, known, 9, List.of(0.7, 0.9), Trial.State.COMPLETE, null);
    Trial second = new Trial(7, known, 9, List.of(0.9), Trial.State.FAILED, "fold 1: no room");
    String message =
        "Expected a trial that did not fail, to be compared fold by fold, got number 7:"
            + " fold 1: no room";
    assertThatIllegalArgumentException().isThrownBy(() -> second.over(whole)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> whole.over(second)).withMessage(message);
  }

  @Test
  void a_gaussian_process_that_first_draws_what_is_known_goes_on_to_others()
      throws InterruptedException {
    Space space = Space.of(Dimension.choice("cell", "gru", "lstm"));
    Configuration known = space.configuration(Map.of("cell", "gru"));
    for (long seed = 0; seed < 10; seed++) {
      SearchResult result =
          Search.over(space).method(Bayesian.of(1)).seed(seed).first(known).run((c, f, b, s) -> 1);
      assertThat(result.trials())
          .as("seed %d", seed)
          .extracting(trial -> trial.configuration().text("cell"))
          .containsExactly("gru", "lstm");
    }
  }

  @Test
  void a_trial_that_is_first_and_fails_does_not_end_the_search() throws InterruptedException {
    Configuration known = known();

    SearchResult result =
        search(Bayesian.of(5))
            .first(known)
            .run(
                (configuration, fold, budget, seed) -> {
                  if (configuration.equals(known)) {
                    throw new IllegalStateException("Expected another, got this");
                  }
                  return configuration.real("rate");
                });

    assertThat(result.trials()).hasSize(6);
    assertThat(result.trials().get(0).failed()).isTrue();
    assertThat(result.best().failed()).isFalse();
  }

  @Test
  void a_first_configuration_that_is_not_of_the_space_or_stands_twice_is_refused() {
    Configuration known = known();
    Search search = search(new Randomised(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search.first(known, known))
        .withMessage("Expected each configuration once, got " + known + " twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search.first(new Configuration(Map.of("rate", 0.01))))
        .withMessageStartingWith("Expected a value for parameter");
  }
}
