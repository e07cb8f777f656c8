package org.rnn4j.loss;

import java.util.Arrays;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;

/** A number that says how wrong a batch of predictions is, to be made small. */
public interface Loss {
  /** A name for logs and histories, for example {@code binary_crossentropy}. */
  String name();

  /**
   * Checks that a network's head fits the loss, before any work is done.
   *
   * @param head the activation of the last layer
   * @param outputs its width
   * @throws IllegalArgumentException if it does not
   */
  void check(Activation head, int outputs);

  /**
   * The loss of a batch, a scalar, recorded on the pass: {@code Σ shares[i]·L_i}.
   *
   * @param logits the head's sums before its activation, {@code [batch, outputs]}
   * @param labels the class of each row
   * @param shares how much each row counts: {@code 1/batch} for the mean
   * @throws IllegalArgumentException if there is not one label and one share a row, or a label is
   *     not a class of the head
   */
  Variable apply(Pass pass, Variable logits, int[] labels, double[] shares);

  /** The mean loss of a batch. */
  default Variable apply(Pass pass, Variable logits, int[] labels) {
    double[] shares = new double[labels.length];
    Arrays.fill(shares, 1.0 / labels.length);
    return apply(pass, logits, labels, shares);
  }
}
