package org.rnn4j.backend.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.rnn4j.backend.FloatMath.E2;
import static org.rnn4j.backend.FloatMath.E3;
import static org.rnn4j.backend.FloatMath.E4;
import static org.rnn4j.backend.FloatMath.E5;
import static org.rnn4j.backend.FloatMath.E6;
import static org.rnn4j.backend.FloatMath.EXP_LOWER;
import static org.rnn4j.backend.FloatMath.EXP_UPPER;
import static org.rnn4j.backend.FloatMath.INVERSE_LN2;
import static org.rnn4j.backend.FloatMath.MANTISSA_BITS;
import static org.rnn4j.backend.FloatMath.MINUS_LN2_HIGH;
import static org.rnn4j.backend.FloatMath.MINUS_LN2_LOW;
import static org.rnn4j.backend.FloatMath.ROUNDER;
import static org.rnn4j.backend.simd.Lanes.LANES;
import static org.rnn4j.backend.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.rnn4j.backend.FloatMath;
import org.rnn4j.backend.ScalarRows;

/** The loops of {@link ScalarRows} in lanes, on n elements, a multiple of the lanes. */
final class VectorRows {
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private VectorRows() {}

  static void multiply(float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n) {
    for (int j = 0; j < n; j += LANES) {
      fromArray(SPECIES, x, xAt + j).mul(fromArray(SPECIES, y, yAt + j)).intoArray(to, toAt + j);
    }
  }

  static void addProducts(float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n) {
    for (int j = 0; j < n; j += LANES) {
      fromArray(SPECIES, x, xAt + j)
          .fma(fromArray(SPECIES, y, yAt + j), fromArray(SPECIES, to, toAt + j))
          .intoArray(to, toAt + j);
    }
  }

  /** The steps of {@link FloatMath#exp}. */
  static void expOfDifferences(
      float[] x, int xAt, float[] less, int lessAt, float[] to, int toAt, int n) {
    FloatVector one = broadcast(SPECIES, 1f);
    FloatVector inverse = broadcast(SPECIES, INVERSE_LN2);
    FloatVector rounder = broadcast(SPECIES, ROUNDER);
    FloatVector high = broadcast(SPECIES, MINUS_LN2_HIGH);
    FloatVector low = broadcast(SPECIES, MINUS_LN2_LOW);
    FloatVector e2 = broadcast(SPECIES, E2);
    FloatVector e3 = broadcast(SPECIES, E3);
    FloatVector e4 = broadcast(SPECIES, E4);
    FloatVector e5 = broadcast(SPECIES, E5);
    FloatVector e6 = broadcast(SPECIES, E6);
    for (int j = 0; j < n; j += LANES) {
      FloatVector given = fromArray(SPECIES, x, xAt + j).sub(fromArray(SPECIES, less, lessAt + j));
      FloatVector upper = given.blend(EXP_UPPER, given.compare(GT, EXP_UPPER));
      FloatVector v = upper.blend(EXP_LOWER, upper.compare(LT, EXP_LOWER));
      FloatVector shifted = v.fma(inverse, rounder);
      FloatVector integer = shifted.sub(rounder);
      FloatVector r = integer.fma(low, integer.fma(high, v));
      FloatVector quotient = e6.fma(r, e5).fma(r, e4).fma(r, e3).fma(r, e2);
      FloatVector polynomial = quotient.fma(r, one).fma(r, one);
      IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = power.lanewise(ASHR, 1);
      FloatVector first = half.add(127).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
      FloatVector second =
          power.sub(half).add(127).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
      polynomial.mul(first).mul(second).intoArray(to, toAt + j);
    }
  }

  static void normalize(
      float[] x,
      int xAt,
      float mean,
      float scale,
      float[] gain,
      float[] bias,
      float[] u,
      int uAt,
      float[] y,
      int yAt,
      int n) {
    FloatVector less = broadcast(SPECIES, mean);
    FloatVector by = broadcast(SPECIES, scale);
    for (int j = 0; j < n; j += LANES) {
      FloatVector normalized = fromArray(SPECIES, x, xAt + j).sub(less).mul(by);
      normalized.intoArray(u, uAt + j);
      fromArray(SPECIES, gain, j)
          .fma(normalized, fromArray(SPECIES, bias, j))
          .intoArray(y, yAt + j);
    }
  }

  static void normalizeBackward(
      float[] du,
      float mean,
      float along,
      float scale,
      float[] u,
      int uAt,
      float[] dx,
      int dxAt,
      int n) {
    FloatVector less = broadcast(SPECIES, mean);
    FloatVector lessAlong = broadcast(SPECIES, -along);
    FloatVector by = broadcast(SPECIES, scale);
    for (int j = 0; j < n; j += LANES) {
      FloatVector rest = fromArray(SPECIES, du, j).sub(less);
      by.fma(lessAlong.fma(fromArray(SPECIES, u, uAt + j), rest), fromArray(SPECIES, dx, dxAt + j))
          .intoArray(dx, dxAt + j);
    }
  }
}
