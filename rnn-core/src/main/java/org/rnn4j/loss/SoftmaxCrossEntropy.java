package org.rnn4j.loss;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;

/**
 * Categorical cross-entropy of a softmax head, from logits: {@code L = log Σ_k exp(x_k − max) − Σ_k
 * t_k·(x_k − max)}, with gradient {@code softmax(x) − t}. The target t is one for the label and
 * zero for the others; with {@linkplain #labelSmoothing smoothing} {@code t_k = (1 − smoothing)·[k
 * = label] + smoothing/classes} (Szegedy et al. 2016), as in Keras and PyTorch.
 */
public final class SoftmaxCrossEntropy implements Loss {
  private static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy(0);

  private final double smoothing;

  private SoftmaxCrossEntropy(double smoothing) {
    this.smoothing = CrossEntropy.requireSmoothing(smoothing);
  }

  /** The loss. */
  public static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return PLAIN;
  }

  /**
   * The same with smoothed labels, in training and where it is reported.
   *
   * @param smoothing how much of a label's certainty is spread over all classes, for example 0.1
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public SoftmaxCrossEntropy labelSmoothing(double smoothing) {
    return new SoftmaxCrossEntropy(smoothing);
  }

  @Override
  public String name() {
    return "categorical_crossentropy";
  }

  @Override
  public void check(Activation head, int outputs) {
    if (head != Activation.SOFTMAX || outputs < 2) {
      throw new IllegalArgumentException(
          "Expected softmax cross-entropy on two or more SOFTMAX neurons, got "
              + outputs
              + " "
              + head);
    }
  }

  @Override
  public Variable apply(Pass pass, Variable logits, int[] labels, double[] shares) {
    int classes = logits.value().columns();
    return CrossEntropy.sum(
        pass, logits, labels, classes, shares, 1, smoothing, CrossEntropy::softmax);
  }

  @Override
  public String toString() {
    return name() + ", label smoothing " + smoothing;
  }
}
