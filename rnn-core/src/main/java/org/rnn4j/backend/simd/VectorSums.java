package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.rnn4j.backend.ScalarGates;

/** {@link ScalarGates#addRows} in lanes, four vectors of sums in registers while rows run. */
final class VectorSums {
  private static final int BLOCK = 4 * LANES;

  private VectorSums() {}

  /** The first n columns, a whole number of vectors. */
  static void addRows(
      int rows, float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int n) {
    int j = 0;
    for (; j <= n - BLOCK; j += BLOCK) {
      addBlock(rows, from, fromOffset + j, fromStride, to, toOffset + j);
    }
    for (; j < n; j += LANES) {
      FloatVector sum = fromArray(SPECIES, to, toOffset + j);
      for (int row = 0; row < rows; row++) {
        sum = sum.add(fromArray(SPECIES, from, fromOffset + row * fromStride + j));
      }
      sum.intoArray(to, toOffset + j);
    }
  }

  private static void addBlock(
      int rows, float[] from, int fromOffset, int fromStride, float[] to, int at) {
    FloatVector s0 = fromArray(SPECIES, to, at);
    FloatVector s1 = fromArray(SPECIES, to, at + LANES);
    FloatVector s2 = fromArray(SPECIES, to, at + 2 * LANES);
    FloatVector s3 = fromArray(SPECIES, to, at + 3 * LANES);
    for (int row = 0; row < rows; row++) {
      int next = fromOffset + row * fromStride;
      s0 = s0.add(fromArray(SPECIES, from, next));
      s1 = s1.add(fromArray(SPECIES, from, next + LANES));
      s2 = s2.add(fromArray(SPECIES, from, next + 2 * LANES));
      s3 = s3.add(fromArray(SPECIES, from, next + 3 * LANES));
    }
    s0.intoArray(to, at);
    s1.intoArray(to, at + LANES);
    s2.intoArray(to, at + 2 * LANES);
    s3.intoArray(to, at + 3 * LANES);
  }
}
