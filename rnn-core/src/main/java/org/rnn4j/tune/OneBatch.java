package org.rnn4j.tune;

import java.util.List;

/** Proposes everything at once. */
final class OneBatch implements SearchMethod.Sampler {
  private List<SearchMethod.Proposal> proposals;

  OneBatch(List<Configuration> configurations, int budget) {
    this.proposals =
        configurations.stream()
            .map(configuration -> new SearchMethod.Proposal(configuration, budget))
            .toList();
  }

  @Override
  public List<SearchMethod.Proposal> ask() {
    List<SearchMethod.Proposal> next = proposals;
    proposals = List.of();
    return next;
  }

  @Override
  public void tell(List<Trial> trials) {}
}
