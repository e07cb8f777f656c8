package org.rnn4j.layer;

/** The values of one text on its way through a network: rows of floats, and room for the next. */
final class TextRows {
  private int[] ids = {};
  private int rows;
  private int width;
  private float[] values = {};
  private float[] next = {};

  /** Begins with the ids of a text. */
  void start(int[] tokenIds) {
    ids = tokenIds;
    rows = tokenIds.length;
    width = 0;
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
    int size = Math.multiplyExact(newRows, newWidth);
    if (next.length < size) {
      next = new float[size + size / 4];
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
  }
}
