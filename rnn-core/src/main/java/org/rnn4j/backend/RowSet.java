package org.rnn4j.backend;

/**
 * Some rows of a table.
 *
 * @param rows their numbers, ascending, in the first {@code count} elements
 * @param count how many there are
 */
public record RowSet(int[] rows, int count) {
  /** The number of a row. */
  public int row(int index) {
    return rows[index];
  }
}
