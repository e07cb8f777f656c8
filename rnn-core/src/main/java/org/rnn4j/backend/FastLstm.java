package org.rnn4j.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * The LSTM in float32. Each thread takes a shard of rows through all steps: a product for the
 * inputs of a group of steps, then one product and one fused pass over the gates a step. Backward
 * walks the same steps from the end, then forms the weight gradients in sums over all tokens. The
 * mathematics is {@link ReferenceLstm}'s.
 */
final class FastLstm implements RecurrentRun {
  private final Kernels kernels;
  private final Products products;
  private final LstmWeights weights;
  private final RecurrentInput input;
  private final Workspace workspace;
  private final FastSteps steps;
  private final int hidden;
  private final int state;
  private final GateInputs inputs;
  private final float @Nullable [] peepholes;
  private final @Nullable StateMasks masks;
  private final @Nullable LstmProjection toOutputs;

  private final Tensor initialHidden; // [batch, state], packed order
  private final Tensor initialCell; // [batch, hidden], packed order
  private final Tensor gates; // [tokens, 4*hidden]: activations, then gradients of pre-activations
  private final Tensor cells; // [tokens, hidden]
  private final Tensor cellOutputs; // [tokens, hidden]: o∘tanh(c)
  private final Tensor outputs; // [tokens, state]: these, or their projection

  FastLstm(
      Kernels kernels,
      Products products,
      LstmWeights weights,
      RecurrentInput input,
      Workspace workspace) {
    this(kernels, products, weights, input, null, workspace);
  }

  /** With a table, inputs are looked up there by the ids of the tokens. */
  FastLstm(
      Kernels kernels,
      Products products,
      LstmWeights weights,
      RecurrentInput input,
      @Nullable ProjectedTable table,
      Workspace workspace) {
    this.kernels = kernels;
    this.products = products;
    this.weights = weights;
    this.input = input;
    this.workspace = workspace;
    this.hidden = weights.hidden();
    this.state = weights.state();
    this.peepholes = weights.peepholes() == null ? null : weights.peepholes().floats();
    if (table == null) {
      input.check(weights.input(), weights.recurrent(), hidden);
    }
    steps = new FastSteps(input);
    InputProjection projection = InputProjection.of(kernels, weights);
    inputs = new GateInputs(products, input, projection, table, workspace);
    masks = StateMasks.of(products, input, steps, state, workspace);
    toOutputs = LstmProjection.of(kernels, weights);
    int tokens = input.sequences().tokens();
    initialHidden = steps.packedState(input.initialHidden(), state, workspace);
    initialCell = steps.packedState(input.initialCell(), hidden, workspace);
    gates = workspace.uninitialised(steps.gateRows(products), 4 * hidden);
    cells = workspace.uninitialised(tokens, hidden);
    cellOutputs = workspace.uninitialised(tokens, hidden);
    outputs = toOutputs == null ? cellOutputs : workspace.uninitialised(tokens, state);
    forward();
  }

  private void forward() {
    PackedMatrix recurrent = PackedWeights.of(kernels, weights.recurrent()).whole();
    steps.shards(
        products,
        (shard, from, to) ->
            steps.forward(
                shard,
                from,
                to,
                (token, rows, gateRow) -> inputs.start(token, rows, gates, gateRow),
                (token, gateRow, live, previousToken, carried) -> {
                  addRecurrent(outputs, previousToken, from, carried, recurrent, gateRow);
                  if (input.initialHidden() != null) {
                    int first = from + carried;
                    int starting = live - carried;
                    addRecurrent(
                        initialHidden, first, first, starting, recurrent, gateRow + carried);
                  }
                  gates(token, gateRow, carried, cells, previousToken);
                  gates(
                      token + carried,
                      gateRow + carried,
                      live - carried,
                      initialCell,
                      from + carried);
                  if (toOutputs != null) {
                    float[] m = cellOutputs.floats();
                    toOutputs.forward(live, m, token * hidden, outputs.floats(), token * state);
                  }
                }));
  }

