package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.rnn4j.tensor.RandomStream;

/**
 * Floats for tests of kernels, from those of a network in training to those that break careless
 * code.
 */
final class AwkwardFloats {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    0x1p-100f,
    -0x1.fffffep-101f,
    0x1p-50f,
    0x1.fffffep-51f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    0.35f,
    10f,
    -104f,
    -88f,
    89f
  };

  /** Which floats are drawn. */
  enum Mix {
    /** Normally distributed, as in a network. */
    ORDINARY,
    /** Every bit pattern is equally likely, one in eight is special. */
    ANY,
    /** So small that products of two are denormal or zero. */
    TINY
  }

  private final RandomStream random;
  private final Mix mix;

  AwkwardFloats(long seed, Mix mix) {
    this.random = new RandomStream(seed);
    this.mix = mix;
  }

  int nextInt(int bound) {
    return random.nextInt(bound);
  }

  float[] array(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = next();
    }
    return values;
  }

  private float next() {
    return switch (mix) {
      case ORDINARY -> (float) random.nextGaussian();
      case TINY -> (float) (random.nextGaussian() * Math.scalb(1.0, -40 - random.nextInt(110)));
      case ANY ->
          random.nextInt(8) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : Float.intBitsToFloat((int) random.nextLong());
    };
  }

  /** Fails at the first element that differs in its bits; all NaNs are one. */
  static void assertSameBits(String what, float[] expected, float[] actual) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    int first = Arrays.mismatch(expected, actual);
    if (first >= 0) {
      fail("%s, element %d: expected %s, got %s", what, first, expected[first], actual[first]);
    }
  }
}
