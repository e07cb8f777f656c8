package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The simple recurrent layer in float32, laid out as {@link FastLstm}; the mathematics is {@link
 * ReferenceSimpleRnn}'s.
 */
final class FastSimpleRnn implements RecurrentRun {
  private final Kernels kernels;
  private final Products products;
  private final SimpleRnnWeights weights;
  private final RecurrentInput input;
  private final Workspace workspace;
  private final FastSteps steps;
  private final int hidden;
  private final GateInputs inputs;
  private final @Nullable StateMasks masks;

  private final Tensor initialHidden; // [batch, hidden], packed order
  private final Tensor sums; // [tokens, hidden]: x·W + h₋₁·U + b, then their gradients
  private final Tensor outputs; // [tokens, hidden]

  FastSimpleRnn(
      Kernels kernels,
      Products products,
      SimpleRnnWeights weights,
      RecurrentInput input,
      Workspace workspace) {
    this(kernels, products, weights, input, null, workspace);
  }

  /** With a table, inputs are looked up there by the ids of the tokens. */
  FastSimpleRnn(
      Kernels kernels,
      Products products,
      SimpleRnnWeights weights,
      RecurrentInput input,
      @Nullable ProjectedTable table,
      Workspace workspace) {
    this.kernels = kernels;
    this.products = products;
    this.weights = weights;
    this.input = input;
    this.workspace = workspace;
    this.hidden = weights.hidden();
    if (table == null) {
      input.check(weights.input(), weights.recurrent(), hidden);
    }
    steps = new FastSteps(input);
    InputProjection projection = InputProjection.of(kernels, weights);
    inputs = new GateInputs(products, input, projection, table, workspace);
    masks = StateMasks.of(products, input, steps, hidden, workspace);
    initialHidden = steps.packedState(input.initialHidden(), hidden, workspace);
    sums = workspace.uninitialised(steps.gateRows(products), hidden);
    outputs = workspace.uninitialised(input.sequences().tokens(), hidden);
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
                (token, rows, sumRow) -> inputs.start(token, rows, sums, sumRow),
                (token, sumRow, live, previousToken, carried) -> {
                  addRecurrent(outputs, previousToken, from, carried, recurrent, sumRow);
                  if (input.initialHidden() != null) {
                    int first = from + carried;
                    int starting = live - carried;
                    addRecurrent(
                        initialHidden, first, first, starting, recurrent, sumRow + carried);
                  }
                  int n = live * hidden;
                  System.arraycopy(
                      sums.floats(), sumRow * hidden, outputs.floats(), token * hidden, n);
                  kernels.tanh(outputs.floats(), token * hidden, n);
                }));
  }

  /** Adds {@code h₋₁·U} to some sums. */
  private void addRecurrent(
      Tensor state, int stateRow, int row, int rows, PackedMatrix recurrent, int sumRow) {
    float[] h = state.floats();
    int at = stateRow * hidden;
    float[] target = sums.floats();
    if (masks == null) {
      kernels.multiplyAdd(rows, h, at, hidden, 1, recurrent, target, sumRow * hidden, hidden);
    } else {
      masks.multiplyAdd(0, row, rows, h, at, recurrent, target, sumRow * hidden, hidden);
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
    input.requireForBackward();
    Tensor dh = steps.packedState(null, hidden, workspace);
    Tensor initialTarget = gradients.initialHidden();
    boolean toInitial = initialTarget != null;
    PackedMatrix transposed = PackedWeights.of(kernels, weights.recurrent()).wholeTransposed();
    steps.shards(
        products,
        (shard, from, to) ->
            steps.backward(
                from,
                to,
                (token, sumRow, live, previousToken, carried) -> {
                  tanhBackward(gradients.outputs().floats(), token, from, live, dh.floats());
                  flowBack(token, from, toInitial ? live : carried, transposed, dh);
                },
                (token, rows, sumRow) -> inputs.addToValues(token, rows, sums, gradients.values()),
                dh));
    addWeightGradients(gradients);
    if (initialTarget != null) {
      steps.addToOriginal(dh, initialTarget);
    }
  }

  /** The gradients of the sums of some rows, {@code (dh + dy)∘(1 − h²)}; dh becomes zero. */
  private void tanhBackward(float[] dy, int token, int row, int rows, float[] dh) {
    float[] h = outputs.floats();
    float[] dz = sums.floats();
    int shift = row * hidden - token * hidden;
    for (int i = token * hidden; i < (token + rows) * hidden; i++) {
      float d = dh[i + shift] + dy[i];
      dz[i] = FloatMath.flush(d * Math.fma(-h[i], h[i], 1f));
      dh[i + shift] = 0;
    }
  }

  /** ∂L/∂h₋₁ of some rows. */
  private void flowBack(int token, int row, int rows, PackedMatrix transposed, Tensor dh) {
    float[] dz = sums.floats();
    int at = token * hidden;
    if (masks == null) {
      kernels.multiplyAdd(rows, dz, at, hidden, 1, transposed, dh.floats(), row * hidden, hidden);
    } else {
      masks.multiplyAddBack(0, row, rows, dz, at, hidden, transposed, dh.floats());
    }
  }

  /** Everything that is a sum over all tokens. */
  private void addWeightGradients(RecurrentGradients gradients) {
    TokenSums total = new TokenSums(products, sums.floats(), 0, hidden, hidden, outputs.rows());
    inputs.addDistinct(sums, hidden, gradients);
    inputs.addToWeights(total, gradients, 0);
    if (gradients.recurrentWeights() != null) {
      float[] target = gradients.recurrentWeights().floats();
      Tensor previous = steps.previousStates(outputs, initialHidden, workspace);
      if (masks == null) {
        total.product(previous.floats(), 0, hidden, hidden, target, 0, hidden);
      } else {
        masks.addGradient(0, total, previous, target, 0, hidden);
      }
    }
    total.run();
  }
}
