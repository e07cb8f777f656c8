package org.rnn4j.loss;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.tensor.Tensor;

/**
 * What the cross-entropies share: the sum over a batch of a loss a row, with its gradient. Computed
 * in double.
 */
final class CrossEntropy {
  private CrossEntropy() {}

  /** The loss of one row of logits, which also leaves its gradient in their place. */
  @FunctionalInterface
  interface RowLoss {
    double apply(double[] logits, int label, double smoothing);
  }

  /**
   * {@code Σ factor·shares[i]·loss(row i)}, recorded.
   *
   * @param smoothing how much of a label's certainty is spread over all classes
   */
  static Variable sum(
      Pass pass,
      Variable logits,
      int[] labels,
      int classes,
      double[] shares,
      double factor,
      double smoothing,
      RowLoss loss) {
    Tensor values = logits.value();
    requireOneEach(values.rows(), "labels", labels.length);
    requireOneEach(values.rows(), "shares", shares.length);
    int outputs = values.columns();
    double[] gradients = new double[values.size()];
    double[] row = new double[outputs];
    double total = 0;
    for (int i = 0; i < labels.length; i++) {
      requireClass(labels[i], classes, i);
      for (int j = 0; j < outputs; j++) {
        row[j] = values.get(i, j);
      }
      double share = factor * shares[i];
      total = Math.fma(share, loss.apply(row, labels[i], smoothing), total);
      for (int j = 0; j < outputs; j++) {
        gradients[i * outputs + j] = row[j] * share;
      }
    }
    Tensor scalar = Tensor.zeros(values.type());
    scalar.set(0, total);
    Variable result = pass.result(scalar, logits);
    pass.record(
        result,
        () -> {
          Tensor target = pass.target(logits);
          double above = result.gradient().get(0);
          for (int i = 0; i < gradients.length && target != null; i++) {
            target.set(i, target.get(i) + above * gradients[i]);
          }
        });
    return result;
  }

  /**
   * The smoothing of labels that a loss was given.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  static double requireSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "Expected label smoothing to be at least 0 and less than 1, got " + smoothing);
    }
    return smoothing;
  }

  private static void requireOneEach(int rows, String what, int count) {
    if (count != rows) {
      throw new IllegalArgumentException(
          "Expected " + rows + " " + what + ", one a row, got " + count);
    }
  }

  private static void requireClass(int label, int classes, int row) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "Expected labels from 0 to "
              + (classes - 1)
              + ", got "
              + label
              + " for example "
              + row
              + " of the batch");
    }
  }

  /**
   * {@code −Σ t_k·log softmax(logits)_k}, where {@code t_k = (1 − smoothing)·[k = label] +
   * smoothing/classes}; leaves {@code softmax − t} in place of the logits.
   */
  static double softmax(double[] logits, int label, double smoothing) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double sum = 0;
    double spread = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - greatest);
      spread += logit - greatest;
    }
    double rest = smoothing / logits.length;
    double target = (1 - smoothing) * (logits[label] - greatest) + rest * spread;
    double loss = StrictMath.log(sum) - target;
    for (int j = 0; j < logits.length; j++) {
      double wanted = j == label ? 1 - smoothing + rest : rest;
      logits[j] = StrictMath.exp(logits[j] - greatest) / sum - wanted;
    }
    return loss;
  }

  /**
   * {@code −t·log σ(logit) − (1 − t)·log(1 − σ(logit))}, where {@code t = (1 − smoothing)·label +
   * smoothing/2}; leaves {@code σ(logit) − t} in place of the logit.
   */
  static double sigmoid(double[] logits, int label, double smoothing) {
    double x = logits[0];
    double power = StrictMath.exp(-Math.abs(x));
    double target = (1 - smoothing) * label + smoothing / 2;
    logits[0] = (x >= 0 ? 1 / (1 + power) : power / (1 + power)) - target;
    return Math.max(x, 0) - x * target + StrictMath.log1p(power);
  }
}
