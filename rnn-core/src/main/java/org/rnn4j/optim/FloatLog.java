package org.rnn4j.optim;

import java.util.Arrays;

/** One number for each of the steps taken, in order. */
final class FloatLog {
  private float[] values = new float[64];
  private int count;

  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = (float) value;
  }

  int count() {
    return count;
  }

  float get(int step) {
    return values[step];
  }

  void clear() {
    count = 0;
  }

  /** The numbers in the first {@link #count} elements. */
  float[] values() {
    return values;
  }
}
