package org.rnn4j.bench.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who is fastest in a row, and how we stand to them. */
final class Verdict {
  private final Measure measure;
  private final List<Series> complete;

  Verdict(Outcome outcome) {
    measure = Measure.of(outcome.row());
    complete = outcome.series().stream().filter(s -> measure.of(s).isPresent()).toList();
  }

  /** The best series of a label. */
  Optional<Series> best(String label) {
    return complete.stream().filter(s -> s.entry().label().equals(label)).max(byMedian());
  }

  /** The best series of all peers. */
  Optional<Series> bestPeer() {
    return complete.stream().filter(Verdict::isRival).max(byMedian());
  }

  /** Whether a series is a peer's, on the very network of the row. */
  private static boolean isRival(Series series) {
    return !series.entry().peer().isOurs() && !series.entry().bare();
  }

  private Optional<Series> ours() {
    return best(Peer.RNN4J.label());
  }

  private Comparator<Series> byMedian() {
    return (a, b) -> Double.compare(measure.ratio(median(a), median(b)), 1);
  }

  private double median(Series series) {
    return measure.of(series).orElseThrow().median();
  }

  /** Whether a series is a peer's and better than ours. */
  boolean beatsUs(Series series) {
    return isRival(series)
        && ours().filter(own -> measure.ratio(median(own), median(series)) < 1).isPresent();
  }

  /** How many times better we are than the best peer, from medians. */
  Optional<Double> ratio() {
    return ours().flatMap(own -> bestPeer().map(peer -> measure.ratio(median(own), median(peer))));
  }

  /** The least and the greatest ratio of all rounds. */
  String range() {
    Optional<Series> own = ours();
    Optional<Series> peer = bestPeer();
    if (own.isEmpty() || peer.isEmpty()) {
      return "–";
    }
    List<Double> first = measure.of(own.get()).orElseThrow().values();
    List<Double> second = measure.of(peer.get()).orElseThrow().values();
    double[] ratios =
        IntStream.range(0, Math.min(first.size(), second.size()))
            .mapToDouble(i -> measure.ratio(first.get(i), second.get(i)))
            .sorted()
            .toArray();
    return Figures.ratio(ratios[0]) + "–" + Figures.ratio(ratios[ratios.length - 1]);
  }
}
