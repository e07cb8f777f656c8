package org.rnn4j.backend;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The GRU in float32, laid out as {@link FastLstm}; the mathematics is {@link ReferenceGru}'s.
 *
 * <p>A row of gates is {@code z | r | n | m}. With the reset after the product m is {@code h₋₁·Un +
 * cn}, and backward leaves its gradient there; with the reset before it m is {@code r∘h₋₁}
 * throughout. So {@code z | r | n} is always what the inputs fed and {@code z | r} with m or n what
 * the recurrence fed.
 */
final class FastGru implements RecurrentRun {
  private final Kernels kernels;
  private final Products products;
  private final GruWeights weights;
  private final RecurrentInput input;
  private final Workspace workspace;
  private final FastSteps steps;
  private final int hidden;
  private final GateInputs inputs;
  private final @Nullable StateMasks masks;

  private final Tensor initialHidden; // [batch, hidden], packed order
  private final Tensor gates; // [tokens, 4*hidden]: activations, then gradients of pre-activations
  private final Tensor outputs; // [tokens, hidden]

  FastGru(
      Kernels kernels,
      Products products,
      GruWeights weights,
      RecurrentInput input,
      Workspace workspace) {
    this(kernels, products, weights, input, null, workspace);
  }

  /** With a table, inputs are looked up there by the ids of the tokens. */
  FastGru(
      Kernels kernels,
      Products products,
      GruWeights weights,
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
    int tokens = input.sequences().tokens();
    masks = StateMasks.of(products, input, steps, hidden, workspace);
    initialHidden = steps.packedState(input.initialHidden(), hidden, workspace);
    gates = workspace.uninitialised(steps.gateRows(products), 4 * hidden);
    outputs = workspace.uninitialised(tokens, hidden);
    forward();
  }

  private void forward() {
    PackedMatrix toUpdateAndReset = recurrent(0, 2, false);
    PackedMatrix toCandidate = recurrent(2, 1, false);
    steps.shards(
        products,
        (shard, from, to) ->
            steps.forward(
                shard,
                from,
                to,
                (token, rows, gateRow) -> inputs.start(token, rows, gates, gateRow),
                (token, gateRow, live, previousToken, carried) -> {
                  step(
                      token,
                      from,
                      gateRow,
                      carried,
                      outputs,
                      previousToken,
                      toUpdateAndReset,
                      toCandidate);
                  step(
                      token + carried,
                      from + carried,
                      gateRow + carried,
                      live - carried,
                      initialHidden,
                      from + carried,
                      toUpdateAndReset,
                      toCandidate);
                }));
  }

  /** Columns of U for some gates. */
  private PackedMatrix recurrent(int firstGate, int count, boolean transposed) {
    return PackedWeights.of(kernels, weights.recurrent())
        .columns(firstGate * hidden, count * hidden, transposed);
  }

  private void step(
      int token,
      int row,
      int gateRow,
      int rows,
      Tensor previous,
      int previousRow,
      PackedMatrix toUpdateAndReset,
      PackedMatrix toCandidate) {
    float[] h = previous.floats();
    float[] g = gates.floats();
    int stateOffset = previousRow * hidden;
    int gatesOffset = gateRow * 4 * hidden;
    boolean zeroState = previous == initialHidden && input.initialHidden() == null;
    if (!zeroState && masks == null) {
      product(rows, h, stateOffset, hidden, toUpdateAndReset, gatesOffset);
    } else if (!zeroState) {
      maskedProduct(0, row, gateRow, rows, h, stateOffset, 0);
      maskedProduct(1, row, gateRow, rows, h, stateOffset, 1);
    }
    if (weights.resetAfter()) {
      if (!zeroState && masks == null) {
        product(rows, h, stateOffset, hidden, toCandidate, gatesOffset + 3 * hidden);
      } else if (!zeroState) {
        maskedProduct(2, row, gateRow, rows, h, stateOffset, 3);
      }
      kernels.gruForward(
          rows, hidden, g, gatesOffset, h, stateOffset, outputs.floats(), token * hidden);
    } else {
      kernels.gruResetBeforeForward(rows, hidden, g, gatesOffset, h, stateOffset);
      if (masks != null) {
        masks.apply(2, row, rows, g, gatesOffset + 3 * hidden, 4 * hidden);
      }
      if (!zeroState) {
        product(
            rows, g, gatesOffset + 3 * hidden, 4 * hidden, toCandidate, gatesOffset + 2 * hidden);
      }
      kernels.gruCandidateForward(
          rows, hidden, g, gatesOffset, h, stateOffset, outputs.floats(), token * hidden);
    }
  }

  /** Adds {@code (h₋₁∘mask)·U} of one gate to a block of some rows of gates. */
  private void maskedProduct(
      int gate, int row, int gateRow, int rows, float[] h, int hAt, int block) {
    if (masks != null) {
      PackedMatrix own = recurrent(gate, 1, false);
      int at = (4 * gateRow + block) * hidden;
      masks.multiplyAdd(gate, row, rows, h, hAt, own, gates.floats(), at, 4 * hidden);
    }
  }

