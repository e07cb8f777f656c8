package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * Softmax over time and weighted sums of tokens, in float32. Threads share the sequences.
 *
 * <p>The tokens of a sequence lie as far apart in a packed value as there are sequences still
 * running, so as long as none ends they are a matrix with a constant stride, which products read
 * where it is. Such a stretch of time is a <em>run</em>.
 */
final class FastAttention {
  /** Tokens that are packed for one product: with a few hundred features they stay in the cache. */
  private static final int BLOCK = 128;

  /** What the exponential of one element costs, in multiply-adds. */
  private static final int EXP_COST = 32;

  private final Products products;

  FastAttention(Products products) {
    this.products = products;
  }

  /** Work on the sequences of a range of packed rows. */
  @FunctionalInterface
  private interface Texts {
    void run(int from, int to);
  }

  /** Work on a stretch of time with a constant number of sequences. */
  @FunctionalInterface
  private interface Run {
    /**
     * Does the work.
     *
     * @param token the row of the first of the sequence's tokens
     * @param count how many tokens
     * @param stride rows from one of them to the next
     */
    void accept(int token, int count, int stride);
  }

  /** Shares sequences among threads, as equal in tokens as whole sequences allow. */
  private void split(Sequences sequences, long costOfToken, Texts texts) {
    int parts = products.threadsFor(costOfToken * sequences.tokens());
    products.parallel(
        parts,
        part -> texts.run(border(sequences, part, parts), border(sequences, part + 1, parts)));
  }

  private static int border(Sequences sequences, int part, int parts) {
    if (part == parts) {
      return sequences.batch();
    }
    long wanted = (long) sequences.tokens() * part / parts;
    int row = 0;
    for (long before = 0; before < wanted; row++) {
      before += sequences.length(row);
    }
    return row;
  }

  private static void forEachRun(Sequences sequences, int row, int longest, Run run) {
    int length = sequences.length(row);
    for (int first = 0, end; first < length; first = end) {
      int size = sequences.size(first);
      end = first + 1;
      while (end < length && end - first < longest && sequences.size(end) == size) {
        end++;
      }
      run.accept(sequences.offset(first) + row, end - first, size);
    }
  }

  /** {@link Backend#softmaxOverTime}. */
  void softmax(Sequences sequences, Tensor x, Tensor y) {
    int columns = x.columns();
    split(
        sequences,
        (long) EXP_COST * columns,
        (from, to) ->
            softmax(sequences, from * columns, to * columns, columns, x.floats(), y.floats()));
  }

  /** The softmax of the elements {@code from … to} of every time step. */
  private void softmax(Sequences sequences, int from, int to, int columns, float[] x, float[] y) {
    Kernels kernels = products.kernels();
    float[] greatest = new float[to - from];
    double[] sums = new double[to - from];
    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    for (int step = 0; step < sequences.steps(); step++) {
      int at = sequences.offset(step) * columns + from;
      int n = live(sequences, step, columns, from, to);
      for (int i = 0; i < n; i++) {
        greatest[i] = Math.max(greatest[i], x[at + i]);
      }
    }
    for (int step = 0; step < sequences.steps(); step++) {
      int at = sequences.offset(step) * columns + from;
      int n = live(sequences, step, columns, from, to);
      kernels.expOfDifferences(x, at, greatest, 0, y, at, n);
      for (int i = 0; i < n; i++) {
        sums[i] += y[at + i];
      }
    }
    for (int step = 0; step < sequences.steps(); step++) {
      int at = sequences.offset(step) * columns + from;
      int n = live(sequences, step, columns, from, to);
      for (int i = 0; i < n; i++) {
        y[at + i] /= (float) sums[i];
      }
    }
  }

  /** How many of the elements {@code from … to} of a step belong to sequences still running. */
  private static int live(Sequences sequences, int step, int columns, int from, int to) {
    return Math.max(0, Math.min(to, sequences.size(step) * columns) - from);
  }

