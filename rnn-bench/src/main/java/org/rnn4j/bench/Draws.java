package org.rnn4j.bench;

import java.util.Arrays;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** The numbers that benchmarks work on, the same in every run. */
final class Draws {
  private Draws() {}

  /** Numbers of the normal distribution. */
  static float[] gaussians(int n) {
    RandomStream random = new RandomStream(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** A tensor of numbers of the normal distribution, times a factor. */
  static Tensor tensor(double factor, int... dimensions) {
    Shape shape = Shape.of(dimensions);
    float[] values = gaussians(shape.size());
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
    return Tensor.wrap(shape, values);
  }

  /** Draws token ids. */
  @FunctionalInterface
  interface Ids {
    /** The next id. */
    int next();

    /** A text of some tokens. */
    default int[] text(int length) {
      int[] ids = new int[length];
      for (int i = 0; i < length; i++) {
        ids[i] = next();
      }
      return ids;
    }

    /** Texts of the same length. */
    default int[][] texts(int count, int length) {
      int[][] texts = new int[count][];
      for (int i = 0; i < count; i++) {
        texts[i] = text(length);
      }
      return texts;
    }
  }

  /** Ids that are all as frequent. */
  static Ids uniform(int vocabulary) {
    RandomStream random = new RandomStream(vocabulary);
    return () -> random.nextInt(vocabulary);
  }

  /** Ids as frequent as words are: id k with a probability in proportion to 1 / (k + 1). */
  static Ids zipf(int vocabulary) {
    RandomStream random = new RandomStream(vocabulary);
    double[] upTo = new double[vocabulary];
    double sum = 0;
    for (int id = 0; id < vocabulary; id++) {
      sum += 1.0 / (id + 1);
      upTo[id] = sum;
    }
    double all = sum;
    return () -> {
      int place = Arrays.binarySearch(upTo, random.nextDouble() * all);
      return Math.min(place < 0 ? -place - 1 : place, vocabulary - 1);
    };
  }

  /** Ids by the name of their distribution, {@code uniform} or {@code zipf}. */
  static Ids named(String distribution, int vocabulary) {
    return switch (distribution) {
      case "uniform" -> uniform(vocabulary);
      case "zipf" -> zipf(vocabulary);
      default ->
          throw new IllegalArgumentException("Expected uniform or zipf, got " + distribution);
    };
  }
}
