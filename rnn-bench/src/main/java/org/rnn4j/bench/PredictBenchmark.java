package org.rnn4j.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rnn4j.layer.Predictor;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * Predictions of whole networks, packing included: in batches, with tokens a second in the column
 * {@code tokens}, and of one text at a time, with the quantiles of its time. Every thread of JMH
 * (option {@code -t}) predicts with the same network.
 */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PredictBenchmark {
  private static final int BATCHES = 16;
  private static final int TEXTS = 1024;

  /** The network. */
  @Param({"twitter-gru", "twitter-lstm", "lstm-128", "gru-128"})
  public String network = "";

  @SuppressWarnings("NullAway.Init")
  private Sequential model;

  private List<List<int[]>> batches = List.of();
  private List<int[]> texts = List.of();
  private int tokens;

  /** What a thread predicts with, and where it is in the texts. */
  @State(Scope.Thread)
  public static class Place {
    @SuppressWarnings("NullAway.Init")
    private Predictor predictor;

    private int next;

    /** Takes a predictor of its own. */
    @Setup
    public void prepare(PredictBenchmark benchmark) {
      predictor = benchmark.model.predictor();
    }

    private <T> T next(List<T> list) {
      return list.get(next++ % list.size());
    }

    /** Starts again. */
    @Setup(Level.Iteration)
    public void reset() {
      next = 0;
    }
  }

  /** Builds the network and draws texts. */
  @Setup
  public void prepare() {
    Network own = Network.named(network);
    model = own.build();
    batches = own.textBatches(BATCHES);
    texts = own.singleTexts(TEXTS);
    tokens = own.tokens();
  }

  /** A batch, with the kernels in plain Java. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drnn.kernels=scalar"})
  public Tensor batchScalar(Place place, TokenRate rate) {
    return batch(place, rate);
  }

  /** A batch, with the SIMD kernels. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drnn.kernels=simd"})
  public Tensor batchSimd(Place place, TokenRate rate) {
    return batch(place, rate);
  }

  /** One text, with the kernels in plain Java. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drnn.kernels=scalar"})
  public float[] textScalar(Place place) {
    return place.predictor.predict(place.next(texts));
  }

  /** One text, with the SIMD kernels. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drnn.kernels=simd"})
  public float[] textSimd(Place place) {
    return place.predictor.predict(place.next(texts));
  }

  private Tensor batch(Place place, TokenRate rate) {
    rate.tokens += tokens;
    return model.predict(Sequences.pack(place.next(batches)));
  }
}
