package org.rnn4j.bench.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that was measured.
 *
 * @param row the row
 * @param steps steps of a round, the same for all
 * @param series one for each entry, ours first
 */
public record Outcome(Row row, int steps, List<Series> series) {
  /** Copies the list. */
  public Outcome {
    series = List.copyOf(series);
  }

  /** This library's series, with the kernels it chooses. */
  public Optional<Series> ours() {
    return series.stream().filter(s -> s.entry().peer() == Peer.RNN4J).findFirst();
  }

  /** Everything, as JSON values. */
  Map<String, Object> raw() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("row", row.name());
    raw.put("shape", row.shape());
    raw.put("threads", row.threads());
    raw.put("stepsPerRound", steps);
    raw.put("forwardOperationsPerToken", row.network().forwardOperations());
    raw.put("series", series.stream().map(Series::raw).toList());
    return raw;
  }
}
