package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class HalvingTest {
  private static final Space SPACE = Space.of(Dimension.real("x", 0, 1));

  private static SearchResult run(SearchMethod method, int budget) throws InterruptedException {
    return Search.over(SPACE)
        .method(method)
        .budget(budget)
        .threads(2)
        .run((configuration, fold, spent, seed) -> configuration.real("x"));
  }

  private static List<Rung> rungs(List<Trial> trials) {
    return trials.stream()
        .collect(Collectors.groupingBy(Trial::budget, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> new Rung(entry.getValue().intValue(), entry.getKey()))
        .toList();
  }

  @Test
  void the_rungs_are_those_of_scikit_learn() {
    for (Object golden : Goldens.list("rungs")) {
      Halving halving =
          new Halving(
              Goldens.whole(golden, "configurations"),
              Goldens.whole(golden, "minimum"),
              Goldens.whole(golden, "factor"));
      List<Rung> expected =
          ((List<?>) Goldens.member(golden, "rungs"))
              .stream()
                  .map(Goldens::numbers)
                  .map(rung -> new Rung((int) rung[0], (int) rung[1]))
                  .toList();

      assertThat(halving.rungs(Goldens.whole(golden, "budget")))
          .as("%s", golden)
          .isEqualTo(expected);
    }
  }

  @Test
  void the_best_of_each_rung_go_on() throws InterruptedException {
    SearchResult result = run(Halving.of(27, 1), 27);

    assertThat(rungs(result.trials()))
        .containsExactly(new Rung(27, 1), new Rung(9, 3), new Rung(3, 9), new Rung(1, 27));
    List<Configuration> first =
        result.trials().subList(0, 27).stream()
            .sorted(Trial.BEST_FIRST)
            .map(Trial::configuration)
            .toList();
    assertThat(result.trials().subList(27, 36))
        .extracting(Trial::configuration)
        .isEqualTo(first.subList(0, 9));
    assertThat(result.best().configuration()).isEqualTo(first.get(0));
    assertThat(result.best().budget()).isEqualTo(27);
    assertThat(result.ranking()).hasSize(27);
    assertThat(result.ranking()).extracting(Trial::configuration).isEqualTo(first);
    assertThat(result.spent()).isEqualTo(4 * 27);
  }

  @Test
  void the_brackets_are_those_of_the_paper() {
    // Li et al. 2018, table 1: R = 81, η = 3.
    assertThat(Hyperband.withDefaults().brackets(81))
        .containsExactly(
            List.of(
                new Rung(81, 1), new Rung(27, 3), new Rung(9, 9), new Rung(3, 27), new Rung(1, 81)),
            List.of(new Rung(34, 3), new Rung(11, 9), new Rung(3, 27), new Rung(1, 81)),
            List.of(new Rung(15, 9), new Rung(5, 27), new Rung(1, 81)),
            List.of(new Rung(8, 27), new Rung(2, 81)),
            List.of(new Rung(5, 81)));
  }

  @ParameterizedTest
  @CsvSource({"81, 1, 3", "27, 1, 3", "9, 1, 3", "16, 2, 2", "100, 3, 4", "5, 1, 3", "2, 2, 2"})
  void hyperband_spends_what_its_formula_says(int budget, int minimum, int factor)
      throws InterruptedException {
    Hyperband hyperband = new Hyperband(minimum, factor);
    int most = (int) Math.floor(Math.log((double) budget / minimum) / Math.log(factor) + 1e-9);
    long expected = 0;
    int trials = 0;
    for (int s = most; s >= 0; s--) {
      double n = Math.ceil((most + 1.0) / (s + 1) * Math.pow(factor, s) - 1e-9);
      for (int i = 0; i <= s; i++) {
        long tried = (long) Math.floor(n * Math.pow(factor, -i) + 1e-9);
        trials += (int) tried;
        expected += tried * (long) Math.floor(budget * Math.pow(factor, i - s) + 1e-9);
      }
    }

    SearchResult result = run(hyperband, budget);

    assertThat(result.spent()).isEqualTo(expected);
    assertThat(result.trials()).hasSize(trials).hasSize(hyperband.trials(SPACE, budget));
    assertThat(result.best().budget()).isEqualTo(budget);
    // Each bracket has about as much as the whole: (s_max + 1) R.
    for (List<Rung> bracket : hyperband.brackets(budget)) {
      long spent = bracket.stream().mapToLong(r -> (long) r.configurations() * r.budget()).sum();
      assertThat((double) spent).isBetween(0.6 * (most + 1) * budget, 1.5 * (most + 1) * budget);
    }
  }

  @Test
  void trials_that_fail_do_not_go_on() throws InterruptedException {
    SearchResult result =
        Search.over(SPACE)
            .method(Halving.of(9, 1))
            .budget(9)
            .run(
                (configuration, fold, budget, seed) -> {
                  if (configuration.real("x") > 0.3) {
                    throw new IllegalStateException("too much");
                  }
                  return configuration.real("x");
                });

    assertThat(result.trials().subList(0, 9)).anyMatch(Trial::failed);
    assertThat(result.trials().subList(9, result.trials().size()))
        .isNotEmpty()
        .noneMatch(Trial::failed);
    assertThat(result.best().configuration().real("x")).isLessThan(0.3);
  }

  @Test
  void budgets_and_factors_without_sense_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Halving(9, 0, 3))
        .withMessage("Expected a least budget of 1 or more and a factor of 2 or more, got 0 and 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hyperband(1, 1))
        .withMessageEndingWith("got 1 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(new Hyperband(10, 3), 9))
        .withMessage("Expected a least budget of at most the whole, 9, got 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Halving.of(0, 1))
        .withMessage("Expected 1 trial or more, got 0");
  }
}
