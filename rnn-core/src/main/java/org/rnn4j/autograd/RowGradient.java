package org.rnn4j.autograd;

import org.rnn4j.backend.RowSet;
import org.rnn4j.tensor.Tensor;

/**
 * The gradient of a table of which a pass has used some rows: it is zero in all others. What works
 * on gradients, such as clipping and optimisers, may leave those out.
 */
public final class RowGradient {
  private final Tensor values;
  private RowSet rows = new RowSet(new int[0], 0);

  RowGradient(Tensor values) {
    this.values = values;
  }

  /** The whole gradient, of the table's shape. */
  public Tensor values() {
    return values;
  }

  /** The rows that were used. */
  public RowSet rows() {
    return rows;
  }

  /** Adds rows to those in use. */
  void use(RowSet more) {
    if (rows.count() == 0) {
      rows = more;
      return;
    }
    int[] merged = new int[rows.count() + more.count()];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < rows.count() || j < more.count()) {
      int mine = i < rows.count() ? rows.row(i) : Integer.MAX_VALUE;
      int other = j < more.count() ? more.row(j) : Integer.MAX_VALUE;
      merged[size++] = Math.min(mine, other);
      i += mine <= other ? 1 : 0;
      j += other <= mine ? 1 : 0;
    }
    rows = new RowSet(merged, size);
  }

  /** Sets the rows in use to zero; none is in use any more. */
  void clear() {
    for (int i = 0; i < rows.count(); i++) {
      values.fillRow(rows.row(i), 0);
    }
    rows = new RowSet(new int[0], 0);
  }
}
