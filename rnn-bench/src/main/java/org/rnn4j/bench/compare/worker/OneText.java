package org.rnn4j.bench.compare.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.bench.compare.Message;
import org.rnn4j.bench.compare.Row;
import org.rnn4j.layer.Predictor;
import org.rnn4j.sequence.Example;

/** The latency of one text, call by call. */
final class OneText implements Task {
  private static final long LIMIT_NANOS = 1_000_000_000;

  private final Predictor predictor;
  private final List<Example> examples;

  OneText(Row row, long seed) {
    predictor = Workload.network(row.network(), seed).predictor();
    examples = Workload.examples(row, seed);
  }

  /** The call that is timed: from a text's ids to its probabilities. */
  private float predict(int[] ids) {
    return predictor.predict(ids)[0];
  }

  @Override
  public Message run(int steps) {
    long[] taken = new long[steps];
    int calls = 0;
    float sum = 0;
    long allocated = Allocation.ofThisThread();
    long begin = System.nanoTime();
    long end = begin;
    while (calls < steps && end - begin < LIMIT_NANOS) {
      int[] ids = examples.get(calls % examples.size()).ids();
      long start = System.nanoTime();
      sum += predict(ids);
      end = System.nanoTime();
      taken[calls++] = end - start;
    }
    long bytes = Allocation.ofThisThread() - allocated;
    if (Float.isNaN(sum)) {
      throw new IllegalStateException("Expected probabilities, got not a number");
    }
    Arrays.sort(taken, 0, calls);
    return Message.of(
        Map.of(
            "seconds", (end - begin) / 1e9,
            "p50", taken[calls / 2] / 1e6,
            "p99", taken[Math.min(calls - 1, (int) (calls * 99L / 100))] / 1e6,
            "calls", calls,
            "bytesPerStep", bytes / calls));
  }
}
