package org.rnn4j.backend;

import static org.rnn4j.backend.ReferenceBackend.add;
import static org.rnn4j.backend.ReferenceBackend.addToRows;
import static org.rnn4j.backend.ReferenceBackend.map;
import static org.rnn4j.backend.ReferenceBackend.sigmoid;
import static org.rnn4j.backend.ReferenceBackend.sumOfRows;
import static org.rnn4j.backend.ReferenceBackend.tanh;
import static org.rnn4j.backend.ReferenceLstm.sigmoidGradient;
import static org.rnn4j.backend.ReferenceLstm.tanhGradient;
import static org.rnn4j.backend.ReferenceSteps.gate;
import static org.rnn4j.backend.ReferenceSteps.rows;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The GRU in float64, one step after the other (docs/derivations/gru.md).
 *
 * <pre>
 *   z = σ(x·Wz + bz + h₋₁·Uz + cz)      r = σ(x·Wr + br + h₋₁·Ur + cr)      h = z∘h₋₁ + (1 − z)∘n
 *   reset after:  n = tanh(x·Wn + bn + r∘(h₋₁·Un + cn))
 *   reset before: n = tanh(x·Wn + bn + (r∘h₋₁)·Un), and no c
 * </pre>
 */
final class ReferenceGru implements RecurrentRun {
  private final GruWeights weights;
  private final RecurrentInput input;
  private final int hidden;
  private final ReferenceMasks masks;
  private final Tensor outputs;
  private final List<Step> trace = new ArrayList<>();

  /**
   * What backward needs of one step; every matrix has a row for each live sequence. The inner value
   * is what the reset gate multiplies, or, with the reset before the product, its result.
   */
  private record Step(
      int number,
      SimpleMatrix previous,
      SimpleMatrix z,
      SimpleMatrix r,
      SimpleMatrix n,
      SimpleMatrix inner) {}

  ReferenceGru(GruWeights weights, RecurrentInput input) {
    this.weights = weights;
    this.input = input;
    this.hidden = weights.hidden();
    input.check(weights.input(), weights.recurrent(), hidden);
    masks = new ReferenceMasks(input, hidden);
    outputs = Tensor.zeros(DType.FLOAT64, input.sequences().tokens(), hidden);
    forward();
  }

  private void forward() {
    Sequences sequences = input.sequences();
    SimpleMatrix h = ReferenceSteps.packedState(sequences, input.initialHidden(), hidden);
    for (int position = 0; position < sequences.steps(); position++) {
      int step = ReferenceSteps.step(input, position);
      int live = sequences.size(step);
      int offset = sequences.offset(step);
      SimpleMatrix previous = rows(h, 0, live);
      SimpleMatrix product =
          rows(input.values().matrix(), offset, live).mult(weights.input().matrix());
      SimpleMatrix a = addToRows(product, weights.bias().matrix());
      SimpleMatrix z = sigmoid(gate(a, 0, hidden).plus(recurrent(0, masks.of(0, previous))));
      SimpleMatrix r = sigmoid(gate(a, 1, hidden).plus(recurrent(1, masks.of(1, previous))));
      SimpleMatrix read = masks.of(2, previous);
      SimpleMatrix inner = weights.resetAfter() ? recurrent(2, read) : r.elementMult(read);
      SimpleMatrix reset = weights.resetAfter() ? r.elementMult(inner) : recurrent(2, inner);
      SimpleMatrix n = tanh(gate(a, 2, hidden).plus(reset));
      SimpleMatrix output = z.elementMult(previous).plus(map(z, v -> 1 - v).elementMult(n));
      trace.add(new Step(step, previous, z, r, n, inner));
      h.insertIntoThis(0, 0, output);
      outputs.matrix().insertIntoThis(offset, 0, output);
    }
  }

  /** {@code state·U + c} for the columns of one gate. */
  private SimpleMatrix recurrent(int gate, SimpleMatrix state) {
    SimpleMatrix product = state.mult(recurrentWeights(gate));
    return weights.recurrentBias() == null
        ? product
        : addToRows(product, gate(weights.recurrentBias().matrix(), gate, hidden));
  }

  private SimpleMatrix recurrentWeights(int gate) {
    return gate(weights.recurrent().matrix(), gate, hidden);
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
    SimpleMatrix dh = new SimpleMatrix(sequences.batch(), hidden);
    SimpleMatrix dx = new SimpleMatrix(sequences.tokens(), weights.input().rows());
    for (int position = sequences.steps() - 1; position >= 0; position--) {
      Step step = trace.get(position);
      int live = step.z.getNumRows();
      int offset = sequences.offset(step.number);
      SimpleMatrix read = masks.of(2, step.previous);
      SimpleMatrix dOutput =
          rows(dh, 0, live).plus(rows(gradients.outputs().matrix(), offset, live));
      SimpleMatrix dz = sigmoidGradient(step.z, dOutput.elementMult(step.previous.minus(step.n)));
      SimpleMatrix dn = tanhGradient(step.n, dOutput.elementMult(map(step.z, v -> 1 - v)));
      SimpleMatrix dPrevious = dOutput.elementMult(step.z);
      SimpleMatrix un = recurrentWeights(2);
      SimpleMatrix dr;
      SimpleMatrix dProduct; // ∂L/∂ of the recurrent product of n
      if (weights.resetAfter()) {
        dProduct = dn.elementMult(step.r);
        dr = sigmoidGradient(step.r, dn.elementMult(step.inner));
        dPrevious = dPrevious.plus(masks.of(2, dProduct.mult(un.transpose())));
      } else {
        dProduct = dn;
        SimpleMatrix dReset = dn.mult(un.transpose());
        dr = sigmoidGradient(step.r, dReset.elementMult(read));
        dPrevious = dPrevious.plus(masks.of(2, dReset.elementMult(step.r)));
      }
      dPrevious =
          dPrevious
              .plus(masks.of(0, dz.mult(recurrentWeights(0).transpose())))
              .plus(masks.of(1, dr.mult(recurrentWeights(1).transpose())));
      dh.insertIntoThis(0, 0, ReferenceSteps.cut(input, step.number, dPrevious));
      SimpleMatrix dInput = dz.concatColumns(dr, dn);
      dx.insertIntoThis(offset, 0, dInput.mult(weights.input().matrix().transpose()));
      addWeightGradients(gradients, step, dInput, dz.concatColumns(dr, dProduct));
    }
    add(gradients.values(), dx);
    add(gradients.initialHidden(), ReferenceSteps.originalState(sequences, dh).matrix());
  }

  private void addWeightGradients(
      RecurrentGradients gradients, Step step, SimpleMatrix dInput, SimpleMatrix dRecurrent) {
    SimpleMatrix x =
        rows(input.values().matrix(), input.sequences().offset(step.number), dInput.getNumRows());
    add(gradients.inputWeights(), x.transpose().mult(dInput));
    add(gradients.bias(), sumOfRows(dInput));
    SimpleMatrix operand = weights.resetAfter() ? masks.of(2, step.previous) : step.inner;
    add(
        gradients.recurrentWeights(),
        masks
            .of(0, step.previous)
            .transpose()
            .mult(gate(dRecurrent, 0, hidden))
            .concatColumns(
                masks.of(1, step.previous).transpose().mult(gate(dRecurrent, 1, hidden)),
                operand.transpose().mult(gate(dRecurrent, 2, hidden))));
    add(gradients.recurrentBias(), sumOfRows(dRecurrent));
  }
}
