package org.rnn4j.backend;

import java.util.Arrays;

/** The step sizes and epsilons of the Adam steps taken, in order, for rows that missed some. */
public final class AdamSteps {
  private float[] sizes = new float[64];
  private float[] epsilons = new float[64];
  private int count;

  /** Adds a step; the numbers hold the bias corrections. */
  public void add(double size, double epsilon) {
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * count);
      epsilons = Arrays.copyOf(epsilons, 2 * count);
    }
    sizes[count] = (float) size;
    epsilons[count] = (float) epsilon;
    count++;
  }

  /** How many steps there are. */
  public int count() {
    return count;
  }

  /** Forgets all steps, when no row misses any. */
  public void clear() {
    count = 0;
  }

  /** The step sizes. */
  float[] sizes() {
    return sizes;
  }

  /** The epsilons. */
  float[] epsilons() {
    return epsilons;
  }
}