  /** {@link Backend#softmaxOverTime} of one sequence whose tokens follow each other, in place. */
  static void softmax(float[] x, int tokens, int columns) {
    for (int k = 0; k < columns; k++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int i = k; i < tokens * columns; i += columns) {
        greatest = Math.max(greatest, x[i]);
      }
      double sum = 0;
      for (int i = k; i < tokens * columns; i += columns) {
        x[i] = FloatMath.exp(x[i] - greatest);
        sum += x[i];
      }
      for (int i = k; i < tokens * columns; i += columns) {
        x[i] /= (float) sum;
      }
    }
  }

  /** {@link Backend#softmaxOverTimeBackward}. */
  void softmaxBackward(Sequences sequences, Tensor y, Tensor dy, Tensor dx) {
    int columns = y.columns();
    split(
        sequences,
        4L * columns,
        (from, to) ->
            softmaxBackward(
                sequences,
                from * columns,
                to * columns,
                columns,
                y.floats(),
                dy.floats(),
                dx.floats()));
  }

  private static void softmaxBackward(
      Sequences sequences, int from, int to, int columns, float[] y, float[] dy, float[] dx) {
    double[] sums = new double[to - from];
    for (int step = 0; step < sequences.steps(); step++) {
      int at = sequences.offset(step) * columns + from;
      int n = live(sequences, step, columns, from, to);
      for (int i = 0; i < n; i++) {
        sums[i] = Math.fma((double) y[at + i], dy[at + i], sums[i]);
      }
    }
    for (int step = 0; step < sequences.steps(); step++) {
      int at = sequences.offset(step) * columns + from;
      int n = live(sequences, step, columns, from, to);
      for (int i = 0; i < n; i++) {
        dx[at + i] = Math.fma(y[at + i], dy[at + i] - (float) sums[i], dx[at + i]);
      }
    }
  }

  /** {@link Backend#weightedSums}. */
  void sums(Sequences sequences, Tensor weights, Tensor x, Tensor y) {
    int sums = weights.columns();
    int width = x.columns();
    y.fill(0);
    split(
        sequences,
        (long) sums * width,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = sequences.original(row) * sums * width;
            forEachRun(
                sequences,
                row,
                BLOCK,
                (token, count, stride) -> {
                  PackedMatrix rows =
                      products.packBlock(
                          x.floats(), token * width, stride * width, 1, count, width);
                  products
                      .kernels()
                      .multiplyAdd(
                          sums,
                          weights.floats(),
                          token * sums,
                          1,
                          stride * sums,
                          rows,
                          y.floats(),
                          at,
                          width);
                });
          }
        });
  }

  /** {@link Backend#weightedSums} of one sequence whose tokens follow each other. */
  static void sums(float[] weights, int sums, float[] x, int tokens, int width, float[] y) {
    Arrays.fill(y, 0, sums * width, 0f);
    for (int token = 0; token < tokens; token++) {
      for (int k = 0; k < sums; k++) {
        addScaled(weights[token * sums + k], x, token * width, y, k * width, width);
      }
    }
  }

  private static void addScaled(float factor, float[] x, int from, float[] y, int to, int n) {
    for (int j = 0; j < n; j++) {
      y[to + j] = Math.fma(factor, x[from + j], y[to + j]);
    }
  }

  /** {@link Backend#weightedSumsBackward}. */
  void sumsBackward(
      Sequences sequences,
      Tensor weights,
      Tensor x,
      Tensor dy,
      @Nullable Tensor dWeights,
      @Nullable Tensor dx) {
    int sums = weights.columns();
    int width = x.columns();
    split(
        sequences,
        2L * sums * width,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = sequences.original(row) * sums * width;
            if (dWeights != null) {
              PackedMatrix transposed = products.packBlock(dy.floats(), at, 1, width, width, sums);
              addProduct(sequences, row, x, transposed, dWeights);
            }
            if (dx != null) {
              PackedMatrix packed = products.packBlock(dy.floats(), at, width, 1, sums, width);
              addProduct(sequences, row, weights, packed, dx);
            }
          }
        });
  }

  /** {@code c[t] += a[t]·b} for the tokens of a sequence. */
  private void addProduct(Sequences sequences, int row, Tensor a, PackedMatrix b, Tensor c) {
    int in = a.columns();
    int out = c.columns();
    forEachRun(
        sequences,
        row,
        Integer.MAX_VALUE,
        (token, count, stride) ->
            products
                .kernels()
                .multiplyAdd(
                    count,
                    a.floats(),
                    token * in,
                    stride * in,
                    1,
                    b,
                    c.floats(),
                    token * out,
                    stride * out));
  }
}
