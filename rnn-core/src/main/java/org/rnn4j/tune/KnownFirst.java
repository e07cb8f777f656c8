package org.rnn4j.tune;

import java.util.List;

/** Proposes given configurations, then what another sampler does, but none of them again. */
final class KnownFirst implements SearchMethod.Sampler {
  private final List<SearchMethod.Proposal> known;
  private final SearchMethod.Sampler sampler;
  private boolean begun;
  private boolean learnt;

  KnownFirst(List<Configuration> known, int budget, SearchMethod.Sampler sampler) {
    this.known =
        known.stream()
            .map(configuration -> new SearchMethod.Proposal(configuration, budget))
            .toList();
    this.sampler = sampler;
  }

  @Override
  public List<SearchMethod.Proposal> ask() {
    if (!begun) {
      begun = true;
      return known;
    }
    while (true) {
      List<SearchMethod.Proposal> next = sampler.ask();
      List<SearchMethod.Proposal> fresh =
          next.stream().filter(proposal -> !known.contains(proposal)).toList();
      if (next.isEmpty() || !fresh.isEmpty()) {
        return fresh;
      }
      sampler.tell(List.of());
    }
  }

  @Override
  public void tell(List<Trial> trials) {
    if (learnt) {
      sampler.tell(trials);
    } else {
      learnt = true;
      sampler.learn(trials);
    }
  }
}
