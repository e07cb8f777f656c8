package org.rnn4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.metric.Metric;
import org.rnn4j.tensor.Tensor;

/** Adds up loss and metrics over batches. */
final class ScoreKeeper {
  private final Activation head;
  private final List<Metric> metrics;
  private final List<Metric.Tally> tallies;
  private final boolean remembers;
  private final List<Tensor> remembered = new ArrayList<>();
  private double totalLoss;
  private double totalWeight;
  private int examples;
  private long tokens;

  /**
   * A keeper.
   *
   * @param remembers whether it keeps what it was given, so that another can go on from there
   */
  ScoreKeeper(Activation head, List<Metric> metrics, boolean remembers) {
    this.head = head;
    this.metrics = metrics;
    this.tallies = metrics.stream().map(Metric::start).toList();
    this.remembers = remembers;
  }

  /** Adds a batch. */
  void add(Backend backend, Tensor logits, int[] labels) {
    Tensor probabilities = Tensor.zeros(logits.type(), logits.shape());
    backend.activate(head, logits, probabilities);
    count(probabilities, labels);
  }

  private void count(Tensor probabilities, int[] labels) {
    tallies.forEach(tally -> tally.add(probabilities, labels));
    examples += labels.length;
    if (remembers) {
      remembered.add(probabilities);
    }
  }

  /**
   * Adds a loss.
   *
   * @param mean the weighted mean of some texts
   * @param weight the sum of their weights
   */
  void addLoss(double mean, double weight) {
    totalLoss += mean * weight;
    totalWeight += weight;
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
    return scores(Metric.Tally::value);
  }

  /** The scores so far, to show while more is to come; those of costly metrics may lag behind. */
  Scores running() {
    return scores(Metric.Tally::running);
  }

  private Scores scores(ToDoubleFunction<Metric.Tally> value) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      values.put(metrics.get(i).name(), value.applyAsDouble(tallies.get(i)));
    }
    return new Scores(examples, totalLoss / totalWeight, values);
  }

  /** The sums that are not made up from probabilities. */
  double[] sums() {
    return new double[] {totalLoss, totalWeight, tokens};
  }

  /** The probabilities of all examples added, in order: {@code [examples, outputs]}. */
  Tensor probabilities(Tensor empty) {
    if (remembered.isEmpty()) {
      return empty;
    }
    int width = empty.columns();
    Tensor all = Tensor.zeros(empty.type(), examples, width);
    int row = 0;
    for (Tensor batch : remembered) {
      for (int i = 0; i < batch.size(); i++) {
        all.set(row * width + i, batch.get(i));
      }
      row += batch.rows();
    }
    return all;
  }

  /** Goes on from what another has kept: its sums, and its probabilities batch by batch. */
  void restore(Tensor probabilities, List<int[]> labels, double[] sums) {
    int width = probabilities.columns();
    int row = 0;
    for (int[] batch : labels) {
      Tensor own = Tensor.zeros(probabilities.type(), batch.length, width);
      for (int i = 0; i < own.size(); i++) {
        own.set(i, probabilities.get(row * width + i));
      }
      count(own, batch);
      row += batch.length;
    }
    totalLoss = sums[0];
    totalWeight = sums[1];
    tokens = (long) sums[2];
  }
}