  /** Adds {@code A·B} to some gates of some rows. */
  private void product(int rows, float[] a, int aOffset, int aStride, PackedMatrix b, int gate) {
    kernels.multiplyAdd(rows, a, aOffset, aStride, 1, b, gates.floats(), gate, 4 * hidden);
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
    Tensor dReset = workspace.uninitialised(input.sequences().batch(), hidden);
    Tensor initialTarget = gradients.initialHidden();
    boolean toInitial = initialTarget != null;
    PackedMatrix fromUpdateAndReset = recurrent(0, 2, true);
    PackedMatrix fromCandidate = recurrent(2, 1, true);
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
                  gatesBackward(
                      token, from, carried, outputs, previousToken, dh, dReset, fromCandidate);
                  gatesBackward(
                      token + carried,
                      from + carried,
                      live - carried,
                      initialHidden,
                      from + carried,
                      dh,
                      dReset,
                      fromCandidate);
                  flowBack(
                      token,
                      from,
                      toInitial ? live : carried,
                      dh,
                      fromUpdateAndReset,
                      fromCandidate);
                },
                (token, rows, gateRow) ->
                    inputs.addToValues(token, rows, gates, gradients.values()),
                dh));
    addWeightGradients(gradients);
    if (initialTarget != null) {
      steps.addToOriginal(dh, initialTarget);
    }
  }

  private void gatesBackward(
      int token,
      int row,
      int rows,
      Tensor previous,
      int previousRow,
      Tensor dh,
      Tensor dReset,
      PackedMatrix fromCandidate) {
    float[] g = gates.floats();
    float[] h = previous.floats();
    int gatesOffset = token * 4 * hidden;
    int stateOffset = previousRow * hidden;
    int rowOffset = row * hidden;
    if (weights.resetAfter()) {
      kernels.gruBackward(rows, hidden, g, gatesOffset, h, stateOffset, dh.floats(), rowOffset);
      return;
    }
    kernels.gruCandidateBackward(
        rows, hidden, g, gatesOffset, h, stateOffset, dh.floats(), rowOffset);
    Arrays.fill(dReset.floats(), rowOffset, rowOffset + rows * hidden, 0);
    kernels.multiplyAdd(
        rows,
        g,
        gatesOffset + 2 * hidden,
        4 * hidden,
        1,
        fromCandidate,
        dReset.floats(),
        rowOffset,
        hidden);
    if (masks != null) {
      masks.apply(2, row, rows, dReset.floats(), rowOffset, hidden);
    }
    kernels.gruResetBeforeBackward(
        rows,
        hidden,
        g,
        gatesOffset,
        h,
        stateOffset,
        dReset.floats(),
        rowOffset,
        dh.floats(),
        rowOffset);
  }

  /** Adds to ∂L/∂h₋₁ what flows through the recurrent products. */
  private void flowBack(
      int token,
      int row,
      int rows,
      Tensor dh,
      PackedMatrix fromUpdateAndReset,
      PackedMatrix fromCandidate) {
    float[] g = gates.floats();
    int gatesOffset = token * 4 * hidden;
    int width = 4 * hidden;
    if (masks != null) {
      for (int gate = 0; gate < (weights.resetAfter() ? 3 : 2); gate++) {
        int from = gatesOffset + (gate == 2 ? 3 : gate) * hidden;
        PackedMatrix own = recurrent(gate, 1, true);
        masks.multiplyAddBack(gate, row, rows, g, from, width, own, dh.floats());
      }
      return;
    }
    kernels.multiplyAdd(
        rows, g, gatesOffset, width, 1, fromUpdateAndReset, dh.floats(), row * hidden, hidden);
    if (weights.resetAfter()) {
      kernels.multiplyAdd(
          rows,
          g,
          gatesOffset + 3 * hidden,
          width,
          1,
          fromCandidate,
          dh.floats(),
          row * hidden,
          hidden);
    }
  }

  /**
   * Everything that is a sum over all tokens, the gates now holding gradients: z and r, which
   * inputs and recurrence fed alike, then n and m.
   */
  private void addWeightGradients(RecurrentGradients gradients) {
    TokenSums updateAndReset = sums(0, 2);
    TokenSums candidate = sums(2, 1);
    TokenSums product = sums(3, 1);
    inputs.addDistinct(gates, 3 * hidden, gradients);
    inputs.addToWeights(updateAndReset, gradients, 0);
    inputs.addToWeights(candidate, gradients, 2 * hidden);
    if (gradients.recurrentWeights() != null) {
      float[] target = gradients.recurrentWeights().floats();
      Tensor states = steps.previousStates(outputs, initialHidden, workspace);
      if (masks == null) {
        float[] previous = states.floats();
        updateAndReset.product(previous, 0, hidden, hidden, target, 0, 3 * hidden);
        if (weights.resetAfter()) {
          product.product(previous, 0, hidden, hidden, target, 2 * hidden, 3 * hidden);
        }
      } else {
        addMaskedGradients(masks, states, product, target);
      }
      if (!weights.resetAfter()) {
        float[] resetStates = gates.floats(); // r∘h₋₁, the fourth block
        candidate.product(
            resetStates, 3 * hidden, 4 * hidden, hidden, target, 2 * hidden, 3 * hidden);
      }
    }
    if (gradients.recurrentBias() != null) {
      updateAndReset.sum(gradients.recurrentBias().floats(), 0);
      product.sum(gradients.recurrentBias().floats(), 2 * hidden);
    }
    updateAndReset.run();
    candidate.run();
    product.run();
  }

  /** The gradients of U by gates that read h₋₁ each through a mask of its own. */
  private void addMaskedGradients(
      StateMasks masked, Tensor states, TokenSums product, float[] target) {
    TokenSums update = sums(0, 1);
    TokenSums reset = sums(1, 1);
    masked.addGradient(0, update, states, target, 0, 3 * hidden);
    masked.addGradient(1, reset, states, target, hidden, 3 * hidden);
    TokenSums.run(products, List.of(update, reset));
    if (weights.resetAfter()) {
      masked.addGradient(2, product, states, target, 2 * hidden, 3 * hidden);
    }
  }

  /** Sums over some blocks of the gates' columns. */
  private TokenSums sums(int firstGate, int count) {
    return new TokenSums(
        products, gates.floats(), firstGate * hidden, 4 * hidden, count * hidden, outputs.rows());
  }
}
