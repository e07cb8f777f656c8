package org.rnn4j.bench.compare;

import java.util.List;

/**
 * Values of several rounds.
 *
 * @param values in the order of the rounds
 */
public record Samples(List<Double> values) {
  /** Copies the values. */
  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one value, got none");
    }
  }

  /** The middle value, or the mean of the two in the middle. */
  public double median() {
    return quantile(0.5);
  }

  /** A quarter of the values lie below. */
  public double lowerQuartile() {
    return quantile(0.25);
  }

  /** A quarter of the values lie above. */
  public double upperQuartile() {
    return quantile(0.75);
  }

  /** The quantile between the two nearest values, in proportion (type 7 of Hyndman and Fan). */
  private double quantile(double share) {
    List<Double> sorted = values.stream().sorted().toList();
    double place = share * (sorted.size() - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }
}
