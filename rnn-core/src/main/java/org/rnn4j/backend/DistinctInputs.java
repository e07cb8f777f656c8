package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.TokenGroups;
import org.rnn4j.tensor.Tensor;

/**
 * The inputs of a recurrent layer where many tokens have the same row, as words of a text have:
 * every product with W is done once for each distinct row. Forward, tokens copy their row of {@code
 * b + x·W}. Backward, gradients are first added up over the tokens of a row: {@code s = Σ dz}, then
 * {@code dW += xᵀ·s} and {@code dx = s·Wᵀ}, which the first token of the row is given for all.
 */
final class DistinctInputs {
  private final Products products;
  private final Workspace workspace;
  private final TokenGroups groups;
  private final int width;
  private final Tensor rows; // [distinct, input]
  private final Tensor projected; // [distinct, width]

  private DistinctInputs(
      Products products,
      Workspace workspace,
      TokenGroups groups,
      Tensor x,
      InputProjection projection) {
    this.products = products;
    this.workspace = workspace;
    this.groups = groups;
    this.width = projection.width();
    int in = projection.input();
    rows = workspace.uninitialised(groups.size(), in);
    projected = workspace.uninitialised(groups.size(), width);
    products.split(
        groups.size(),
        products.smallest((long) in * width),
        (from, to) -> {
          for (int group = from; group < to; group++) {
            int token = groups.token(groups.start(group));
            System.arraycopy(x.floats(), token * in, rows.floats(), group * in, in);
          }
          projection.project(rows.floats(), from * in, to - from, projected.floats(), from * width);
        });
  }

  /** The distinct inputs, or null where too few tokens share a row to make it worth while. */
  static @Nullable DistinctInputs of(
      Products products, RecurrentInput input, InputProjection projection, Workspace workspace) {
    TokenGroups groups = input.groups();
    return groups == null || 3L * groups.size() > 2L * input.sequences().tokens()
        ? null
        : new DistinctInputs(products, workspace, groups, input.values(), projection);
  }

  /** Copies the projected rows of some tokens to gates. */
  void copy(int token, int count, float[] gates, int offset) {
    for (int i = 0; i < count; i++) {
      int group = groups.group(token + i);
      System.arraycopy(projected.floats(), group * width, gates, offset + i * width, width);
    }
  }

  /**
   * Adds the gradients of W, b and x.
   *
   * @param dz gradients of the pre-activations, rows as far apart as the projected ones
   * @param columns how many columns of them the inputs fed
   */
  void backward(float[] dz, int columns, Tensor inputWeights, RecurrentGradients gradients) {
    Kernels kernels = products.kernels();
    Tensor sums = workspace.zeros(groups.size(), columns);
    products.split(
        groups.size(),
        products.smallest(columns),
        (from, to) -> {
          for (int group = from; group < to; group++) {
            for (int place = groups.start(group); place < groups.start(group + 1); place++) {
              int at = groups.token(place) * width;
              kernels.addRows(1, dz, at, width, sums.floats(), group * columns, columns);
            }
          }
        });
    int in = rows.columns();
    TokenSums weights = new TokenSums(products, sums.floats(), 0, columns, columns, groups.size());
    if (gradients.inputWeights() != null) {
      float[] target = gradients.inputWeights().floats();
      weights.product(rows.floats(), 0, in, in, target, 0, columns);
    }
    if (gradients.bias() != null) {
      weights.sum(gradients.bias().floats(), 0);
    }
    weights.run();
    if (gradients.values() != null) {
      addToFirstTokens(sums, inputWeights, gradients.values());
    }
  }

  private void addToFirstTokens(Tensor sums, Tensor inputWeights, Tensor target) {
    Kernels kernels = products.kernels();
    int in = rows.columns();
    int columns = sums.columns();
    Tensor dx = workspace.zeros(groups.size(), in);
    PackedMatrix transposed = PackedWeights.of(kernels, inputWeights).wholeTransposed();
    products.rowsTimes(sums.floats(), columns, transposed, dx.floats(), 0, in, groups.size());
    for (int group = 0; group < groups.size(); group++) {
      int token = groups.token(groups.start(group));
      kernels.addRows(1, dx.floats(), group * in, in, target.floats(), token * in, in);
    }
  }
}
