package org.rnn4j.bench;

import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;

/**
 * The best rate of the SIMD product on one core: that of square matrices that stay in the caches,
 * in the best of many short bursts.
 */
final class ProductPeak {
  private static final int[] EXTENTS = {96, 128, 192};
  private static final long NANOSECONDS_EACH = 500_000_000;
  private static final int PRODUCTS_A_BURST = 20;

  private ProductPeak() {}

  /** Measures it, in GFLOP/s; takes some two seconds. */
  static double measure() {
    Kernels kernels = KernelSelection.select("simd");
    double best = 0;
    for (int n : EXTENTS) {
      best = Math.max(best, measure(kernels, n));
    }
    return best;
  }

  private static double measure(Kernels kernels, int n) {
    float[] a = Draws.gaussians(n * n);
    float[] c = new float[n * n];
    PackedMatrix b = kernels.pack(a, 0, n, 1, n, n, null);
    double operations = 2.0 * n * n * n * PRODUCTS_A_BURST;
    double best = 0;
    long start = System.nanoTime();
    long before = start;
    while (before - start < NANOSECONDS_EACH) {
      for (int i = 0; i < PRODUCTS_A_BURST; i++) {
        kernels.multiplyAdd(n, a, 0, n, 1, b, c, 0, n);
      }
      long after = System.nanoTime();
      best = Math.max(best, operations / (after - before));
      before = after;
    }
    return best;
  }
}
