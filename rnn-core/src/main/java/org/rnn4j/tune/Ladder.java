package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Climbs rung by rung: tries many configurations with little, then the best of them with more. Of
 * several ladders one stands after the other.
 */
final class Ladder implements SearchMethod.Sampler {
  private final List<List<Rung>> ladders;
  private final IntFunction<List<Configuration>> draw;
  private int ladder;
  private int rung;
  private List<Configuration> survivors = List.of();

  /**
   * A sampler.
   *
   * @param draw gives so many fresh configurations, or fewer
   */
  Ladder(List<List<Rung>> ladders, IntFunction<List<Configuration>> draw) {
    this.ladders = ladders;
    this.draw = draw;
  }

  @Override
  public List<SearchMethod.Proposal> ask() {
    while (ladder < ladders.size()) {
      if (rung == 0) {
        survivors = draw.apply(ladders.get(ladder).get(0).configurations());
      }
      if (!survivors.isEmpty() && rung < ladders.get(ladder).size()) {
        int budget = ladders.get(ladder).get(rung).budget();
        return survivors.stream().map(c -> new SearchMethod.Proposal(c, budget)).toList();
      }
      ladder++;
      rung = 0;
    }
    return List.of();
  }

  @Override
  public void tell(List<Trial> trials) {
    rung++;
    List<Rung> rungs = ladders.get(ladder);
    int keep = rung < rungs.size() ? rungs.get(rung).configurations() : 0;
    List<Configuration> best = new ArrayList<>();
    trials.stream()
        .filter(trial -> !trial.failed())
        .sorted(Trial.BEST_FIRST)
        .limit(keep)
        .forEach(trial -> best.add(trial.configuration()));
    survivors = best;
  }
}
