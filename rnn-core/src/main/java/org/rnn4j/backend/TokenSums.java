package org.rnn4j.backend;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums over all rows of a matrix B of gradients, in the order of the rows: products {@code C +=
 * Aᵀ·B} with matrices A of as many rows, which are gradients of weights, and plain sums of rows,
 * which are gradients of biases. B is read and packed once for all of them, block by block.
 *
 * <p>Threads share the columns of B, or where these are too few to share evenly, the rows of the
 * results; every element of a result is summed by one thread.
 */
final class TokenSums {
  /** Rows of a block: with 128 columns of A and a panel of B they stay in the caches. */
  private static final int BLOCK = 256;

  /** Columns that a thread owns are a multiple of this, a whole number of panels at any width. */
  private static final int COLUMN_UNIT = 32;

  /** Rows of a result that a thread owns are a multiple of this, a whole number of tiles. */
  private static final int ROW_UNIT = 8;

  private static final float[] NOTHING = {};

  private final Products products;
  private final float[] b;
  private final int bOffset;
  private final int bStride;
  private final int columns;
  private final int rows;
  private final List<Product> matrices = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();

  /** Rows of a matrix A that are made where they are needed. */
  @FunctionalInterface
  interface Source {
    /** Writes {@code count} rows from {@code first} on, without gaps. */
    void rows(int first, int count, float[] to);
  }

  private record Product(
      @Nullable Source source,
      float[] a,
      int aOffset,
      int aStride,
      int aColumns,
      float[] c,
      int cOffset,
      int cStride) {}

  private record Sum(float[] target, int offset) {}

  /** Sums over {@code rows} rows of B, which start {@code bStride} apart. */
  TokenSums(Products products, float[] b, int bOffset, int bStride, int columns, int rows) {
    this.products = products;
    this.b = b;
    this.bOffset = bOffset;
    this.bStride = bStride;
    this.columns = columns;
    this.rows = rows;
  }

  /** Adds the product with {@code aColumns} columns of A to C. */
  void product(
      float[] a, int aOffset, int aStride, int aColumns, float[] c, int cOffset, int cStride) {
    matrices.add(new Product(null, a, aOffset, aStride, aColumns, c, cOffset, cStride));
  }

  /** Adds the product with an A that is made block by block to C; each thread makes its own. */
  void product(Source source, int aColumns, float[] c, int cOffset, int cStride) {
    matrices.add(new Product(source, NOTHING, 0, aColumns, aColumns, c, cOffset, cStride));
  }

  /** Adds the sum of the rows to some elements of an array. */
  void sum(float[] target, int offset) {
    sums.add(new Sum(target, offset));
  }

  /** Computes everything that was asked for. */
  void run() {
    if (matrices.isEmpty() && sums.isEmpty()) {
      return;
    }
    long work = matrices.stream().mapToLong(Product::aColumns).sum() * columns * rows;
    int threads = products.threadsFor(work);
    int units = (columns + COLUMN_UNIT - 1) / COLUMN_UNIT;
    if (units % threads == 0 || units >= 4 * threads) {
      products.parallel(
          threads,
          part -> {
            int from = units * part / threads * COLUMN_UNIT;
            int to = Math.min(units * (part + 1) / threads * COLUMN_UNIT, columns);
            blocks(from, to, 0, 1);
          });
    } else {
      products.parallel(threads, part -> blocks(0, columns, part, threads));
    }
  }

  /** Computes several: each on one thread where they share out evenly, else each on all threads. */
  static void run(Products products, List<TokenSums> all) {
    int threads = products.threads();
    if (all.size() % threads != 0) {
      all.forEach(TokenSums::run);
      return;
    }
    int each = all.size() / threads;
    products.parallel(
        threads,
        part -> {
          for (TokenSums own : all.subList(part * each, (part + 1) * each)) {
            own.blocks(0, own.columns, 0, 1);
          }
        });
  }

  /** All blocks of some columns, and of each product the given part of its rows. */
  private void blocks(int from, int to, int part, int parts) {
    for (int first = 0; first < rows && from < to; first += BLOCK) {
      int count = Math.min(BLOCK, rows - first);
      int at = bOffset + first * bStride + from;
      if (!matrices.isEmpty()) {
        PackedMatrix packed = products.packBlock(b, at, bStride, count, to - from);
        for (Product own : matrices) {
          multiply(block(own, first, count), first, from, packed, part, parts);
        }
      }
      for (int i = 0; i < sums.size() && part == 0; i++) {
        Sum own = sums.get(i);
        products.kernels().addRows(count, b, at, bStride, own.target, own.offset + from, to - from);
      }
    }
  }

  /** The product with its rows of a block where they are to be found, made if need be. */
  private Product block(Product own, int first, int count) {
    if (own.source == null) {
      return own;
    }
    float[] made = Products.rowsScratch(BLOCK * own.aColumns);
    own.source.rows(first, count, made);
    int shift = -first * own.aStride;
    return new Product(
        null, made, shift, own.aStride, own.aColumns, own.c, own.cOffset, own.cStride);
  }

  private void multiply(
      Product own, int first, int from, PackedMatrix packed, int part, int parts) {
    int units = (own.aColumns + ROW_UNIT - 1) / ROW_UNIT;
    int top = units * part / parts * ROW_UNIT;
    int bottom = Math.min(units * (part + 1) / parts * ROW_UNIT, own.aColumns);
    if (top < bottom) {
      products
          .kernels()
          .multiplyAdd(
              bottom - top,
              own.a,
              own.aOffset + first * own.aStride + top,
              1,
              own.aStride,
              packed,
              own.c,
              own.cOffset + top * own.cStride + from,
              own.cStride);
    }
  }
}
