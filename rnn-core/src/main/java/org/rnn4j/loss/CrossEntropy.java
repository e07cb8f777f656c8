package org.rnn4j.loss;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.tensor.Tensor;

/**
 * What the cross-entropies share: the mean over a batch of a loss a row, with its gradient.
 * Computed in double.
 */
final class CrossEntropy {
  private CrossEntropy() {}

  /** The loss of one row of logits, which also leaves its gradient in their place. */
  @FunctionalInterface
  interface RowLoss {
    double apply(double[] logits, int label);
  }

  /** {@code mean over rows of loss(row)}, recorded; {@code factor} scales loss and gradient. */
  static Variable mean(
      Pass pass, Variable logits, int[] labels, int classes, double factor, RowLoss loss) {
    Tensor values = logits.value();
    if (labels.length != values.rows()) {
      throw new IllegalArgumentException(
          "Expected " + values.rows() + " labels, one a row, got " + labels.length);
    }
    int outputs = values.columns();
    double[] gradients = new double[values.size()];
    double[] row = new double[outputs];
    double share = factor / labels.length;
    double total = 0;
    for (int i = 0; i < labels.length; i++) {
      requireClass(labels[i], classes, i);
      for (int j = 0; j < outputs; j++) {
        row[j] = values.get(i, j);
      }
      total += loss.apply(row, labels[i]);
      for (int j = 0; j < outputs; j++) {
        gradients[i * outputs + j] = row[j] * share;
      }
    }
    Tensor scalar = Tensor.zeros(values.type());
    scalar.set(0, total * share);
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
   * {@code −log softmax(logits)[label]}; leaves {@code softmax − one-hot} in place of the logits.
   */
  static double softmax(double[] logits, int label) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - greatest);
    }
    double loss = StrictMath.log(sum) - (logits[label] - greatest);
    for (int j = 0; j < logits.length; j++) {
      logits[j] = StrictMath.exp(logits[j] - greatest) / sum - (j == label ? 1 : 0);
    }
    return loss;
  }

  /** {@code −log σ(±logit)}; leaves {@code σ(logit) − label} in place of the logit. */
  static double sigmoid(double[] logits, int label) {
    double x = logits[0];
    double power = StrictMath.exp(-Math.abs(x));
    logits[0] = (x >= 0 ? 1 / (1 + power) : power / (1 + power)) - label;
    return Math.max(x, 0) - x * label + StrictMath.log1p(power);
  }
}
