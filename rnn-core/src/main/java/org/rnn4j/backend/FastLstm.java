package org.rnn4j.backend;

import java.util.Arrays;
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
  private final InputProjection projection;
  private final @Nullable ProjectedTable table;
  private final @Nullable DistinctInputs distinct;
  private final float @Nullable [] peepholes;

  private final Tensor initialHidden; // [batch, hidden], packed order
  private final Tensor initialCell; // [batch, hidden], packed order
  private final Tensor gates; // [tokens, 4*hidden]: activations, then gradients of pre-activations
  private final Tensor cells; // [tokens, hidden]
  private final Tensor outputs; // [tokens, hidden]

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
    this.peepholes = weights.peepholes() == null ? null : weights.peepholes().floats();
    this.table = table;
    if (table == null) {
      input.check(weights.input(), hidden);
    }
    steps = new FastSteps(input, hidden);
    projection = InputProjection.of(kernels, weights);
    if (table != null) {
      table.check(projection);
    }
    distinct = DistinctInputs.of(products, input, projection, workspace);
    int tokens = input.sequences().tokens();
    initialHidden = steps.packedState(input.initialHidden(), workspace);
    initialCell = steps.packedState(input.initialCell(), workspace);
    gates = workspace.uninitialised(steps.gateRows(products), 4 * hidden);
    cells = workspace.uninitialised(tokens, hidden);
    outputs = workspace.uninitialised(tokens, hidden);
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
                this::project,
                (token, gateRow, live, previousToken, carried) -> {
                  addRecurrent(outputs, previousToken, carried, recurrent, gateRow);
                  if (input.initialHidden() != null) {
                    int starting = live - carried;
                    addRecurrent(
                        initialHidden, from + carried, starting, recurrent, gateRow + carried);
                  }
                  gates(token, gateRow, carried, cells, previousToken);
                  gates(
                      token + carried,
                      gateRow + carried,
                      live - carried,
                      initialCell,
                      from + carried);
                }));
  }

  /** Starts the gates of some tokens: {@code b + x·W}. */
  private void project(int token, int rows, int gateRow) {
    int at = gateRow * 4 * hidden;
    if (table != null) {
      table.copyRows(input.sequences(), token, rows, projection, gates.floats(), at);
    } else if (distinct != null) {
      distinct.copy(token, rows, gates.floats(), at);
    } else {
      float[] x = input.values().floats();
      projection.project(x, token * projection.input(), rows, gates.floats(), at);
    }
  }

  /** Adds {@code h₋₁·U} to the gates of some rows. */
  private void addRecurrent(
      Tensor state, int stateRow, int rows, PackedMatrix recurrent, int gateRow) {
    kernels.multiplyAdd(
        rows,
        state.floats(),
        stateRow * hidden,
        hidden,
        1,
        recurrent,
        gates.floats(),
        gateRow * 4 * hidden,
        4 * hidden);
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
        outputs.floats(),
        token * hidden,
        peepholes);
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
    Tensor dh = steps.packedState(null, workspace);
    Tensor dc = steps.packedState(gradients.finalCells(), workspace);
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
                      token * hidden,
                      0,
                      dh.floats(),
                      from * hidden,
                      live * hidden);
                  gatesBackward(token, from, carried, cells, previousToken, dh, dc);
                  gatesBackward(
                      token + carried,
                      from + carried,
                      live - carried,
                      initialCell,
                      from + carried,
                      dh,
                      dc);
                  int flowing = toInitial ? live : carried;
                  Arrays.fill(dh.floats(), from * hidden, (from + flowing) * hidden, 0);
                  kernels.multiplyAdd(
                      flowing,
                      gates.floats(),
                      token * 4 * hidden,
                      4 * hidden,
                      1,
                      transposed,
                      dh.floats(),
                      from * hidden,
                      hidden);
                },
                (token, rows, gateRow) -> addInputGradients(token, rows, gradients.values())));
    addWeightGradients(gradients);
    if (initialTarget != null) {
      steps.addToOriginal(dh, initialTarget);
    }
    if (gradients.initialCell() != null) {
      steps.addToOriginal(dc, gradients.initialCell());
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
  }

  /** Adds {@code dz·Wᵀ} to the inputs' gradients of some rows, the gates now holding gradients. */
  private void addInputGradients(int token, int rows, @Nullable Tensor target) {
    if (target == null || distinct != null) {
      return;
    }
    int width = 4 * hidden;
    int in = target.columns();
    PackedMatrix transposed = PackedWeights.of(kernels, weights.input()).wholeTransposed();
    kernels.multiplyAdd(
        rows, gates.floats(), token * width, width, 1, transposed, target.floats(), token * in, in);
  }

  /** Everything that is a sum over all tokens, the gates now holding gradients. */
  private void addWeightGradients(RecurrentGradients gradients) {
    int width = 4 * hidden;
    Tensor x = input.values();
    TokenSums sums = new TokenSums(products, gates.floats(), 0, width, width, x.rows());
    if (distinct != null) {
      distinct.backward(gates.floats(), width, weights.input(), gradients);
    }
    if (gradients.inputWeights() != null && distinct == null) {
      float[] target = gradients.inputWeights().floats();
      sums.product(x.floats(), 0, x.columns(), x.columns(), target, 0, width);
    }
    if (gradients.recurrentWeights() != null) {
      float[] target = gradients.recurrentWeights().floats();
      float[] previous = steps.previousStates(outputs, initialHidden, workspace).floats();
      sums.product(previous, 0, hidden, hidden, target, 0, width);
    }
    if (gradients.bias() != null && distinct == null) {
      sums.sum(gradients.bias().floats(), 0);
    }
    sums.run();
    if (gradients.peepholes() != null) {
      addPeepholeGradients(gradients.peepholes().floats());
    }
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
