package org.rnn4j.backend;

import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;

/** Recurrent dropout of the reference recurrences: a mask of the state for each gate, or none. */
final class ReferenceMasks {
  private final @Nullable SimpleMatrix masks; // [batch, gates*width], packed order
  private final int width;

  ReferenceMasks(RecurrentInput input, int width) {
    this.width = width;
    this.masks =
        input.stateMasks() == null
            ? null
            : ReferenceSteps.packedState(
                input.sequences(), input.stateMasks(), input.stateMasks().columns());
  }

  /** {@code x∘mask} for the first rows of the batch, as a gate reads them. */
  SimpleMatrix of(int gate, SimpleMatrix x) {
    return masks == null
        ? x
        : x.elementMult(
            ReferenceSteps.gate(ReferenceSteps.rows(masks, 0, x.getNumRows()), gate, width));
  }
}
