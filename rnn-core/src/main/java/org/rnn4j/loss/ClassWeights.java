package org.rnn4j.loss;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.sequence.Example;

/**
 * How much the texts of each class count in the training loss, against classes of unequal size. The
 * loss of a step is the weighted mean {@code Σ w_i·L_i / Σ w_i}, as PyTorch's {@code
 * CrossEntropyLoss(weight)} has it; Keras divides by the number of texts instead. So only the
 * weights' ratios matter. Validation counts every text once.
 */
public final class ClassWeights {
  private static final ClassWeights NONE = new ClassWeights();

  private final double[] weights;

  private ClassWeights(double... weights) {
    this.weights = weights.clone();
  }

  /** Every text counts once. */
  public static ClassWeights none() {
    return NONE;
  }

  /**
   * Given weights.
   *
   * @param weights one a class, in the order of the classes
   * @throws IllegalArgumentException if one is not a finite number above 0
   */
  public static ClassWeights of(double... weights) {
    for (int label = 0; label < weights.length; label++) {
      if (!(weights[label] > 0 && weights[label] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Expected a weight that is finite and more than 0, got "
                + weights[label]
                + " for class "
                + label
                + "; to ignore a class leave its examples out");
      }
    }
    return new ClassWeights(weights);
  }

  /**
   * Weights that make all classes count the same: {@code examples / (classes · examples of the
   * class)}.
   *
   * @throws IllegalArgumentException if a class has no example, or a label is none of the classes
   */
  public static ClassWeights balanced(List<Example> examples, int classes) {
    int[] counts = new int[classes];
    for (Example example : examples) {
      if (example.label() >= classes) {
        throw new IllegalArgumentException(
            "Expected labels from 0 to " + (classes - 1) + ", got " + example.label());
      }
      counts[example.label()]++;
    }
    double[] weights = new double[classes];
    for (int label = 0; label < classes; label++) {
      if (counts[label] == 0) {
        throw new IllegalArgumentException(
            "Expected examples of each of " + classes + " classes, got none of class " + label);
      }
      weights[label] = (double) examples.size() / ((double) classes * counts[label]);
    }
    return new ClassWeights(weights);
  }

  /**
   * Checks that there is one weight a class.
   *
   * @throws IllegalArgumentException if there is not
   */
  public void check(int classes) {
    if (weights.length > 0 && weights.length != classes) {
      throw new IllegalArgumentException(
          "Expected " + classes + " class weights, one a class, got " + weights.length);
    }
  }

  /** The weight of a class. */
  public double of(int label) {
    return weights.length == 0 ? 1 : weights[label];
  }

  @Override
  public String toString() {
    return weights.length == 0 ? "none" : Arrays.toString(weights);
  }
}
