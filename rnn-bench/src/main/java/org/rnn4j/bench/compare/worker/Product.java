package org.rnn4j.bench.compare.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.bench.compare.Message;
import org.rnn4j.tensor.RandomStream;

/** Products alone, B packed, at shapes of recurrent layers: the peak of a core. */
final class Product implements Task {
  private static final int[][] SHAPES = {{96, 256, 256}, {64, 128, 512}, {192, 128, 128}};
  private static final long NANOS = 200_000_000;

  private final Kernels kernels = KernelSelection.kernels();

  @Override
  public Message run(int steps) {
    Map<String, Object> rates = new LinkedHashMap<>();
    long start = System.nanoTime();
    for (int[] shape : SHAPES) {
      rates.put(shape[0] + "x" + shape[1] + "x" + shape[2], rate(shape[0], shape[1], shape[2]));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return Message.of(Map.of("seconds", seconds, "tokens", 0, "gflops", rates));
  }

  private double rate(int rows, int inner, int columns) {
    float[] a = random(rows * inner);
    float[] b = random(inner * columns);
    float[] c = new float[rows * columns];
    PackedMatrix packed = kernels.pack(b, 0, columns, 1, inner, columns, null);
    long done = 0;
    long start = System.nanoTime();
    long taken;
    do {
      kernels.multiplyAdd(rows, a, 0, inner, 1, packed, c, 0, columns);
      done++;
      taken = System.nanoTime() - start;
    } while (taken < NANOS);
    return 2.0 * rows * inner * columns * done / taken;
  }

  private static float[] random(int n) {
    RandomStream random = new RandomStream(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
