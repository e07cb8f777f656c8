package org.rnn4j.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
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
import org.openjdk.jmh.annotations.Warmup;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.tensor.RandomStream;

/**
 * {@code C += A·B} at the shapes of recurrent layers, {@code m x inner x n}, with B packed, beside
 * EJML's product.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductBenchmark {
  /** Rows of A, columns of A, columns of B. */
  @Param({"1x128x512", "8x32x128", "32x96x384", "32x128x64", "64x128x512", "64x512x128"})
  public String shape = "";

  /** Kernels by name, or EJML. */
  @Param({"scalar", "simd", "ejml"})
  public String implementation = "";

  private Runnable product = () -> {};
  private long flops;

  /** Draws the matrices and packs B. */
  @Setup
  public void prepare() {
    int[] extents = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    int m = extents[0];
    int inner = extents[1];
    int n = extents[2];
    flops = 2L * m * inner * n;
    float[] a = random(m * inner);
    float[] b = random(inner * n);
    float[] c = new float[m * n];
    if (implementation.equals("ejml")) {
      FMatrixRMaj left = FMatrixRMaj.wrap(m, inner, a);
      FMatrixRMaj right = FMatrixRMaj.wrap(inner, n, b);
      FMatrixRMaj result = FMatrixRMaj.wrap(m, n, c);
      product = () -> CommonOps_FDRM.mult(left, right, result);
    } else {
      Kernels kernels = KernelSelection.select(implementation);
      PackedMatrix packed = kernels.pack(b, 0, n, 1, inner, n, null);
      product = () -> kernels.multiplyAdd(m, a, 0, inner, 1, packed, c, 0, n);
    }
  }

  private static float[] random(int n) {
    RandomStream random = new RandomStream(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** One product. */
  @Benchmark
  public void multiply(FloatingPointOperations operations) {
    product.run();
    operations.flops += flops;
  }
}
