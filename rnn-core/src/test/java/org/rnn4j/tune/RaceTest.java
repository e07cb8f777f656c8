package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class RaceTest {
  @Test
  void a_race_stops_only_trials_that_are_behind_and_saves_folds() throws InterruptedException {
    Space space = Space.of(Dimension.integer("rank", 1, 12));
    Objective objective =
        (configuration, fold, budget, seed) ->
            -configuration.whole("rank")
                + 0.5 * new RandomStream(seed).derive(configuration.toJson()).nextGaussian();
    AtomicInteger folds = new AtomicInteger();
    Search race = Search.over(space).method(new Grid(12)).folds(10).race(Race.after(3));
    SearchResult raced =
        race.run(
            (configuration, fold, budget, seed) -> {
              folds.incrementAndGet();
              return objective.score(configuration, fold, budget, seed);
            });
    SearchResult whole = Search.over(space).method(new Grid(12)).folds(10).run(objective);

    assertThat(raced.best()).isEqualTo(whole.best());
    assertThat(folds.get()).isLessThan(70);
    assertThat(raced.spent()).isEqualTo(folds.get());
    for (Trial trial : raced.trials()) {
      Trial other = whole.trials().get(trial.number());
      int scored = trial.scores().size();
      assertThat(trial.scores()).isEqualTo(other.scores().subList(0, scored));
      assertThat(trial.complete()).isEqualTo(scored == 10);
      assertThat(scored).isGreaterThanOrEqualTo(3);
    }
    assertThat(raced.trials())
        .filteredOn(t -> t.state() == Trial.State.STOPPED)
        .hasSizeGreaterThan(6);
    assertThat(race.threads(1).run(objective).toJson())
        .isEqualTo(race.threads(5).run(objective).toJson());
  }

  @Test
  void a_race_stops_a_trial_when_the_difference_is_more_than_its_errors() {
    List<Double> leader = List.of(3.0, 5.0, 4.0);
    // Differences 1, 2, 3: mean 2, standard error 1/√3.
    List<Double> behind = List.of(2.0, 3.0, 1.0);
    double errors = 2 / (1 / Math.sqrt(3));

    assertThat(new Race(3, errors - 1e-9).hopeless(behind, leader)).isTrue();
    assertThat(new Race(3, errors + 1e-9).hopeless(behind, leader)).isFalse();
    assertThat(new Race(3, 0).hopeless(leader, leader)).isFalse();
    assertThat(new Race(3, 0).hopeless(leader, behind)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Race.after(1))
        .withMessageEndingWith("got 1 and 3.0");
  }
}
