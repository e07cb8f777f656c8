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

/**
 * {@code C += A·B} at the shapes that networks have, with B packed, beside EJML's product.
 *
 * <p>Inputs are projected in groups of 128 token rows. A step of a GRU has two recurrent products,
 * for z and r and for n. Gradients of weights are summed over blocks of 256 token rows, by {@code
 * Aᵀ·B}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductBenchmark {
  /** Rows of A, columns of A, columns of B; with T where A is stored transposed. */
  @Param({
    // Twitter GRU, 128 to 128 to 32 to 32, batches of 32. Inputs; steps; dz·Uᵀ; dz·Wᵀ; gradients.
    "128x128x384",
    "128x128x96",
    "128x32x96",
    "32x128x256",
    "32x128x128",
    "32x32x64",
    "32x32x32",
    "32x256x128",
    "32x64x32",
    "128x384x128",
    "128x96x128",
    "128x96x32",
    "128x256x256T",
    "128x256x128T",
    "128x256x64T",
    "128x256x32T",
    "32x256x64T",
    "32x256x32T",
    // Twitter LSTM, 96 to 96 to 48 to 48, batches of 32.
    "128x96x384",
    "128x96x192",
    "128x48x192",
    "32x96x384",
    "32x48x192",
    "32x384x96",
    "32x192x48",
    "128x384x96",
    "128x192x96",
    "128x192x48",
    "96x256x384T",
    "96x256x192T",
    "48x256x192T",
    // LSTM 128, batches of 64; GRU 128 where it has shapes of its own.
    "128x128x512",
    "64x128x512",
    "64x512x128",
    "128x512x128",
    "128x256x512T",
    "64x128x256",
    "64x128x128",
    "64x256x128",
    // LSTM 512 over 256, batches of 64.
    "128x256x2048",
    "64x512x2048",
    "64x2048x512",
    "128x2048x256",
    "256x256x2048T",
    "512x256x2048T",
    // One text.
    "20x128x384",
    "1x32x64",
    "1x32x32",
    "1x48x192",
    "1x96x384",
    "1x128x128",
    "1x128x256",
    "1x128x512",
    "1x512x2048"
  })
  public String shape = "";

  /** Kernels by name, or EJML. */
  @Param({"scalar", "simd", "ejml"})
  public String implementation = "";

  private Runnable product = () -> {};
  private long flops;

  /** Draws the matrices and packs B. */
  @Setup
  public void prepare() {
    int[] extents =
        Arrays.stream(shape.replace("T", "").split("x")).mapToInt(Integer::parseInt).toArray();
    int m = extents[0];
    int inner = extents[1];
    int n = extents[2];
    flops = 2L * m * inner * n;
    boolean transposed = shape.endsWith("T");
    float[] a = Draws.gaussians(m * inner);
    float[] b = Draws.gaussians(inner * n);
    float[] c = new float[m * n];
    if (implementation.equals("ejml")) {
      FMatrixRMaj left = FMatrixRMaj.wrap(transposed ? inner : m, transposed ? m : inner, a);
      FMatrixRMaj right = FMatrixRMaj.wrap(inner, n, b);
      FMatrixRMaj result = FMatrixRMaj.wrap(m, n, c);
      product =
          transposed
              ? () -> CommonOps_FDRM.multTransA(left, right, result)
              : () -> CommonOps_FDRM.mult(left, right, result);
    } else {
      Kernels kernels = KernelSelection.select(implementation);
      PackedMatrix packed = kernels.pack(b, 0, n, 1, inner, n, null);
      int rowStride = transposed ? 1 : inner;
      int columnStride = transposed ? m : 1;
      product = () -> kernels.multiplyAdd(m, a, 0, rowStride, columnStride, packed, c, 0, n);
    }
  }

  /** One product. */
  @Benchmark
  public void multiply(FloatingPointOperations operations) {
    product.run();
    operations.count(flops, 1);
  }
}
