package org.rnn4j.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, slowest-varying first. A tensor is stored as a row-major matrix whose
 * columns are the last dimension and whose rows are the product of the others, so {@code [5]} is
 * one row of five and {@code [3, 4]} three rows of four. The empty shape is a scalar: one row, one
 * column.
 */
public final class Shape {
  private final int[] dimensions;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * A shape of the given extents.
   *
   * @throws IllegalArgumentException if an extent is negative, or the number of elements exceeds
   *     {@link Integer#MAX_VALUE}
   */
  public static Shape of(int... dimensions) {
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "Expected extents of 0 or more, got " + Arrays.toString(dimensions));
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Expected at most 2^31 - 1 elements, got the shape " + Arrays.toString(dimensions));
      }
    }
    return new Shape(dimensions.clone());
  }

  /** The number of dimensions; 0 for a scalar. */
  public int rank() {
    return dimensions.length;
  }

  /** The extent of one dimension, counted from 0. */
  public int dimension(int index) {
    return dimensions[index];
  }

  /** The extents, slowest-varying first, as a fresh array. */
  public int[] dimensions() {
    return dimensions.clone();
  }

  /** The number of elements. */
  public int size() {
    return rows() * columns();
  }

  /** The rows of the matrix that holds the tensor: the product of all extents but the last. */
  public int rows() {
    int rows = 1;
    for (int i = 0; i < dimensions.length - 1; i++) {
      rows *= dimensions[i];
    }
    return rows;
  }

  /** The columns of the matrix that holds the tensor: the last extent, or 1 for a scalar. */
  public int columns() {
    return dimensions.length == 0 ? 1 : dimensions[dimensions.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** The extents in brackets, for example {@code [128, 512]}. */
  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
