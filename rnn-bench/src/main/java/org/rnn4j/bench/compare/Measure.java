package org.rnn4j.bench.compare;

import java.util.Optional;

/** The one number that a row is judged by. */
enum Measure {
  /** Thousand tokens a second; more is better. */
  THROUGHPUT(true, "thousand tokens/s"),
  /** Median latency in milliseconds. */
  LATENCY(false, "ms"),
  /** Wall time in milliseconds. */
  WALL_TIME(false, "ms"),
  /** Rate of products in GFLOP/s. */
  RATE(true, "GFLOP/s");

  private final boolean moreIsBetter;
  private final String unit;

  Measure(boolean moreIsBetter, String unit) {
    this.moreIsBetter = moreIsBetter;
    this.unit = unit;
  }

  static Measure of(Row row) {
    return switch (row.kind()) {
      case TRAIN, PREDICT -> THROUGHPUT;
      case ONE_TEXT -> LATENCY;
      case START -> WALL_TIME;
      case PRODUCT -> RATE;
    };
  }

  String unit() {
    return unit;
  }

  /** The values of all rounds; empty where there are none. */
  Optional<Samples> of(Series series) {
    return switch (this) {
      case THROUGHPUT -> series.thousandTokensPerSecond();
      case LATENCY -> series.each("p50");
      case WALL_TIME ->
          series
              .each("seconds")
              .map(
                  seconds ->
                      new Samples(seconds.values().stream().map(value -> 1e3 * value).toList()));
      case RATE -> series.gigaflops();
    };
  }

  /** How many times better the first is than the second. */
  double ratio(double first, double second) {
    return moreIsBetter ? first / second : second / first;
  }
}
