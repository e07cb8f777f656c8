package org.rnn4j.tensor;

import java.nio.charset.StandardCharsets;

/**
 * A stream of random numbers that depends on nothing but its seed: the same on every machine and
 * every Java version. Streams that must not disturb each other (a layer's weights, a shuffle, a
 * dropout mask) are {@linkplain #derive(String) derived} from one seed by name.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014). Not synchronised: one stream, one thread.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long state;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  /** A stream that starts from a seed. */
  public RandomStream(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  /** The seed that this stream started from. */
  public long seed() {
    return seed;
  }

  /**
   * An independent stream named by a label. It depends on this stream's seed and the label only,
   * not on how many numbers were drawn.
   */
  public RandomStream derive(String label) {
    long hash = mix(seed ^ 0x6A09E667F3BCC909L);
    for (byte b : label.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash * 31 + b);
    }
    return new RandomStream(hash);
  }

  /** An independent stream numbered by an index, such as an epoch. */
  public RandomStream derive(long index) {
    return new RandomStream(mix(mix(seed ^ 0x3C6EF372FE94F82BL) + index * GOLDEN_GAMMA));
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * A whole number from 0 to {@code bound - 1}, each equally likely.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("Expected a bound of 1 or more, got " + bound);
    }
    long limit = (1L << 32) - ((1L << 32) % bound);
    long bits;
    do {
      bits = nextLong() >>> 32;
    } while (bits >= limit);
    return (int) (bits % bound);
  }

  /** A number in [0, 1) with 24 random bits. */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** A number in [0, 1) with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * A number of the normal distribution with mean 0 and deviation 1, by Marsaglia's polar method.
   */
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double u;
    double v;
    double square;
    do {
      u = 2 * nextDouble() - 1;
      v = 2 * nextDouble() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square == 0);
    double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareGaussian = v * scale;
    hasSpareGaussian = true;
    return u * scale;
  }

  /** Puts an array into random order, every order equally likely (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
