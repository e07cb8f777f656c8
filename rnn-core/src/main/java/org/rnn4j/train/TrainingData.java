package org.rnn4j.train;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.sequence.Example;

/**
 * What a training learns from and is validated on.
 *
 * @param weights how much each training example counts; empty where all count the same
 */
record TrainingData(List<Example> examples, double[] weights, List<Example> validation) {
  TrainingData {
    examples = List.copyOf(examples);
    validation = List.copyOf(validation);
  }

  /** Fails where an example does not fit the network. */
  void check(Sequential model) {
    check(model, "training", examples);
    if (!validation.isEmpty()) {
      check(model, "validation", validation);
    }
    if (weights.length > 0 && weights.length != examples.size()) {
      throw new IllegalArgumentException(
          "Expected "
              + examples.size()
              + " sample weights, one a training example, got "
              + weights.length);
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Expected sample weights that are finite and more than 0, got "
                + weights[i]
                + " for training example "
                + i
                + "; to ignore an example leave it out");
      }
    }
  }

  /** Fails where there is no example, or one does not fit the network. */
  static void check(Sequential model, String what, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one " + what + " example, got none");
    }
    for (int i = 0; i < examples.size(); i++) {
      if (examples.get(i).label() >= model.classes()) {
        throw new IllegalArgumentException(
            "Expected labels from 0 to "
                + (model.classes() - 1)
                + " for a head of "
                + model.outputs()
                + ", got "
                + examples.get(i).label()
                + " in "
                + what
                + " example "
                + i);
      }
      model.requireIds(examples.get(i).ids(), what + " example " + i);
    }
  }

  /** How much some examples count, by their own weights and those of their classes. */
  double[] weights(int[] indices, ClassWeights classes) {
    double[] own = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      double weight = weights.length == 0 ? 1 : weights[indices[i]];
      own[i] = weight * classes.of(examples.get(indices[i]).label());
    }
    return own;
  }

  String fingerprint() {
    return fingerprint(examples, weights);
  }

  String validationFingerprint() {
    return fingerprint(validation, new double[0]);
  }

  private static String fingerprint(List<Example> examples, double[] weights) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256, which every Java platform has", e);
    }
    for (Example example : examples) {
      ByteBuffer bytes = ByteBuffer.allocate((example.ids().length + 2) * Integer.BYTES);
      bytes.putInt(example.label()).putInt(example.ids().length);
      bytes.asIntBuffer().put(example.ids());
      digest.update(bytes.array());
    }
    for (double weight : weights) {
      digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(weight).array());
    }
    return examples.size() + " with SHA-256 " + HexFormat.of().formatHex(digest.digest());
  }
}
