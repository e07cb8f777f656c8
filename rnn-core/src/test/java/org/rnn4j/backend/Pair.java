package org.rnn4j.backend;

import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;

/**
 * The same tensor for the fast and for the reference backend, or what each of them made of it.
 *
 * @param fast float32
 * @param reference float64; as an input, the same numbers
 */
record Pair(Tensor fast, Tensor reference) {
  /** Numbers uniform in ±limit that both types hold exactly. */
  static Pair random(RandomStream random, double limit, int... dimensions) {
    return of(Draw.tensor(DType.FLOAT32, random, limit, dimensions));
  }

  static Pair of(Tensor fast) {
    return new Pair(fast, fast.to(DType.FLOAT64));
  }

  /** The same numbers in storage of their own. */
  Pair copy() {
    return new Pair(fast.copy(), reference.copy());
  }

  /** Holds the fast tensor to 1e-5 of the reference's greatest magnitude. */
  void requireClose(String what) {
    double scale = 0;
    for (double value : reference.toArray()) {
      scale = Math.max(scale, Math.abs(value));
    }
    if (!fast.shape().equals(reference.shape())) {
      throw new AssertionError(
          "Expected " + what + " of " + reference.shape() + ", got " + fast.shape());
    }
    for (int i = 0; i < reference.size(); i++) {
      if (!(Math.abs(fast.get(i) - reference.get(i)) <= 1e-5 * scale)) {
        throw new AssertionError(
            "Expected %s[%d] to be %s within %s, got %s"
                .formatted(what, i, reference.get(i), 1e-5 * scale, fast.get(i)));
      }
    }
  }
}
