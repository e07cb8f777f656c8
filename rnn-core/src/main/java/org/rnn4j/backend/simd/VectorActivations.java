package org.rnn4j.backend.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.rnn4j.backend.FloatMath.E2;
import static org.rnn4j.backend.FloatMath.E3;
import static org.rnn4j.backend.FloatMath.E4;
import static org.rnn4j.backend.FloatMath.E5;
import static org.rnn4j.backend.FloatMath.E6;
import static org.rnn4j.backend.FloatMath.EXP_LOWER;
import static org.rnn4j.backend.FloatMath.INVERSE_LN2;
import static org.rnn4j.backend.FloatMath.MANTISSA_BITS;
import static org.rnn4j.backend.FloatMath.MINUS_LN2_HIGH;
import static org.rnn4j.backend.FloatMath.MINUS_LN2_LOW;
import static org.rnn4j.backend.FloatMath.ONE_BITS;
import static org.rnn4j.backend.FloatMath.ROUNDER_PLUS_127;
import static org.rnn4j.backend.FloatMath.ROUNDER_PLUS_191;
import static org.rnn4j.backend.FloatMath.SCALE_BACK;
import static org.rnn4j.backend.FloatMath.SIGN_BIT;
import static org.rnn4j.backend.FloatMath.T3;
import static org.rnn4j.backend.FloatMath.T5;
import static org.rnn4j.backend.FloatMath.T7;
import static org.rnn4j.backend.FloatMath.T9;
import static org.rnn4j.backend.FloatMath.TANH_SMALL;
import static org.rnn4j.backend.FloatMath.TANH_UPPER;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.rnn4j.backend.FloatMath;

/**
 * The steps of {@link FloatMath}, in lanes, over arrays.
 *
 * <p>Each function is one loop with its constants in registers. A loop that needs tanh of something
 * takes it from an array that {@link #tanh} has filled, see {@link Lanes}.
 */
final class VectorActivations {
  private VectorActivations() {}

  /** {@link FloatMath#sigmoid} in place on n elements, a multiple of the lanes. */
  static void sigmoid(float[] x, int offset, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector inverse = FloatVector.broadcast(SPECIES, INVERSE_LN2);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER_PLUS_191);
    FloatVector high = FloatVector.broadcast(SPECIES, MINUS_LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, MINUS_LN2_LOW);
    FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
    FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
    FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
    FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
    FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
    for (int j = 0; j < n; j += LANES) {
      IntVector bits = FloatVector.fromArray(SPECIES, x, offset + j).reinterpretAsInts();
      FloatVector negative = bits.or(SIGN_BIT).reinterpretAsFloats();
      FloatVector v = negative.blend(EXP_LOWER, negative.compare(LT, EXP_LOWER));
      FloatVector shifted = v.fma(inverse, rounder);
      FloatVector integer = shifted.sub(rounder);
      FloatVector r = integer.fma(low, integer.fma(high, v));
      FloatVector quotient = e6.fma(r, e5).fma(r, e4).fma(r, e3).fma(r, e2);
      FloatVector polynomial = quotient.fma(r, one).fma(r, one);
      FloatVector scale =
          shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
      FloatVector e = polynomial.mul(scale).mul(SCALE_BACK);

      FloatVector q = e.div(e.add(one));
      IntVector signMask = bits.lanewise(ASHR, 31);
      IntVector factorBits =
          e.reinterpretAsInts().lanewise(XOR, ONE_BITS).and(signMask).lanewise(XOR, ONE_BITS);
      FloatVector factor = factorBits.reinterpretAsFloats();
      factor.neg().fma(q, factor).intoArray(x, offset + j);
    }
  }

  /**
   * {@link FloatMath#sigmoid} of the first {@code bound} columns of two gates that follow each
   * other: in one loop where they leave no gap.
   */
  static void sigmoidOfTwo(float[] gates, int gate, int hidden, int bound) {
    if (bound == hidden) {
      sigmoid(gates, gate, 2 * bound);
    } else {
      sigmoid(gates, gate, bound);
      sigmoid(gates, gate + hidden, bound);
    }
  }

  /** {@link FloatMath#tanh} of n elements, a multiple of the lanes; both places may be the same. */
  static void tanh(float[] from, int fromOffset, float[] to, int toOffset, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector inverse = FloatVector.broadcast(SPECIES, INVERSE_LN2);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER_PLUS_127);
    FloatVector high = FloatVector.broadcast(SPECIES, MINUS_LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, MINUS_LN2_LOW);
    FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
    FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
    FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
    FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
    FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
    FloatVector t3 = FloatVector.broadcast(SPECIES, T3);
    FloatVector t5 = FloatVector.broadcast(SPECIES, T5);
    FloatVector t7 = FloatVector.broadcast(SPECIES, T7);
    FloatVector t9 = FloatVector.broadcast(SPECIES, T9);
    for (int j = 0; j < n; j += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fromOffset + j);
      FloatVector magnitude = x.abs();
      FloatVector square = magnitude.mul(magnitude);
      FloatVector odd = t9.fma(square, t7).fma(square, t5).fma(square, t3);
      FloatVector small = magnitude.mul(square).fma(odd, magnitude);

      FloatVector limited = magnitude.blend(TANH_UPPER, magnitude.compare(GT, TANH_UPPER));
      FloatVector v = limited.add(limited);
      FloatVector shifted = v.fma(inverse, rounder);
      FloatVector integer = shifted.sub(rounder);
      FloatVector r = integer.fma(low, integer.fma(high, v));
      FloatVector quotient = e6.fma(r, e5).fma(r, e4).fma(r, e3).fma(r, e2);
      FloatVector scale =
          shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
      FloatVector expMinusOne = scale.fma(r.mul(r).fma(quotient, r), scale.sub(one));
      FloatVector large = expMinusOne.div(expMinusOne.add(2f));

      FloatVector result = large.blend(small, magnitude.compare(LT, TANH_SMALL));
      IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
      result.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(to, toOffset + j);
    }
  }
}
