package org.rnn4j.backend;

import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** Moves whole rows between tensors of one type and equal width. */
public final class Rows {
  private Rows() {}

  /** {@code to[toRow] = from[fromRow]}. */
  public static void copy(Tensor from, int fromRow, Tensor to, int toRow) {
    int width = to.columns();
    if (to.type() == DType.FLOAT32) {
      System.arraycopy(from.floats(), fromRow * width, to.floats(), toRow * width, width);
    } else {
      System.arraycopy(from.doubles(), fromRow * width, to.doubles(), toRow * width, width);
    }
  }

  /** {@code to[toRow] += scale · from[fromRow]}. */
  public static void add(Tensor from, int fromRow, double scale, Tensor to, int toRow) {
    int width = to.columns();
    if (to.type() == DType.FLOAT32) {
      add(from.floats(), fromRow * width, (float) scale, to.floats(), toRow * width, width);
    } else {
      double[] source = from.doubles();
      double[] target = to.doubles();
      for (int j = 0; j < width; j++) {
        target[toRow * width + j] += scale * source[fromRow * width + j];
      }
    }
  }

  private static void add(
      float[] from, int fromOffset, float scale, float[] to, int toOffset, int n) {
    for (int j = 0; j < n; j++) {
      to[toOffset + j] = Math.fma(scale, from[fromOffset + j], to[toOffset + j]);
    }
  }

  /** Copies some columns of every row. */
  public static void copyColumns(
      Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    Object source = from.type() == DType.FLOAT32 ? from.floats() : from.doubles();
    Object target = to.type() == DType.FLOAT32 ? to.floats() : to.doubles();
    for (int row = 0; row < to.rows(); row++) {
      System.arraycopy(
          source,
          row * from.columns() + fromColumn,
          target,
          row * to.columns() + toColumn,
          columns);
    }
  }

  /** Adds some columns of every row. */
  public static void addColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    for (int row = 0; row < to.rows(); row++) {
      int source = row * from.columns() + fromColumn;
      int target = row * to.columns() + toColumn;
      if (to.type() == DType.FLOAT32) {
        add(from.floats(), source, 1, to.floats(), target, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          to.doubles()[target + j] += from.doubles()[source + j];
        }
      }
    }
  }

  /**
   * Where an element of the row {@code from[fromRow]} exceeds the one of {@code to[toRow]}, takes
   * it and sets the element's entry in {@code winners}, an array of to's shape, to fromRow. NaN
   * exceeds every number, so that it does not go unnoticed.
   */
  public static void takeGreater(Tensor from, int fromRow, Tensor to, int toRow, int[] winners) {
    int width = to.columns();
    int source = fromRow * width;
    int target = toRow * width;
    if (to.type() == DType.FLOAT32) {
      float[] challengers = from.floats();
      float[] greatest = to.floats();
      for (int j = 0; j < width; j++) {
        if (isGreater(challengers[source + j], greatest[target + j])) {
          greatest[target + j] = challengers[source + j];
          winners[target + j] = fromRow;
        }
      }
    } else {
      double[] challengers = from.doubles();
      double[] greatest = to.doubles();
      for (int j = 0; j < width; j++) {
        if (isGreater(challengers[source + j], greatest[target + j])) {
          greatest[target + j] = challengers[source + j];
          winners[target + j] = fromRow;
        }
      }
    }
  }

  private static boolean isGreater(double challenger, double greatest) {
    return challenger > greatest || (Double.isNaN(challenger) && !Double.isNaN(greatest));
  }
}
