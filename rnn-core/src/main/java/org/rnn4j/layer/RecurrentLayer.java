package org.rnn4j.layer;

import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.ProjectedTable;
import org.rnn4j.backend.SequenceRecurrence;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/** A layer that reads each text token by token, from its first to its last. */
interface RecurrentLayer extends StagedLayer {
  /** The layer over one text at a time. */
  SequenceRecurrence sequence(FastBackend backend);

  /** The outputs over texts whose inputs are rows of a table, {@code [tokens, hidden]}. */
  Tensor projected(
      FastBackend backend, Sequences sequences, ProjectedTable table, Workspace workspace);

  @Override
  default TextStage stage(FastBackend backend) {
    SequenceRecurrence sequence = sequence(backend);
    return rows -> {
      sequence.run(rows.values(), rows.rows(), rows.next(rows.rows(), sequence.hidden()));
      rows.replace(rows.rows(), sequence.hidden());
    };
  }
}
