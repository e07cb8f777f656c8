package org.rnn4j.bench.compare.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rnn4j.backend.Workers;
import org.rnn4j.bench.compare.Message;
import org.rnn4j.bench.compare.Row;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Batch;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;

/** Probabilities of batches that were packed before. */
final class Inference implements Task {
  private final List<Sequences> batches = new ArrayList<>();
  private final Consumer<Sequences> prediction;

  Inference(Row row, long seed) {
    Sequential model = Workload.network(row.network(), seed);
    List<Example> examples = Workload.examples(row, seed);
    int size = row.batches().size();
    for (int start = 0; start < examples.size(); start += size) {
      batches.add(Batch.of(examples.subList(start, start + size)).sequences());
    }
    prediction = row.threads() == 1 ? model::predict : threaded(model, row.threads());
  }

  /** {@link Sequential#predict} over a team of threads, which lives as long as the worker. */
  private static Consumer<Sequences> threaded(Sequential model, int threads) {
    Workers workers = new Workers(threads);
    return sequences -> model.predict(sequences, workers);
  }

  @Override
  public Message run(int steps) {
    long tokens = 0;
    long allocated = Allocation.ofAllThreads();
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      Sequences batch = batches.get(i % batches.size());
      prediction.accept(batch);
      tokens += batch.tokens();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long bytes = Allocation.ofAllThreads() - allocated;
    return Message.of(Map.of("seconds", seconds, "tokens", tokens, "bytesPerStep", bytes / steps));
  }
}
