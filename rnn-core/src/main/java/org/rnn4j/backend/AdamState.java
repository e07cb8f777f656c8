package org.rnn4j.backend;

import org.rnn4j.tensor.Tensor;

/**
 * A parameter under Adam.
 *
 * @param weights w, which steps change
 * @param firstMoments m, of the same shape
 * @param secondMoments v, of the same shape
 * @param beta1 β₁
 * @param beta2 β₂
 */
public record AdamState(
    Tensor weights, Tensor firstMoments, Tensor secondMoments, double beta1, double beta2) {
  /** A parameter before its first step: moments of zero. */
  public static AdamState start(Tensor weights, double beta1, double beta2) {
    return new AdamState(
        weights,
        Tensor.zeros(weights.type(), weights.shape()),
        Tensor.zeros(weights.type(), weights.shape()),
        beta1,
        beta2);
  }
}
