package org.rnn4j.tensor;

/**
 * The element type of a {@link Tensor}. Networks train and predict in {@link #FLOAT32}; gradients
 * are checked in {@link #FLOAT64}.
 */
public enum DType {
  /** IEEE 754 single precision, 4 bytes an element. */
  FLOAT32(4),
  /** IEEE 754 double precision, 8 bytes an element. */
  FLOAT64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes that one element takes. */
  public int bytes() {
    return bytes;
  }
}
