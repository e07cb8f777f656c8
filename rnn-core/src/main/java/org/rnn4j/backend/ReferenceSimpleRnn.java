package org.rnn4j.backend;

import static org.rnn4j.backend.ReferenceBackend.add;
import static org.rnn4j.backend.ReferenceBackend.addToRows;
import static org.rnn4j.backend.ReferenceBackend.sumOfRows;
import static org.rnn4j.backend.ReferenceBackend.tanh;
import static org.rnn4j.backend.ReferenceLstm.tanhGradient;
import static org.rnn4j.backend.ReferenceSteps.rows;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The simple recurrent layer in float64, {@code h = tanh(x·W + (h₋₁∘mask)·U + b)}, one step after
 * the other (docs/derivations/simple-rnn.md).
 */
final class ReferenceSimpleRnn implements RecurrentRun {
  private final SimpleRnnWeights weights;
  private final RecurrentInput input;
  private final ReferenceMasks masks;
  private final Tensor outputs;
  private final List<Step> trace = new ArrayList<>();

  /** What backward needs of one step; every matrix has a row for each live sequence. */
  private record Step(int number, SimpleMatrix previous, SimpleMatrix output) {}

  ReferenceSimpleRnn(SimpleRnnWeights weights, RecurrentInput input) {
    this.weights = weights;
    this.input = input;
    input.check(weights.input(), weights.recurrent(), weights.hidden());
    masks = new ReferenceMasks(input, weights.hidden());
    outputs = Tensor.zeros(DType.FLOAT64, input.sequences().tokens(), weights.hidden());
    forward();
  }

  private void forward() {
    Sequences sequences = input.sequences();
    SimpleMatrix h = ReferenceSteps.packedState(sequences, input.initialHidden(), weights.hidden());
    for (int position = 0; position < sequences.steps(); position++) {
      int step = ReferenceSteps.step(input, position);
      int offset = sequences.offset(step);
      SimpleMatrix previous = rows(h, 0, sequences.size(step));
      SimpleMatrix x = rows(input.values().matrix(), offset, sequences.size(step));
      SimpleMatrix product =
          x.mult(weights.input().matrix())
              .plus(masks.of(0, previous).mult(weights.recurrent().matrix()));
      SimpleMatrix output = tanh(addToRows(product, weights.bias().matrix()));
      trace.add(new Step(step, previous, output));
      h.insertIntoThis(0, 0, output);
      outputs.matrix().insertIntoThis(offset, 0, output);
    }
  }

  @Override
  public Tensor outputs() {
    return outputs;
  }

  @Override
  public @Nullable Tensor finalCells() {
    return null;
  }

  @Override
  public void backward(RecurrentGradients gradients) {
    Sequences sequences = input.sequences();
    SimpleMatrix dh = new SimpleMatrix(sequences.batch(), weights.hidden());
    SimpleMatrix dx = new SimpleMatrix(sequences.tokens(), weights.input().rows());
    for (int position = sequences.steps() - 1; position >= 0; position--) {
      Step step = trace.get(position);
      int live = step.output.getNumRows();
      int offset = sequences.offset(step.number);
      SimpleMatrix dOutput =
          rows(dh, 0, live).plus(rows(gradients.outputs().matrix(), offset, live));
      SimpleMatrix dz = tanhGradient(step.output, dOutput);
      SimpleMatrix dPrevious = masks.of(0, dz.mult(weights.recurrent().matrix().transpose()));
      dh.insertIntoThis(0, 0, ReferenceSteps.cut(input, step.number, dPrevious));
      dx.insertIntoThis(offset, 0, dz.mult(weights.input().matrix().transpose()));
      SimpleMatrix x = rows(input.values().matrix(), offset, live);
      add(gradients.inputWeights(), x.transpose().mult(dz));
      add(gradients.recurrentWeights(), masks.of(0, step.previous).transpose().mult(dz));
      add(gradients.bias(), sumOfRows(dz));
    }
    add(gradients.values(), dx);
    add(gradients.initialHidden(), ReferenceSteps.originalState(sequences, dh).matrix());
  }
}
