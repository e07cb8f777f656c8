package org.rnn4j.backend.simd;

import static org.rnn4j.backend.FloatMath.E2;
import static org.rnn4j.backend.FloatMath.E3;
import static org.rnn4j.backend.FloatMath.E4;
import static org.rnn4j.backend.FloatMath.E5;
import static org.rnn4j.backend.FloatMath.E6;
import static org.rnn4j.backend.FloatMath.EXP_LOWER;
import static org.rnn4j.backend.FloatMath.FLUSH_THRESHOLD;
import static org.rnn4j.backend.FloatMath.INVERSE_LN2;
import static org.rnn4j.backend.FloatMath.MINUS_LN2_HIGH;
import static org.rnn4j.backend.FloatMath.MINUS_LN2_LOW;
import static org.rnn4j.backend.FloatMath.ROUNDER;
import static org.rnn4j.backend.FloatMath.ROUNDER_BITS;
import static org.rnn4j.backend.FloatMath.SIGN_BIT;
import static org.rnn4j.backend.FloatMath.T3;
import static org.rnn4j.backend.FloatMath.T5;
import static org.rnn4j.backend.FloatMath.T7;
import static org.rnn4j.backend.FloatMath.T9;
import static org.rnn4j.backend.FloatMath.TANH_SMALL;
import static org.rnn4j.backend.FloatMath.TANH_UPPER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.rnn4j.backend.FloatMath;

/**
 * The steps of {@link FloatMath}, in lanes. The methods are small so that the JIT compiler takes
 * them into the loops that call them; only then do vectors stay in registers. A loop holds at most
 * one exp, tanh or sigmoid for the same reason: the compiler stops inlining at a total size.
 */
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  private VectorMath() {}

  /**
   * {@link FloatMath#sigmoid} in place on elements {@code from} to {@code to}, the number of them a
   * multiple of LANES.
   */
  static void sigmoid(float[] x, int from, int to) {
    for (int j = from; j < to; j += LANES) {
      sigmoid(FloatVector.fromArray(SPECIES, x, j)).intoArray(x, j);
    }
  }

  /**
   * {@link FloatMath#tanh} in place on elements {@code from} to {@code to}, the number of them a
   * multiple of LANES.
   */
  static void tanh(float[] x, int from, int to) {
    for (int j = from; j < to; j += LANES) {
      tanh(FloatVector.fromArray(SPECIES, x, j)).intoArray(x, j);
    }
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    FloatVector q = e.div(e.add(1f));
    FloatVector scale = splat(1f).blend(e, x.compare(VectorOperators.LT, 0f));
    return scale.neg().fma(q, scale);
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector small = tanhOfSmall(magnitude);
    FloatVector large = tanhOfLarge(magnitude);
    FloatVector result = large.blend(small, magnitude.compare(VectorOperators.LT, TANH_SMALL));
    IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
    return result.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** x, or +0 where |x| is below 2⁻¹⁰⁰. */
  static FloatVector flush(FloatVector x) {
    return x.blend(0f, x.abs().compare(VectorOperators.LT, FLUSH_THRESHOLD));
  }

  /** exp for arguments up to 0. */
  private static FloatVector expOfNegative(FloatVector x) {
    VectorMask<Float> low = x.compare(VectorOperators.LT, EXP_LOWER);
    FloatVector v = x.blend(EXP_LOWER, low);
    FloatVector shifted = v.fma(splat(INVERSE_LN2), splat(ROUNDER));
    FloatVector r = remainder(v, shifted.sub(ROUNDER));
    FloatVector p = quotient(r).fma(r, splat(1f)).fma(r, splat(1f));
    IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  private static FloatVector tanhOfSmall(FloatVector magnitude) {
    FloatVector square = magnitude.mul(magnitude);
    FloatVector odd =
        splat(T9).fma(square, splat(T7)).fma(square, splat(T5)).fma(square, splat(T3));
    return magnitude.mul(square).fma(odd, magnitude);
  }

  private static FloatVector tanhOfLarge(FloatVector magnitude) {
    FloatVector limited =
        magnitude.blend(TANH_UPPER, magnitude.compare(VectorOperators.GT, TANH_UPPER));
    FloatVector v = limited.add(limited);
    FloatVector shifted = v.fma(splat(INVERSE_LN2), splat(ROUNDER));
    FloatVector r = remainder(v, shifted.sub(ROUNDER));
    FloatVector scale = powerOfTwo(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
    FloatVector expMinusOne = scale.fma(r.mul(r).fma(quotient(r), r), scale.sub(1f));
    return expMinusOne.div(expMinusOne.add(2f));
  }

  /** {@code v − n·ln 2}. */
  private static FloatVector remainder(FloatVector v, FloatVector n) {
    return n.fma(splat(MINUS_LN2_LOW), n.fma(splat(MINUS_LN2_HIGH), v));
  }

  /** (exp(r) − 1 − r)/r². */
  private static FloatVector quotient(FloatVector r) {
    return splat(E6).fma(r, splat(E5)).fma(r, splat(E4)).fma(r, splat(E3)).fma(r, splat(E2));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  private static FloatVector splat(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
