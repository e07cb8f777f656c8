package org.rnn4j.sequence;

/**
 * One training or test example.
 *
 * @param ids the token ids, in reading order; may be empty
 * @param label the class, counted from 0
 */
public record Example(int[] ids, int label) {
  /**
   * Checks the label.
   *
   * @throws IllegalArgumentException if the label is negative
   */
  public Example {
    if (label < 0) {
      throw new IllegalArgumentException("Expected a label of 0 or more, got " + label);
    }
  }
}
