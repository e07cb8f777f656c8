package org.rnn4j.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.metric.Metric;
import org.rnn4j.tensor.Tensor;

/** Adds up loss and metrics over batches. */
final class ScoreKeeper {
  private final Activation head;
  private final List<Metric> metrics;
  private final List<Metric.Tally> tallies;
  private double totalLoss;
  private int examples;
  private long tokens;

  ScoreKeeper(Activation head, List<Metric> metrics) {
    this.head = head;
    this.metrics = metrics;
    this.tallies = metrics.stream().map(Metric::start).toList();
  }

  /** Adds a batch with its mean loss. */
  void add(Backend backend, Tensor logits, int[] labels, double meanLoss) {
    Tensor probabilities = Tensor.zeros(logits.type(), logits.shape());
    backend.activate(head, logits, probabilities);
    tallies.forEach(tally -> tally.add(probabilities, labels));
    totalLoss += meanLoss * labels.length;
    examples += labels.length;
  }

  /** Counts tokens. */
  void addTokens(int more) {
    tokens += more;
  }

  /** The tokens counted. */
  long tokens() {
    return tokens;
  }

  /** The scores over everything added. */
  Scores scores() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      values.put(metrics.get(i).name(), tallies.get(i).value());
    }
    return new Scores(examples, totalLoss / examples, values);
  }
}
