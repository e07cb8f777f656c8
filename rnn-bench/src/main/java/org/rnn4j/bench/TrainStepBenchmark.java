package org.rnn4j.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of training of a whole network: packing, forward, loss, backward, clipping and Adam. The
 * column {@code tokens} is tokens a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class TrainStepBenchmark {
  /** The network. */
  @Param({"twitter-gru", "twitter-lstm", "lstm-128", "gru-128"})
  public String network = "";

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  @SuppressWarnings("NullAway.Init")
  private TrainingRun run;

  private int tokens;

  /** Builds the network and draws texts. */
  @Setup
  public void prepare() {
    run = new TrainingRun(Network.named(network), threads);
    tokens = Network.named(network).tokens();
  }

  /** Ends the training. */
  @TearDown
  public void close() {
    run.close();
  }

  /** With the kernels in plain Java. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drnn.kernels=scalar"})
  public double scalar(TokenRate rate) {
    return step(rate);
  }

  /** With the SIMD kernels. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drnn.kernels=simd"})
  public double simd(TokenRate rate) {
    return step(rate);
  }

  private double step(TokenRate rate) {
    double loss = run.step();
    rate.tokens += tokens;
    return loss;
  }
}
