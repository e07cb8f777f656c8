package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.rnn4j.backend.FloatMath.FLUSH_THRESHOLD;
import static org.rnn4j.backend.FloatMath.SQUARE_THRESHOLD;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.rnn4j.backend.ScalarGates;

/** {@link ScalarGates#adam} in lanes. */
final class VectorAdam {
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
}
