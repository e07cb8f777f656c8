package org.rnn4j.backend;

import java.util.function.Consumer;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * One sequence of a packed batch at a time, as the reference reads it: its rows, out of a packed
 * tensor, as a matrix in the order of time.
 */
final class ReferenceText {
  private final Sequences sequences;
  private final int row;

  private ReferenceText(Sequences sequences, int row) {
    this.sequences = sequences;
    this.row = row;
  }

  /** Hands out every sequence that has tokens. */
  static void forEach(Sequences sequences, Consumer<ReferenceText> action) {
    for (int row = 0; row < sequences.batch() && sequences.length(row) > 0; row++) {
      action.accept(new ReferenceText(sequences, row));
    }
  }

  /** The sequence's place in original order. */
  int original() {
    return sequences.original(row);
  }

  /** The sequence's rows of a packed tensor, {@code [length, width]}. */
  SimpleMatrix rows(Tensor packed) {
    SimpleMatrix own = new SimpleMatrix(sequences.length(row), packed.columns());
    for (int t = 0; t < sequences.length(row); t++) {
      own.setRow(t, packed.matrix().getRow(sequences.offset(t) + row));
    }
    return own;
  }

  /** Writes the sequence's rows of a packed tensor. */
  void set(Tensor packed, SimpleMatrix own) {
    for (int t = 0; t < sequences.length(row); t++) {
      packed.matrix().setRow(sequences.offset(t) + row, own.getRow(t));
    }
  }

  /** Adds to the sequence's rows of a packed gradient, where it is wanted. */
  void add(@Nullable Tensor packed, SimpleMatrix own) {
    if (packed != null) {
      set(packed, rows(packed).plus(own));
    }
  }
}
