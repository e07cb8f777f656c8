package org.rnn4j.backend;

import static org.rnn4j.backend.ReferenceBackend.add;
import static org.rnn4j.backend.ReferenceBackend.addToRows;
import static org.rnn4j.backend.ReferenceBackend.map;
import static org.rnn4j.backend.ReferenceBackend.sigmoid;
import static org.rnn4j.backend.ReferenceBackend.sumOfRows;
import static org.rnn4j.backend.ReferenceBackend.tanh;
import static org.rnn4j.backend.ReferenceSteps.gate;
import static org.rnn4j.backend.ReferenceSteps.rows;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The LSTM in float64, one step after the other (docs/derivations/lstm.md).
 *
 * <pre>
 *   z = x·W + h₋₁·U + b           i = σ(z_i + p_i∘c₋₁)   f = σ(z_f + p_f∘c₋₁)   g = tanh(z_g)
 *   c = f∘c₋₁ + i∘g               o = σ(z_o + p_o∘c)     h = o∘tanh(c)
 * </pre>
 *
 * <p>with c clipped before o∘tanh(c) if it has a limit, and h = clip(m·P) of m = o∘tanh(c) if there
 * is a projection. Each gate's product with U reads h₋₁ through its own mask.
 */
final class ReferenceLstm implements RecurrentRun {
  private final LstmWeights weights;
  private final RecurrentInput input;
  private final int hidden;
  private final int state;
  private final ReferenceMasks masks;
  private final Tensor outputs;
  private final Tensor finalCells;
  private final List<Step> trace = new ArrayList<>();

  /** What backward needs of one step; every matrix has a row for each live sequence. */
  private record Step(
      int number,
      SimpleMatrix previousHidden,
      SimpleMatrix previousCell,
      SimpleMatrix i,
      SimpleMatrix f,
      SimpleMatrix g,
      SimpleMatrix o,
      SimpleMatrix cell,
      SimpleMatrix output) {}

  ReferenceLstm(LstmWeights weights, RecurrentInput input) {
    this.weights = weights;
    this.input = input;
    this.hidden = weights.hidden();
    this.state = weights.state();
    input.check(weights.input(), weights.recurrent(), hidden);
    masks = new ReferenceMasks(input, state);
    outputs = Tensor.zeros(DType.FLOAT64, input.sequences().tokens(), state);
    finalCells = forward();
  }

  private Tensor forward() {
    Sequences sequences = input.sequences();
    SimpleMatrix h = ReferenceSteps.packedState(sequences, input.initialHidden(), state);
    SimpleMatrix c = ReferenceSteps.packedState(sequences, input.initialCell(), hidden);
    for (int position = 0; position < sequences.steps(); position++) {
      int step = ReferenceSteps.step(input, position);
      int live = sequences.size(step);
      int offset = sequences.offset(step);
      SimpleMatrix x = rows(input.values().matrix(), offset, live);
      SimpleMatrix previousHidden = rows(h, 0, live);
      SimpleMatrix previousCell = rows(c, 0, live);
      SimpleMatrix product = x.mult(weights.input().matrix()).plus(recurrent(previousHidden));
      SimpleMatrix z = addToRows(product, weights.bias().matrix());
      SimpleMatrix i = sigmoid(gate(z, 0, hidden).plus(peep(0, previousCell)));
      SimpleMatrix f = sigmoid(gate(z, 1, hidden).plus(peep(1, previousCell)));
      SimpleMatrix g = tanh(gate(z, 2, hidden));
      SimpleMatrix cell =
          clip(f.elementMult(previousCell).plus(i.elementMult(g)), weights.cellClip());
      SimpleMatrix o = sigmoid(gate(z, 3, hidden).plus(peep(2, cell)));
      SimpleMatrix output = project(o.elementMult(tanh(cell)));
      trace.add(new Step(step, previousHidden, previousCell, i, f, g, o, cell, output));
      h.insertIntoThis(0, 0, output);
      c.insertIntoThis(0, 0, cell);
      outputs.matrix().insertIntoThis(offset, 0, output);
    }
    return ReferenceSteps.originalState(sequences, c);
  }

  /** {@code h₋₁·U}, each gate with its own mask of h₋₁. */
  private SimpleMatrix recurrent(SimpleMatrix previous) {
    SimpleMatrix product = masks.of(0, previous).mult(recurrentWeights(0));
    for (int gate = 1; gate < 4; gate++) {
      product = product.concatColumns(masks.of(gate, previous).mult(recurrentWeights(gate)));
    }
    return product;
  }

  private SimpleMatrix recurrentWeights(int gate) {
    return gate(weights.recurrent().matrix(), gate, hidden);
  }

  private SimpleMatrix project(SimpleMatrix m) {
    return weights.projection() == null
        ? m
        : clip(m.mult(weights.projection().matrix()), weights.projectionClip());
  }

  private static SimpleMatrix clip(SimpleMatrix x, double limit) {
    return map(x, v -> Math.max(-limit, Math.min(limit, v)));
  }

  /** A gradient through {@link #clip}, from its result: zero where the limit took effect. */
  private static SimpleMatrix clipGradient(SimpleMatrix y, SimpleMatrix dy, double limit) {
    return dy.elementMult(map(y, v -> Math.abs(v) >= limit ? 0 : 1));
  }

