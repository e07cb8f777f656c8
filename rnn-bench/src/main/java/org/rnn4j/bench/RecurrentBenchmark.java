package org.rnn4j.bench;

import java.util.Arrays;
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
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Workers;

/**
 * A whole recurrent layer over a batch: input projection, all steps, and with the backward all
 * gradients, that of the inputs too. Operations are those of the products alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class RecurrentBenchmark {
  private static final int INPUT = 128;

  /** Kind of the layer; a bidirectional one has half the state in each direction. */
  @Param({"lstm", "gru", "bidirectional gru", "gru with recurrent dropout"})
  public String layer = "";

  /** Size of the state. */
  @Param({"32", "128"})
  public int hidden;

  /** Texts and the length of each. */
  @Param({"32x40", "64x200"})
  public String batch = "";

  /** Kernels by name. */
  @Param({"scalar", "simd"})
  public String kernels = "";

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers = new Workers(1);
  private Runnable forward = () -> {};
  private Runnable forwardBackward = () -> {};
  private long flops;

  /** Makes the layer and draws inputs. */
  @Setup
  public void prepare() {
    int[] extents = Arrays.stream(batch.split("x")).mapToInt(Integer::parseInt).toArray();
    workers = new Workers(threads);
    FastBackend backend = new FastBackend(KernelSelection.select(kernels), workers);
    RecurrentLayer own = new RecurrentLayer(layer, INPUT, hidden, extents[0], extents[1]);
    forward = () -> own.forward(backend);
    forwardBackward = () -> own.forwardBackward(backend);
    flops = own.forwardOperations();
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** Forward, as a prediction has it. */
  @Benchmark
  public void forward(FloatingPointOperations operations) {
    forward.run();
    operations.count(flops, threads);
  }

  /** Forward and backward; the backward has two products for each of the forward. */
  @Benchmark
  public void forwardBackward(FloatingPointOperations operations) {
    forwardBackward.run();
    operations.count(3 * flops, threads);
  }
}
