package org.rnn4j.tune;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * Tries configurations drawn at random, none twice (Bergstra and Bengio: Random Search for
 * Hyper-Parameter Optimization, 2012). A space of fewer configurations is tried as a whole.
 *
 * @param trials how many are tried
 */
public record Randomised(int trials) implements SearchMethod {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no trial
   */
  public Randomised {
    requireTrials(trials);
  }

  static void requireTrials(int trials) {
    if (trials < 1) {
      throw new IllegalArgumentException("Expected 1 trial or more, got " + trials);
    }
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "random");
    json.put("trials", trials);
    return json;
  }

  @Override
  public int trials(Space space, int budget) {
    return (int) Math.min(trials, space.size());
  }

  @Override
  public Sampler start(Space space, int budget, RandomStream random) {
    return new OneBatch(new Draws(space, random).next(trials), budget);
  }
}
