package org.rnn4j.backend;

import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * What the reference recurrences share: the order in which the steps of a packed batch are read,
 * blocks of rows, and states in packed order.
 */
final class ReferenceSteps {
  private ReferenceSteps() {}

  /** The time step read at a position of the reading order. */
  static int step(RecurrentInput input, int position) {
    return input.reverse() ? input.sequences().steps() - 1 - position : position;
  }

  /** Rows {@code first … first + count − 1}. */
  static SimpleMatrix rows(SimpleMatrix matrix, int first, int count) {
    return matrix.extractMatrix(first, first + count, 0, matrix.getNumCols());
  }

  /** The gates of one kind: columns {@code gate·hidden … (gate + 1)·hidden − 1}. */
  static SimpleMatrix gate(SimpleMatrix gates, int gate, int hidden) {
    return gates.extractMatrix(0, gates.getNumRows(), gate * hidden, (gate + 1) * hidden);
  }

  /** A state given in original order, or zeros, with its rows in packed order. */
  static SimpleMatrix packedState(Sequences sequences, @Nullable Tensor state, int hidden) {
    SimpleMatrix packed = new SimpleMatrix(sequences.batch(), hidden);
    if (state != null) {
      for (int row = 0; row < sequences.batch(); row++) {
        packed.setRow(row, state.matrix().getRow(sequences.original(row)));
      }
    }
    return packed;
  }

  /** Gradients of states before a step, zero in the rows where the input says they are cut. */
  static SimpleMatrix cut(RecurrentInput input, int step, SimpleMatrix flowing) {
    SimpleMatrix left = flowing.copy();
    for (int row = 0; row < left.getNumRows(); row++) {
      if (input.cutsBefore(row, step)) {
        left.setRow(row, new SimpleMatrix(1, left.getNumCols()));
      }
    }
    return left;
  }

  /** A state in packed order as a tensor in original order. */
  static Tensor originalState(Sequences sequences, SimpleMatrix packed) {
    Tensor state = Tensor.zeros(DType.FLOAT64, packed.getNumRows(), packed.getNumCols());
    for (int row = 0; row < sequences.batch(); row++) {
      state.matrix().setRow(sequences.original(row), packed.getRow(row));
    }
    return state;
  }
}
