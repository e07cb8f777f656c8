package org.rnn4j.backend;

import java.util.zip.CRC32;

/**
 * A fixed piece of work on all kernels, repeated until the JIT compiler has taken over, whose
 * checksum must not depend on anything. Prints the name of the kernels and the checksum.
 */
final class KernelWorkload {
  private static final int ROWS = 5;
  private static final int ROUNDS = 400;

  private final Kernels kernels;
  private final CRC32 checksum = new CRC32();

  private KernelWorkload(Kernels kernels) {
    this.kernels = kernels;
  }

  public static void main(String[] arguments) {
    Kernels kernels = KernelSelection.kernels();
    System.out.println(
        "checksum " + kernels.name() + " " + Long.toHexString(new KernelWorkload(kernels).run()));
  }

  private long run() {
    for (int round = 0; round < ROUNDS; round++) {
      AwkwardFloats.Mix mix = AwkwardFloats.Mix.values()[round % AwkwardFloats.Mix.values().length];
      AwkwardFloats floats = new AwkwardFloats(round, mix);
      int hidden = 1 + floats.nextInt(70);
      product(floats, ROWS, hidden, 4 * hidden);
      product(floats, 1 + floats.nextInt(40), 1 + floats.nextInt(300), hidden);
      lstm(floats, hidden);
      gru(floats, hidden);
      update(floats.array(ROWS * hidden), floats);
    }
    return checksum.getValue();
  }

  private void product(AwkwardFloats floats, int m, int depth, int n) {
    PackedMatrix b = kernels.pack(floats.array(depth * n), 0, n, 1, depth, n, null);
    float[] c = floats.array(m * n);
    kernels.multiplyAdd(m, floats.array(m * depth), 0, depth, 1, b, c, 0, n);
    kernels.multiplyAdd(m, floats.array(m * depth), 0, 1, m, b, c, 0, n);
    add(c);
  }

  private void lstm(AwkwardFloats floats, int hidden) {
    int state = ROWS * hidden;
    float[] gates = floats.array(4 * state);
    float[] previous = floats.array(state);
    float[] cells = new float[state];
    float[] outputs = new float[state];
    float[] peepholes = floats.array(3 * hidden);
    kernels.lstmForward(ROWS, hidden, gates, 0, previous, 0, cells, 0, outputs, 0, peepholes);
    add(gates, cells, outputs);
    float[] dCells = floats.array(state);
    kernels.lstmBackward(
        ROWS,
        hidden,
        gates,
        0,
        previous,
        0,
        cells,
        0,
        floats.array(state),
        0,
        dCells,
        0,
        peepholes);
    add(gates, dCells);
  }

  private void gru(AwkwardFloats floats, int hidden) {
    int state = ROWS * hidden;
    float[] gates = floats.array(4 * state);
    float[] previous = floats.array(state);
    float[] outputs = new float[state];
    kernels.gruForward(ROWS, hidden, gates, 0, previous, 0, outputs, 0);
    add(gates, outputs);
    kernels.gruBackward(ROWS, hidden, gates, 0, previous, 0, outputs, 0);
    add(gates, outputs);
    float[] other = floats.array(4 * state);
    kernels.gruResetBeforeForward(ROWS, hidden, other, 0, previous, 0);
    kernels.gruCandidateForward(ROWS, hidden, other, 0, previous, 0, outputs, 0);
    add(other, outputs);
    kernels.gruCandidateBackward(ROWS, hidden, other, 0, previous, 0, outputs, 0);
    kernels.gruResetBeforeBackward(
        ROWS, hidden, other, 0, previous, 0, floats.array(state), 0, outputs, 0);
    add(other, outputs);
  }

  private void update(float[] weights, AwkwardFloats floats) {
    int n = weights.length;
    float[] firstMoments = floats.array(n);
    float[] secondMoments = floats.array(n);
    kernels.adam(
        weights, floats.array(n), firstMoments, secondMoments, 0, n, 0.9f, 0.999f, 1e-3f, 1e-7f);
    add(weights, firstMoments, secondMoments);
    idle(weights, floats);
    float[] sums = floats.array(n / ROWS);
    kernels.addRows(ROWS, floats.array(n), 0, n / ROWS, sums, 0, n / ROWS);
    add(sums);
    float[] x = floats.array(n);
    kernels.sigmoid(x, 0, n);
    add(x);
    x = floats.array(n);
    kernels.tanh(x, 0, n);
    add(x);
    rows(floats, n);
  }

  private void rows(AwkwardFloats floats, int n) {
    float[] x = floats.array(n);
    float[] y = floats.array(n);
    float[] to = new float[n];
    kernels.multiply(x, 0, y, 0, to, 0, n);
    kernels.addProducts(x, 0, to, 0, y, 0, n);
    add(to, y);
    kernels.expOfDifferences(floats.array(n), 0, floats.array(n), 0, to, 0, n);
    add(to);
    float[] u = new float[n];
    float[] moments = floats.array(4);
    float[] gain = floats.array(n);
    kernels.normalize(x, 0, moments[0], moments[1], gain, floats.array(n), u, 0, to, 0, n);
    add(u, to);
    kernels.normalizeBackward(gain, moments[0], moments[2], moments[3], u, 0, to, 0, n);
    add(to);
  }

  /** Moments are those that steps from zero leave, then fade. */
  private void idle(float[] weights, AwkwardFloats floats) {
    int n = weights.length;
    float[] firstMoments = new float[n];
    float[] secondMoments = new float[n];
    kernels.adam(
        weights, floats.array(n), firstMoments, secondMoments, 0, n, 0.9, 0.999, 1e-3f, 1e-7f);
    float[] sizes = new float[120];
    float[] epsilons = new float[120];
    for (int step = 0; step < sizes.length; step++) {
      sizes[step] = 1e-3f / (1 + step % 7);
      epsilons[step] = 1e-7f * (1 + step % 3);
    }
    int from = floats.nextInt(20);
    int to = from + floats.nextInt(100);
    kernels.adamIdle(
        weights, firstMoments, secondMoments, 0, n, 0.9, 0.999, sizes, epsilons, from, to);
    add(weights, firstMoments, secondMoments);
  }

  private void add(float[]... arrays) {
    for (float[] array : arrays) {
      for (float value : array) {
        int bits = Float.floatToIntBits(value);
        checksum.update(bits);
        checksum.update(bits >> 8);
        checksum.update(bits >> 16);
        checksum.update(bits >> 24);
      }
    }
  }
}
