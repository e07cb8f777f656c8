package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * Matrix products of the sizes that networks have, cut into parts for a team of threads. Parts own
 * rows or columns of the result; no sum is ever cut between threads.
 */
final class Products {
  /** Multiply-adds below which a second thread costs more than it saves. */
  private static final long WORTH_SHARING = 1 << 18;

  /** Elements of a copy, or of an optimiser's step, that are worth a thread. */
  static final int SMALLEST_COPY = 1 << 14;

  private static final ThreadLocal<float[]> ROWS = ThreadLocal.withInitial(() -> new float[0]);

  private final Kernels kernels;
  private final Workers workers;

  // Not static: kernels write only over what they packed themselves, and each backend has its own.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable PackedMatrix> scratch = new ThreadLocal<>();

  Products(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /** A half-open range of rows, columns or elements. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /** The innermost loops. */
  Kernels kernels() {
    return kernels;
  }

  /** How many threads there are to share work among. */
  int threads() {
    return workers.size();
  }

  /** Runs one part a thread. */
  void parallel(int parts, java.util.function.IntConsumer part) {
    workers.run(parts, part);
  }

  /**
   * Cuts {@code 0 … n} into one range a thread, or runs it whole where it has fewer than {@code
   * smallest} a thread.
   */
  void split(int n, int smallest, Range range) {
    int parts = (int) Math.max(1, Math.min(workers.size(), (long) n / Math.max(smallest, 1)));
    if (parts == 1) {
      range.run(0, n);
    } else {
      workers.run(
          parts,
          part ->
              range.run((int) ((long) n * part / parts), (int) ((long) n * (part + 1) / parts)));
    }
  }

  /** The smallest number of rows or columns, of the given cost each, that is worth a thread. */
  int smallest(long cost) {
    return (int) Math.min(Integer.MAX_VALUE, WORTH_SHARING / Math.max(cost, 1) + 1);
  }

  /** Sets rows of C, which start {@code cStride} apart, to the given one. */
  static void fillRows(
      float[] row, int at, float[] c, int cOffset, int cStride, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row, at, c, cOffset + i * cStride, columns);
    }
  }

  /**
   * {@code C += A·B} for A of {@code rows} rows without gaps; row i of C starts at {@code cOffset +
   * i·cStride}.
   */
  void rowsTimes(
      float[] a, int aStride, PackedMatrix b, float[] c, int cOffset, int cStride, int rows) {
    split(
        rows,
        smallest((long) b.rows() * b.columns()),
        (from, to) ->
            kernels.multiplyAdd(
                to - from, a, from * aStride, aStride, 1, b, c, cOffset + from * cStride, cStride));
  }

  /** How many threads a piece of work of some multiply-adds is worth. */
  int threadsFor(long multiplyAdds) {
    return (int) Math.max(1, Math.min(workers.size(), multiplyAdds / WORTH_SHARING));
  }

  /** An array of some length or more that is the thread's own until it asks for one again. */
  static float[] rowsScratch(int length) {
    float[] rows = ROWS.get();
    if (rows.length < length) {
      rows = new float[length];
      ROWS.set(rows);
    }
    return rows;
  }

  /** Packs a block of rows for one product; the storage serves the thread's next block. */
  PackedMatrix packBlock(float[] b, int offset, int stride, int rows, int columns) {
    return packBlock(b, offset, stride, 1, rows, columns);
  }

  /** As {@link #packBlock(float[], int, int, int, int)}, of a transpose with swapped strides. */
  PackedMatrix packBlock(
      float[] b, int offset, int rowStride, int columnStride, int rows, int columns) {
    PackedMatrix packed =
        kernels.pack(b, offset, rowStride, columnStride, rows, columns, scratch.get());
    scratch.set(packed);
    return packed;
  }
}
