package org.rnn4j.backend.simd;

/** One float array a thread, for results that live no longer than a call. */
final class Scratch {
  private static final ThreadLocal<float[]> ARRAY = ThreadLocal.withInitial(() -> new float[512]);

  private Scratch() {}

  /** The thread's array, with room for n floats; what it holds is left over from the last use. */
  static float[] atLeast(int n) {
    float[] array = ARRAY.get();
    if (array.length < n) {
      array = new float[n];
      ARRAY.set(array);
    }
    return array;
  }
}
