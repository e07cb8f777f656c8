package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static org.rnn4j.backend.FloatMath.FLUSH_THRESHOLD;
import static org.rnn4j.backend.FloatMath.SQUARE_THRESHOLD;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.rnn4j.backend.ScalarGates;

/** {@link ScalarGates#adam} in lanes. */
final class VectorAdam {
  /** Steps without a gradient after which it is looked whether the moments have faded to zero. */
  private static final int CHECK_STEPS = 32;

  private VectorAdam() {}

  /** One step on the elements {@code from} to {@code to}, a whole number of vectors. */
  static void step(
      float[] weights,
      float[] gradients,
      float[] firstMoments,
      float[] secondMoments,
      int from,
      int to,
      double beta1,
      double beta2,
      float stepSize,
      float epsilon) {
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    FloatVector decay1 = FloatVector.broadcast(SPECIES, (float) beta1);
    FloatVector decay2 = FloatVector.broadcast(SPECIES, (float) beta2);
    for (int j = from; j < to; j += LANES) {
      FloatVector g = fromArray(SPECIES, gradients, j);
      FloatVector m = decay1.fma(fromArray(SPECIES, firstMoments, j), g.mul(rest1));
      FloatVector s = g.blend(0f, g.abs().compare(LT, SQUARE_THRESHOLD));
      FloatVector v = decay2.fma(fromArray(SPECIES, secondMoments, j), s.mul(rest2).mul(s));
      m = m.blend(0f, m.abs().compare(LT, FLUSH_THRESHOLD));
      v = v.blend(0f, v.abs().compare(LT, FLUSH_THRESHOLD));
      m.intoArray(firstMoments, j);
      v.intoArray(secondMoments, j);
      FloatVector update = m.mul(stepSize).div(v.sqrt().add(epsilon));
      fromArray(SPECIES, weights, j).sub(update).intoArray(weights, j);
    }
  }

  /**
   * Steps without a gradient on the elements {@code first} to {@code end}, a whole number of
   * vectors.
   */
  static void idle(
      float[] weights,
      float[] firstMoments,
      float[] secondMoments,
      int first,
      int end,
      float decay1,
      float decay2,
      float[] stepSizes,
      float[] epsilons,
      int from,
      int to) {
    int step = from;
    while (step < to && anyNonZero(firstMoments, first, end)) {
      for (int pause = Math.min(to, step + CHECK_STEPS); step < pause; step++) {
        float size = stepSizes[step];
        float epsilon = epsilons[step];
        idleStep(weights, firstMoments, secondMoments, first, end, decay1, decay2, size, epsilon);
      }
    }
    while (step < to && anyNonZero(secondMoments, first, end)) {
      for (int pause = Math.min(to, step + CHECK_STEPS); step < pause; step++) {
        decay(secondMoments, first, end, decay2);
      }
    }
  }

  private static boolean anyNonZero(float[] x, int from, int to) {
    for (int j = from; j < to; j += LANES) {
      if (fromArray(SPECIES, x, j).compare(NE, 0f).anyTrue()) {
        return true;
      }
    }
    return false;
  }

  private static void idleStep(
      float[] weights,
      float[] firstMoments,
      float[] secondMoments,
      int from,
      int to,
      float decay1,
      float decay2,
      float stepSize,
      float epsilon) {
    for (int j = from; j < to; j += LANES) {
      FloatVector m = fromArray(SPECIES, firstMoments, j).mul(decay1);
      FloatVector v = fromArray(SPECIES, secondMoments, j).mul(decay2);
      m = m.blend(0f, m.abs().compare(LT, FLUSH_THRESHOLD));
      v = v.blend(0f, v.abs().compare(LT, FLUSH_THRESHOLD));
      m.intoArray(firstMoments, j);
      v.intoArray(secondMoments, j);
      FloatVector update = m.mul(stepSize).div(v.sqrt().add(epsilon));
      fromArray(SPECIES, weights, j).sub(update).intoArray(weights, j);
    }
  }

  private static void decay(float[] x, int from, int to, float factor) {
    for (int j = from; j < to; j += LANES) {
      FloatVector v = fromArray(SPECIES, x, j).mul(factor);
      v.blend(0f, v.abs().compare(LT, FLUSH_THRESHOLD)).intoArray(x, j);
    }
  }
}
