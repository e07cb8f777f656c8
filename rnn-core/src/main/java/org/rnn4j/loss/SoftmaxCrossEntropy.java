package org.rnn4j.loss;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;

/**
 * Categorical cross-entropy of a softmax head, from logits: {@code L = log Σ_k exp(x_k − max) −
 * (x_label − max)}, the mean over the texts of a batch; gradient {@code (softmax(x) − one-hot) /
 * batch}.
 */
public final class SoftmaxCrossEntropy implements Loss {
  private static final SoftmaxCrossEntropy INSTANCE = new SoftmaxCrossEntropy();

  private SoftmaxCrossEntropy() {}

  /** The loss. */
  public static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return INSTANCE;
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
  public Variable apply(Pass pass, Variable logits, int[] labels) {
    int classes = logits.value().columns();
    return CrossEntropy.mean(pass, logits, labels, classes, 1, CrossEntropy::softmax);
  }
}