  /** Adds {@code h₋₁·U} to the gates of some rows, the first of which is {@code row}. */
  private void addRecurrent(
      Tensor previous, int previousRow, int row, int rows, PackedMatrix recurrent, int gateRow) {
    float[] h = previous.floats();
    int from = previousRow * state;
    int to = gateRow * 4 * hidden;
    if (masks == null) {
      kernels.multiplyAdd(rows, h, from, state, 1, recurrent, gates.floats(), to, 4 * hidden);
      return;
    }
    PackedWeights packed = PackedWeights.of(kernels, weights.recurrent());
    for (int gate = 0; gate < 4; gate++) {
      int at = gate * hidden;
      PackedMatrix own = packed.columns(at, hidden, false);
      masks.multiplyAdd(gate, row, rows, h, from, own, gates.floats(), to + at, 4 * hidden);
    }
  }

  /** The backward of {@link #addRecurrent}: ∂L/∂h₋₁ of some rows. */
  private void flowBack(int token, int row, int rows, PackedMatrix transposed, float[] dh) {
    float[] dz = gates.floats();
    int from = token * 4 * hidden;
    Arrays.fill(dh, row * state, (row + rows) * state, 0);
    if (masks == null) {
      kernels.multiplyAdd(rows, dz, from, 4 * hidden, 1, transposed, dh, row * state, state);
      return;
    }
    PackedWeights packed = PackedWeights.of(kernels, weights.recurrent());
    for (int gate = 0; gate < 4; gate++) {
      int at = gate * hidden;
      PackedMatrix own = packed.columns(at, hidden, true);
      masks.multiplyAddBack(gate, row, rows, dz, from + at, 4 * hidden, own, dh);
    }
  }

  private void gates(int token, int gateRow, int rows, Tensor previousCells, int previousRow) {
    kernels.lstmForward(
        rows,
        hidden,
        gates.floats(),
        gateRow * 4 * hidden,
        previousCells.floats(),
        previousRow * hidden,
        cells.floats(),
        token * hidden,
        cellOutputs.floats(),
        token * hidden,
        peepholes);
    if (weights.clipsCells()) {
      LstmProjection.clipCells(
          weights.cellClip(),
          rows,
          hidden,
          gates.floats(),
          gateRow * 4 * hidden,
          cells.floats(),
          token * hidden,
          cellOutputs.floats(),
          token * hidden);
    }
  }

  @Override
  public Tensor outputs() {
    return outputs;
  }

  @Override
  public Tensor finalCells() {
    Sequences sequences = input.sequences();
    Tensor last = workspace.zeros(sequences.batch(), hidden);
    for (int row = 0; row < sequences.batch(); row++) {
      if (sequences.length(row) == 0) {
        Rows.copy(initialCell, row, last, sequences.original(row));
      } else {
        int step = input.reverse() ? 0 : sequences.length(row) - 1;
        Rows.copy(cells, sequences.offset(step) + row, last, sequences.original(row));
      }
    }
    return last;
  }

  @Override
  public void backward(RecurrentGradients gradients) {
    input.requireForBackward();
    Tensor dh = steps.packedState(null, state, workspace);
    Tensor dc = steps.packedState(gradients.finalCells(), hidden, workspace);
    Tensor dm = toOutputs == null ? dh : workspace.uninitialised(dc.rows(), hidden);
    Tensor dProducts = toOutputs == null ? dh : workspace.uninitialised(outputs.rows(), state);
    Tensor initialTarget = gradients.initialHidden();
    boolean toInitial = initialTarget != null;
    PackedMatrix transposed = PackedWeights.of(kernels, weights.recurrent()).wholeTransposed();
    steps.shards(
        products,
        (shard, from, to) ->
            steps.backward(
                from,
                to,
                (token, gateRow, live, previousToken, carried) -> {
                  kernels.addRows(
                      1,
                      gradients.outputs().floats(),
                      token * state,
                      0,
                      dh.floats(),
                      from * state,
                      live * state);
                  projectBackward(token, from, live, dh, dm, dProducts);
                  gatesBackward(token, from, carried, cells, previousToken, dm, dc);
                  gatesBackward(
                      token + carried,
                      from + carried,
                      live - carried,
                      initialCell,
                      from + carried,
                      dm,
                      dc);
                  flowBack(token, from, toInitial ? live : carried, transposed, dh.floats());
                },
                (token, rows, gateRow) ->
                    inputs.addToValues(token, rows, gates, gradients.values()),
                dh,
                dc));
    addWeightGradients(gradients);
    if (gradients.projection() != null) {
      float[] target = gradients.projection().floats();
      TokenSums sums = new TokenSums(products, dProducts.floats(), 0, state, state, outputs.rows());
      sums.product(cellOutputs.floats(), 0, hidden, hidden, target, 0, state);
      sums.run();
    }
    if (initialTarget != null) {
      steps.addToOriginal(dh, initialTarget);
    }
    if (gradients.initialCell() != null) {
      steps.addToOriginal(dc, gradients.initialCell());
    }
  }

