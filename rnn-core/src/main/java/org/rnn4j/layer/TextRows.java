package org.rnn4j.layer;

import org.jspecify.annotations.Nullable;

/** The values of one text on its way through a network: rows of floats, and room for the next. */
final class TextRows {
  /** The longest array that every JVM can make. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private int[] ids = {};
  private int rows;
  private int width;
  private float[] values = {};
  private float[] next = {};
  private float @Nullable [] lastStates;

  /** Begins with the ids of a text. */
  void start(int[] tokenIds) {
    ids = tokenIds;
    rows = tokenIds.length;
    width = 0;
    lastStates = null;
  }

  /** Begins with what another text has come to. */
  void copy(TextRows other) {
    ids = other.ids;
    rows = other.rows;
    width = other.width;
    System.arraycopy(other.values, 0, next(rows, width), 0, rows * width);
    replace(rows, width);
    lastStates = other.lastStates;
  }

  /** The ids of the text. */
  int[] ids() {
    return ids;
  }

  /** How many rows there are: one a token, or one. */
  int rows() {
    return rows;
  }

  /** The width of a row. */
  int width() {
    return width;
  }

  /** The rows. */
  float[] values() {
    return values;
  }

  /** Room for rows that take the place of these, see {@link #replace}. */
  float[] next(int newRows, int newWidth) {
    long size = (long) newRows * newWidth;
    if (size > LARGEST) {
      throw new IllegalArgumentException(
          "Expected a text of at most %d tokens for rows of width %d, got %d"
              .formatted(LARGEST / newWidth, newWidth, newRows));
    }
    if (next.length < size) {
      next = new float[(int) Math.min(LARGEST, size + size / 4)];
    }
    return next;
  }

  /** Goes on with what was written to {@link #next}. */
  void replace(int newRows, int newWidth) {
    float[] old = values;
    values = next;
    next = old;
    rows = newRows;
    width = newWidth;
    lastStates = null;
  }

  /** Copies the state after the last token read. */
  void copyLastStates(float[] to, int at) {
    if (lastStates == null) {
      System.arraycopy(values, (rows - 1) * width, to, at, width);
    } else {
      System.arraycopy(lastStates, 0, to, at, width);
    }
  }

  /** Says what the state after the last token read is, where it is not the last row. */
  void lastStates(float[] states) {
    lastStates = states;
  }

  /** The state after the last token read, or null where it is the last row. */
  float @Nullable [] lastStates() {
    return lastStates;
  }
}
