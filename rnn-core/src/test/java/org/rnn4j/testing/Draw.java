package org.rnn4j.testing;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** Random values for tests, all from the stream that is handed in. */
public final class Draw {
  private Draw() {}

  /** A tensor uniform in ±limit. */
  public static Tensor tensor(DType type, RandomStream random, double limit, int... dimensions) {
    Tensor tensor = Tensor.zeros(type, dimensions);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, limit * (2 * random.nextDouble() - 1));
    }
    return tensor;
  }

  /** A float64 variable that a gradient is wanted for, uniform in ±1. */
  public static Variable leaf(RandomStream random, int... dimensions) {
    return Variable.differentiable(tensor(DType.FLOAT64, random, 1, dimensions));
  }

  /** A whole number from least to greatest, both counted in. */
  public static int between(RandomStream random, int least, int greatest) {
    return least + random.nextInt(greatest - least + 1);
  }

  /** One of some values. */
  public static int oneOf(RandomStream random, int... values) {
    return values[random.nextInt(values.length)];
  }

  /** Lengths from 0 to the longest. */
  public static int[] lengths(RandomStream random, int batch, int longest) {
    int[] lengths = new int[batch];
    for (int i = 0; i < batch; i++) {
      lengths[i] = random.nextInt(longest + 1);
    }
    return lengths;
  }

  /** Token ids below the vocabulary's size. */
  public static int[] ids(RandomStream random, int length, int vocabulary) {
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = random.nextInt(vocabulary);
    }
    return ids;
  }

  /** Texts of random lengths, empty ones among them. */
  public static List<int[]> texts(RandomStream random, int count, int longest, int vocabulary) {
    List<int[]> texts = new ArrayList<>();
    for (int length : lengths(random, count, longest)) {
      texts.add(ids(random, length, vocabulary));
    }
    return texts;
  }

  /** Labelled texts of random lengths, empty ones among them. */
  public static List<Example> examples(
      RandomStream random, int count, int longest, int vocabulary, int classes) {
    List<Example> examples = new ArrayList<>();
    for (int[] ids : texts(random, count, longest, vocabulary)) {
      examples.add(new Example(ids, random.nextInt(classes)));
    }
    return examples;
  }

  /**
   * {@code Σ value∘weighting} over several variables, the weightings uniform in ±1 and the same for
   * the same seed: a scalar whose gradient reaches every element differently.
   */
  public static Variable weightedSum(Pass pass, long seed, Variable... terms) {
    RandomStream random = new RandomStream(seed).derive("weighting");
    List<Tensor> weightings = new ArrayList<>();
    double sum = 0;
    for (Variable term : terms) {
      Tensor value = term.value();
      Tensor weighting = tensor(value.type(), random, 1, value.shape().dimensions());
      for (int i = 0; i < value.size(); i++) {
        sum += value.get(i) * weighting.get(i);
      }
      weightings.add(weighting);
    }
    Variable result = pass.result(Tensor.of(pass.backend().type(), Shape.of(), sum), terms);
    pass.record(
        result,
        () -> {
          for (int k = 0; k < terms.length; k++) {
            Tensor target = pass.target(terms[k]);
            for (int i = 0; target != null && i < target.size(); i++) {
              double gradient = result.gradient().get(0) * weightings.get(k).get(i);
              target.set(i, target.get(i) + gradient);
            }
          }
        });
    return result;
  }
}
