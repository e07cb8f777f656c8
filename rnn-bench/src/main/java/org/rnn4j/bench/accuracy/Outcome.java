package org.rnn4j.bench.accuracy;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rnn4j.metric.McNemar;
import org.rnn4j.metric.Predictions;

/**
 * What both trainings of a seed gave.
 *
 * @param seed of weights, order and dropout, which each draws for itself
 * @param version of Keras
 * @param settings how Keras was compiled
 * @param turns the epochs
 * @param ours rnn4j's predictions of the validation texts
 * @param keras those of Keras
 * @param apart how far Keras' logits are from ours where it has our trained weights, as a share of
 *     the greatest
 */
record Outcome(
    long seed,
    String version,
    String settings,
    List<Turn> turns,
    Predictions ours,
    Predictions keras,
    double apart) {

  /**
   * An epoch of both.
   *
   * @param number counted from 1
   * @param ours what rnn4j took to train
   * @param keras what Keras took to train
   * @param ourAccuracy on the validation texts after it
   * @param kerasAccuracy likewise
   */
  record Turn(
      int number,
      KerasTwin.Seconds ours,
      KerasTwin.Seconds keras,
      double ourAccuracy,
      double kerasAccuracy) {}

  /** Which texts only one of the two has right. */
  McNemar mcNemar() {
    return McNemar.of(ours, keras);
  }

  /** The mean over epochs. */
  double mean(ToDoubleFunction<Turn> value) {
    return turns.stream().mapToDouble(value).average().orElseThrow();
  }
}
