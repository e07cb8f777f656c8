package org.rnn4j.loss;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;

/**
 * Binary cross-entropy, from logits, for two heads:
 *
 * <pre>
 *   one sigmoid neuron:    L = −y·log σ(x) − (1 − y)·log(1 − σ(x)) = max(x, 0) − x·y + log(1 + exp(−|x|))
 *   two softmax neurons:   L = mean or sum over both entries of −t·log p − (1 − t)·log(1 − p), t one-hot
 * </pre>
 *
 * <p>With two neurons both entries are equal, {@code −log p[label]}: their mean, which is Keras'
 * {@code binary_crossentropy} over a two-vector and the default here, equals categorical
 * cross-entropy; their sum is twice that. With {@linkplain #labelSmoothing smoothing} the target y
 * becomes {@code (1 − smoothing)·y + smoothing/2}, as in Keras. Unlike Keras, nothing is clipped:
 * logits of any size give the exact loss and gradient.
 *
 * <p>Losses reported by Keras on TensorFlow for a softmax layer of two neurons differ: it finds the
 * logits behind the softmax and takes them for those of two sigmoids (Keras 3.15), not for the
 * probabilities that its documentation speaks of.
 */
public final class BinaryCrossEntropy implements Loss {
  private static final BinaryCrossEntropy MEAN = new BinaryCrossEntropy(1, 0);
  private static final BinaryCrossEntropy SUM = new BinaryCrossEntropy(2, 0);

  private final double entries;
  private final double smoothing;

  private BinaryCrossEntropy(double entries, double smoothing) {
    this.entries = entries;
    this.smoothing = CrossEntropy.requireSmoothing(smoothing);
  }

  /** The mean over the entries of a two-neuron head. */
  public static BinaryCrossEntropy binaryCrossEntropy() {
    return MEAN;
  }

  /** The sum over the entries of a two-neuron head; the same as the mean for one neuron. */
  public static BinaryCrossEntropy summed() {
    return SUM;
  }

  /**
   * The same with smoothed labels, in training and where it is reported.
   *
   * @param smoothing how much of a label's certainty is spread over both classes, for example 0.1
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public BinaryCrossEntropy labelSmoothing(double smoothing) {
    return new BinaryCrossEntropy(entries, smoothing);
  }

  @Override
  public String name() {
    return "binary_crossentropy";
  }

  @Override
  public void check(Activation head, int outputs) {
    boolean fits =
        (outputs == 1 && head == Activation.SIGMOID)
            || (outputs == 2 && head == Activation.SOFTMAX);
    if (!fits) {
      throw new IllegalArgumentException(
          "Expected binary cross-entropy on one SIGMOID neuron or two SOFTMAX neurons, got "
              + outputs
              + " "
              + head);
    }
  }

  @Override
  public Variable apply(Pass pass, Variable logits, int[] labels, double[] shares) {
    return switch (logits.value().columns()) {
      case 1 ->
          CrossEntropy.sum(pass, logits, labels, 2, shares, 1, smoothing, CrossEntropy::sigmoid);
      case 2 ->
          CrossEntropy.sum(
              pass, logits, labels, 2, shares, entries, smoothing, CrossEntropy::softmax);
      default ->
          throw new IllegalArgumentException(
              "Expected logits of width 1 or 2, got " + logits.value().shape());
    };
  }

  @Override
  public String toString() {
    return name() + (entries == 2 ? ", summed" : "") + ", label smoothing " + smoothing;
  }
}
