package org.rnn4j.autograd;

import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * The differentiable operations that attention is made of, as those of {@link Operations}. All
 * throw {@link IllegalArgumentException} where shapes do not fit each other, before anything is
 * computed. Derivations: docs/derivations/attention.md.
 */
public final class AttentionOperations {
  private AttentionOperations() {}

  /**
   * The softmax over each sequence's tokens, column by column: {@code y[t][k] = exp(x[t][k]) / Σ_s
   * exp(x[s][k])}.
   *
   * @param x {@code [tokens, columns]}
   */
  public static Variable softmaxOverTime(Pass pass, Sequences sequences, Variable x) {
    Operations.requireRowForEachToken(sequences, x);
    Tensor y = pass.workspace().uninitialised(x.value().shape().dimensions());
    pass.backend().softmaxOverTime(sequences, x.value(), y);
    Variable result = pass.result(y, x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          if (dx != null) {
            pass.backend().softmaxOverTimeBackward(sequences, y, result.gradient(), dx);
          }
        });
    return result;
  }

  /**
   * Sums of each sequence's rows, weighted in several ways: {@code y[sequence][k] = Σ_t
   * weights[t][k]·x[t]}, {@code [batch, sums·width]} in original order, sum after sum; zeros for an
   * empty sequence.
   *
   * @param weights {@code [tokens, sums]}
   * @param x {@code [tokens, width]}; may be the weights themselves, which gives AᵀA of each
   *     sequence
   */
  public static Variable weightedSums(
      Pass pass, Sequences sequences, Variable weights, Variable x) {
    Operations.requireRowForEachToken(sequences, weights);
    Operations.requireRowForEachToken(sequences, x);
    int width = Math.multiplyExact(weights.value().columns(), x.value().columns());
    Tensor y = pass.workspace().uninitialised(sequences.batch(), width);
    pass.backend().weightedSums(sequences, weights.value(), x.value(), y);
    Variable result = pass.result(y, weights, x);
    pass.record(
        result,
        () ->
            pass.backend()
                .weightedSumsBackward(
                    sequences,
                    weights.value(),
                    x.value(),
                    result.gradient(),
                    pass.target(weights),
                    pass.target(x)));
    return result;
  }
}