  /** The state times the peephole weights of one gate, or zeros where there are none. */
  private SimpleMatrix peep(int gate, SimpleMatrix cell) {
    if (weights.peepholes() == null) {
      return new SimpleMatrix(cell.getNumRows(), hidden);
    }
    SimpleMatrix row = gate(weights.peepholes().matrix(), gate, hidden);
    return SimpleMatrix.ones(cell.getNumRows(), 1).mult(row).elementMult(cell);
  }

  @Override
  public Tensor outputs() {
    return outputs;
  }

  @Override
  public Tensor finalCells() {
    return finalCells;
  }

  @Override
  public void backward(RecurrentGradients gradients) {
    Sequences sequences = input.sequences();
    SimpleMatrix dh = new SimpleMatrix(sequences.batch(), state);
    SimpleMatrix dc = ReferenceSteps.packedState(sequences, gradients.finalCells(), hidden);
    SimpleMatrix dx = new SimpleMatrix(sequences.tokens(), weights.input().rows());
    for (int position = sequences.steps() - 1; position >= 0; position--) {
      Step step = trace.get(position);
      int live = step.cell.getNumRows();
      int offset = sequences.offset(step.number);
      SimpleMatrix dOutput =
          projectBackward(
              step,
              rows(dh, 0, live).plus(rows(gradients.outputs().matrix(), offset, live)),
              gradients);
      SimpleMatrix tanhCell = tanh(step.cell);
      SimpleMatrix dzo = sigmoidGradient(step.o, dOutput.elementMult(tanhCell));
      SimpleMatrix dCell =
          rows(dc, 0, live)
              .plus(tanhGradient(tanhCell, dOutput.elementMult(step.o)))
              .plus(peep(2, dzo));
      dCell = clipGradient(step.cell, dCell, weights.cellClip());
      SimpleMatrix dzi = sigmoidGradient(step.i, dCell.elementMult(step.g));
      SimpleMatrix dzf = sigmoidGradient(step.f, dCell.elementMult(step.previousCell));
      SimpleMatrix dzg = tanhGradient(step.g, dCell.elementMult(step.i));
      SimpleMatrix dz = dzi.concatColumns(dzf, dzg, dzo);
      dh.insertIntoThis(0, 0, ReferenceSteps.cut(input, step.number, recurrentBackward(dz)));
      SimpleMatrix dPrevious = dCell.elementMult(step.f).plus(peep(0, dzi)).plus(peep(1, dzf));
      dc.insertIntoThis(0, 0, ReferenceSteps.cut(input, step.number, dPrevious));
      dx.insertIntoThis(offset, 0, dz.mult(weights.input().matrix().transpose()));
      addWeightGradients(gradients, step, dz);
    }
    add(gradients.values(), dx);
    add(gradients.initialHidden(), ReferenceSteps.originalState(sequences, dh).matrix());
    add(gradients.initialCell(), ReferenceSteps.originalState(sequences, dc).matrix());
  }

  /** ∂L/∂m from ∂L/∂h; adds the gradient of P. */
  private SimpleMatrix projectBackward(Step step, SimpleMatrix dh, RecurrentGradients gradients) {
    if (weights.projection() == null) {
      return dh;
    }
    SimpleMatrix dProduct = clipGradient(step.output, dh, weights.projectionClip());
    SimpleMatrix m = step.o.elementMult(tanh(step.cell));
    add(gradients.projection(), m.transpose().mult(dProduct));
    return dProduct.mult(weights.projection().matrix().transpose());
  }

  /** ∂L/∂h₋₁ from the gradients of the pre-activations. */
  private SimpleMatrix recurrentBackward(SimpleMatrix dz) {
    SimpleMatrix dPrevious = new SimpleMatrix(dz.getNumRows(), state);
    for (int gate = 0; gate < 4; gate++) {
      SimpleMatrix through = gate(dz, gate, hidden).mult(recurrentWeights(gate).transpose());
      dPrevious = dPrevious.plus(masks.of(gate, through));
    }
    return dPrevious;
  }

  private void addWeightGradients(RecurrentGradients gradients, Step step, SimpleMatrix dz) {
    int offset = input.sequences().offset(step.number);
    SimpleMatrix x = rows(input.values().matrix(), offset, dz.getNumRows());
    add(gradients.inputWeights(), x.transpose().mult(dz));
    SimpleMatrix dRecurrent = new SimpleMatrix(state, 0);
    for (int gate = 0; gate < 4; gate++) {
      SimpleMatrix read = masks.of(gate, step.previousHidden);
      dRecurrent = dRecurrent.concatColumns(read.transpose().mult(gate(dz, gate, hidden)));
    }
    add(gradients.recurrentWeights(), dRecurrent);
    add(gradients.bias(), sumOfRows(dz));
    if (gradients.peepholes() != null) {
      SimpleMatrix i = gate(dz, 0, hidden).elementMult(step.previousCell);
      SimpleMatrix f = gate(dz, 1, hidden).elementMult(step.previousCell);
      SimpleMatrix o = gate(dz, 3, hidden).elementMult(step.cell);
      add(gradients.peepholes(), sumOfRows(i.concatColumns(f, o)));
    }
  }

  static SimpleMatrix sigmoidGradient(SimpleMatrix y, SimpleMatrix dy) {
    return dy.elementMult(map(y, v -> v * (1 - v)));
  }

  static SimpleMatrix tanhGradient(SimpleMatrix y, SimpleMatrix dy) {
    return dy.elementMult(map(y, v -> 1 - v * v));
  }
}
