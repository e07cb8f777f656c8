package org.rnn4j.backend.simd;

/** Float arrays of a thread, for results that live no longer than a call. */
final class Scratch {
  private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  private float[] row = {};
  private float[] tile = {};
  private float[] columns = {};

  private Scratch() {}

  /** The thread's arrays. */
  static Scratch own() {
    return OWN.get();
  }

  /** An array with room for n floats of a row; what it holds is left over from the last use. */
  float[] row(int n) {
    if (row.length < n) {
      row = new float[n];
    }
    return row;
  }

  /** An array with room for n floats of C; what it holds is left over from the last use. */
  float[] tile(int n) {
    if (tile.length < n) {
      tile = new float[n];
    }
    return tile;
  }

  /** An array with room for n floats of A; what it holds is left over from the last use. */
  float[] columns(int n) {
    if (columns.length < n) {
      columns = new float[n];
    }
    return columns;
  }
}
