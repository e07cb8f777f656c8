package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * What the inputs of a fast recurrence give to its gates, {@code b + x·W}, and what the gates'
 * gradients give back to x, W and b. Forward rows come from where they are to be had with the least
 * work: from a table of projected rows, from products done once for each distinct input, or from a
 * product here.
 */
final class GateInputs {
  private final Kernels kernels;
  private final RecurrentInput input;
  private final InputProjection projection;
  private final @Nullable ProjectedTable table;
  private final @Nullable DistinctInputs distinct;

  /** With a table, inputs are looked up there by the ids of the tokens. */
  GateInputs(
      Products products,
      RecurrentInput input,
      InputProjection projection,
      @Nullable ProjectedTable table,
      Workspace workspace) {
    this.kernels = products.kernels();
    this.input = input;
    this.projection = projection;
    this.table = table;
    if (table != null) {
      table.check(projection);
    }
    this.distinct = DistinctInputs.of(products, input, projection, workspace);
  }

  /** Starts the gates of some tokens, the first of which stands in a row of gates. */
  void start(int token, int rows, Tensor gates, int gateRow) {
    int at = gateRow * projection.width();
    if (table != null) {
      table.copyRows(input.sequences(), token, rows, projection, gates.floats(), at);
    } else if (distinct != null) {
      distinct.copy(token, rows, gates.floats(), at);
    } else {
      float[] x = input.values().floats();
      projection.project(x, token * projection.input(), rows, gates.floats(), at);
    }
  }

  /** Adds {@code dz·Wᵀ} to the gradients of some tokens' inputs; distinct ones are due later. */
  void addToValues(int token, int rows, Tensor gates, @Nullable Tensor target) {
    if (target == null || distinct != null) {
      return;
    }
    int width = projection.width();
    int in = projection.input();
    PackedMatrix transposed = PackedWeights.of(kernels, projection.weights()).wholeTransposed();
    kernels.multiplyAdd(
        rows, gates.floats(), token * width, width, 1, transposed, target.floats(), token * in, in);
  }

  /** Adds what is due for distinct inputs, the first {@code columns} of the gates being theirs. */
  void addDistinct(Tensor gates, int columns, RecurrentGradients gradients) {
    if (distinct != null) {
      distinct.backward(gates.floats(), columns, projection.weights(), gradients);
    }
  }

  /**
   * Asks for the gradients of W and b in sums over all tokens, unless they are due for distinct
   * inputs.
   *
   * @param column of W and b, where the columns that are summed begin
   */
  void addToWeights(TokenSums sums, RecurrentGradients gradients, int column) {
    if (distinct != null) {
      return;
    }
    if (gradients.inputWeights() != null) {
      Tensor target = gradients.inputWeights();
      int in = projection.input();
      float[] x = input.values().floats();
      sums.product(x, 0, in, in, target.floats(), column, target.columns());
    }
    if (gradients.bias() != null) {
      sums.sum(gradients.bias().floats(), column);
    }
  }
}