  /** From ∂L/∂h to ∂L/∂(o∘tanh(c)), keeping the gradient of the projected sums. */
  private void projectBackward(
      int token, int row, int rows, Tensor dh, Tensor dm, Tensor dProducts) {
    if (toOutputs != null) {
      int from = row * state;
      int at = token * state;
      toOutputs.backward(rows, outputs.floats(), at, dh.floats(), from, dm.floats(), row * hidden);
      System.arraycopy(dh.floats(), from, dProducts.floats(), at, rows * state);
    }
  }

  private void gatesBackward(
      int token, int row, int rows, Tensor previousCells, int previousRow, Tensor dh, Tensor dc) {
    kernels.lstmBackward(
        rows,
        hidden,
        gates.floats(),
        token * 4 * hidden,
        previousCells.floats(),
        previousRow * hidden,
        cells.floats(),
        token * hidden,
        dh.floats(),
        row * hidden,
        dc.floats(),
        row * hidden,
        peepholes);
    if (weights.clipsCells()) {
      LstmProjection.clipCellsBackward(
          weights.cellClip(),
          rows,
          hidden,
          gates.floats(),
          token * 4 * hidden,
          cells.floats(),
          token * hidden,
          dc.floats(),
          row * hidden);
    }
  }

  /** Everything that is a sum over all tokens, the gates now holding gradients. */
  private void addWeightGradients(RecurrentGradients gradients) {
    int width = 4 * hidden;
    TokenSums sums = new TokenSums(products, gates.floats(), 0, width, width, outputs.rows());
    inputs.addDistinct(gates, width, gradients);
    inputs.addToWeights(sums, gradients, 0);
    if (gradients.recurrentWeights() != null) {
      addRecurrentGradients(sums, gradients.recurrentWeights().floats());
    }
    sums.run();
    if (gradients.peepholes() != null) {
      addPeepholeGradients(gradients.peepholes().floats());
    }
  }

  private void addRecurrentGradients(TokenSums sums, float[] target) {
    int width = 4 * hidden;
    Tensor previous = steps.previousStates(outputs, initialHidden, workspace);
    if (masks == null) {
      sums.product(previous.floats(), 0, state, state, target, 0, width);
      return;
    }
    List<TokenSums> all = new ArrayList<>();
    for (int gate = 0; gate < 4; gate++) {
      int at = gate * hidden;
      TokenSums own = new TokenSums(products, gates.floats(), at, width, hidden, outputs.rows());
      masks.addGradient(gate, own, previous, target, at, width);
      all.add(own);
    }
    TokenSums.run(products, all);
  }

  private void addPeepholeGradients(float[] target) {
    float[] dz = gates.floats();
    float[] cell = cells.floats();
    float[] previous = steps.previousStates(cells, initialCell, workspace).floats();
    for (int token = 0; token < cells.rows(); token++) {
      for (int j = 0; j < hidden; j++) {
        int state = token * hidden + j;
        int gate = token * 4 * hidden + j;
        target[j] = Math.fma(dz[gate], previous[state], target[j]);
        target[hidden + j] = Math.fma(dz[gate + hidden], previous[state], target[hidden + j]);
        target[2 * hidden + j] =
            Math.fma(dz[gate + 3 * hidden], cell[state], target[2 * hidden + j]);
      }
    }
  }
}
