package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * Successive halving (Jamieson and Talwalkar: Non-stochastic Best Arm Identification and
 * Hyperparameter Optimization, 2016): n configurations drawn at random are tried with a small
 * budget r, the best ⌈n/η⌉ with η·r, the best of these with η²·r, and so on, with at most 1 +
 * ⌊log_η n⌋ rungs and never more than the whole budget. The rungs are those of scikit-learn's
 * {@code HalvingRandomSearchCV} with {@code n_candidates=n, min_resources=r, factor=η}.
 *
 * @param configurations how many configurations there are at first
 * @param minimum the budget of the first rung
 * @param factor η, 3 unless told
 */
public record Halving(int configurations, int minimum, int factor) implements SearchMethod {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are no configurations, no budget, or the factor is
   *     below 2
   */
  public Halving {
    Randomised.requireTrials(configurations);
    requireFactor(minimum, factor);
  }

  /** Successive halving with a factor of 3. */
  public static Halving of(int configurations, int minimum) {
    return new Halving(configurations, minimum, 3);
  }

  static void requireFactor(int minimum, int factor) {
    if (minimum < 1 || factor < 2) {
      throw new IllegalArgumentException(
          "Expected a least budget of 1 or more and a factor of 2 or more, got "
              + minimum
              + " and "
              + factor);
    }
  }

  static void requireBudget(int minimum, int budget) {
    if (minimum > budget) {
      throw new IllegalArgumentException(
          "Expected a least budget of at most the whole, " + budget + ", got " + minimum);
    }
  }

  /**
   * The rungs up to the whole budget.
   *
   * @throws IllegalArgumentException if the least budget is above the whole
   */
  public List<Rung> rungs(int budget) {
    requireBudget(minimum, budget);
    List<Rung> rungs = new ArrayList<>();
    int left = configurations;
    for (long power = 1; power <= configurations && power * minimum <= budget; power *= factor) {
      rungs.add(new Rung(left, (int) (power * minimum)));
      left = (left + factor - 1) / factor;
    }
    return rungs;
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "halving");
    json.put("configurations", configurations);
    json.put("minimum", minimum);
    json.put("factor", factor);
    return json;
  }

  @Override
  public int trials(Space space, int budget) {
    return rungs(budget).stream().mapToInt(Rung::configurations).sum();
  }

  @Override
  public Sampler start(Space space, int budget, RandomStream random) {
    Draws draws = new Draws(space, random);
    return new Ladder(List.of(rungs(budget)), draws::next);
  }
}
