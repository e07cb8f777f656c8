package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;

/**
 * Matrix products of the sizes that networks have, cut into parts for a team of threads. Parts own
 * rows or columns of the result; no sum is ever cut between threads.
 */
final class Products {
  /**
   * Inner extent of a block of {@link #transposedTimes}: 256 rows of 512 columns are half a
   * megabyte.
   */
  private static final int INNER_BLOCK = 256;

  /**
   * Columns that a part owns are a multiple of this, a whole number of panels at every vector
   * width.
   */
  private static final int COLUMN_UNIT = 32;

  /** Multiply-adds below which a second thread costs more than it saves. */
  private static final long WORTH_SHARING = 1 << 18;

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
  private static int smallest(long cost) {
    return (int) Math.min(Integer.MAX_VALUE, WORTH_SHARING / Math.max(cost, 1) + 1);
  }

  /** Sets each of the rows of C to the given one; rows start {@code stride} apart. */
  void fillRows(float[] row, float[] c, int rows, int columns, int stride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row, 0, c, i * stride, columns);
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

  /**
   * {@code C += Aᵀ·B}, the sum running over {@code inner} rows of A and B in order: the gradient of
   * a weight matrix over all tokens.
   */
  void transposedTimes(
      float[] a,
      int aOffset,
      int aStride,
      int aColumns,
      float[] b,
      int bOffset,
      int bStride,
      int bColumns,
      float[] c,
      int cOffset,
      int cStride,
      int inner) {
    int units = (bColumns + COLUMN_UNIT - 1) / COLUMN_UNIT;
    split(
        units,
        smallest((long) COLUMN_UNIT * aColumns * inner),
        (fromUnit, toUnit) -> {
          int from = fromUnit * COLUMN_UNIT;
          int columns = Math.min(toUnit * COLUMN_UNIT, bColumns) - from;
          for (int first = 0; first < inner; first += INNER_BLOCK) {
            int count = Math.min(INNER_BLOCK, inner - first);
            PackedMatrix packed =
                kernels.pack(
                    b, bOffset + first * bStride + from, bStride, 1, count, columns, scratch.get());
            scratch.set(packed);
            kernels.multiplyAdd(
                aColumns,
                a,
                aOffset + first * aStride,
                1,
                aStride,
                packed,
                c,
                cOffset + from,
                cStride);
          }
        });
  }

  /** {@code sums[j] += Σ_rows a[row][j]}, rows in order. */
  void sumRows(
      float[] a, int offset, int stride, int columns, float[] sums, int sumsOffset, int rows) {
    split(
        columns,
        smallest(rows),
        (from, to) -> {
          for (int row = 0; row < rows; row++) {
            addTo(a, offset + row * stride + from, sums, sumsOffset + from, to - from);
          }
        });
  }

  /** {@code to[j] += from[j]} on n elements. */
  static void addTo(float[] from, int fromOffset, float[] to, int toOffset, int n) {
    for (int j = 0; j < n; j++) {
      to[toOffset + j] += from[fromOffset + j];
    }
  }
}
