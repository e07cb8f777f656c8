package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar: Hyperband: A Novel Bandit-Based
 * Approach to Hyperparameter Optimization, 2018, algorithm 1): brackets of successive halving, from
 * many configurations with little to few with all. With R the whole budget divided by the least one
 * and s_max = ⌊log_η R⌋, the brackets s = s_max, …, 0 have the rungs i = 0, …, s of
 *
 * <pre>{@code
 * n = ⌈(s_max + 1) / (s + 1) · η^s⌉,   n_i = ⌊n · η^−i⌋ configurations,   r_i = R · η^(i−s) each
 * }</pre>
 *
 * <p>Budgets are whole: r_i times the least budget is rounded down. Each rung trains anew; the
 * paper counts the same.
 *
 * @param minimum the least budget, 1 unless told
 * @param factor η, 3 unless told
 */
public record Hyperband(int minimum, int factor) implements SearchMethod {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no budget or the factor is below 2
   */
  public Hyperband {
    Halving.requireFactor(minimum, factor);
  }

  /** Hyperband with a least budget of 1 and a factor of 3. */
  public static Hyperband withDefaults() {
    return new Hyperband(1, 3);
  }

  /**
   * The rungs of each bracket, that with the most configurations first.
   *
   * @throws IllegalArgumentException if the least budget is above the whole
   */
  public List<List<Rung>> brackets(int budget) {
    Halving.requireBudget(minimum, budget);
    int most = 0;
    for (long power = factor; power * minimum <= budget; power *= factor) {
      most++;
    }
    List<List<Rung>> brackets = new ArrayList<>();
    for (int s = most; s >= 0; s--) {
      long configurations = ceilDiv((most + 1) * power(s), s + 1);
      List<Rung> rungs = new ArrayList<>();
      for (int i = 0; i <= s; i++) {
        rungs.add(
            new Rung(Math.toIntExact(configurations / power(i)), (int) (budget / power(s - i))));
      }
      brackets.add(rungs);
    }
    return brackets;
  }

  private long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= factor;
    }
    return power;
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "hyperband");
    json.put("minimum", minimum);
    json.put("factor", factor);
    return json;
  }

  @Override
  public int trials(Space space, int budget) {
    return brackets(budget).stream().flatMap(List::stream).mapToInt(Rung::configurations).sum();
  }

  @Override
  public Sampler start(Space space, int budget, RandomStream random) {
    // Each bracket draws anew: one that was given up with little may be drawn again.
    RandomStream brackets = random.derive("brackets");
    int[] bracket = {0};
    return new Ladder(
        brackets(budget), count -> new Draws(space, brackets.derive(bracket[0]++)).next(count));
  }
}
