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
