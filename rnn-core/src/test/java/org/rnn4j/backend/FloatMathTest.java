package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatMathTest {
  /** Every 97th bit pattern: 44 million floats of every exponent and sign. */
  private static final int STEP = 97;

  /** A function and what it approximates. */
  enum Function {
    EXP(FloatMath::exp, StrictMath::exp, 0.9),
    SIGMOID(FloatMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 1.6),
    TANH(FloatMath::tanh, StrictMath::tanh, 1.5);

    final FloatUnaryOperator approximation;
    final DoubleUnaryOperator exact;
    final double maxUlps;

    Function(FloatUnaryOperator approximation, DoubleUnaryOperator exact, double maxUlps) {
      this.approximation = approximation;
      this.exact = exact;
      this.maxUlps = maxUlps;
    }

    float apply(float x) {
      return approximation.apply(x);
    }
  }

  interface FloatUnaryOperator {
    float apply(float x);
  }

  @ParameterizedTest
  @EnumSource
  void the_error_is_below_the_documented_bound_over_all_exponents(Function function) {
    double worst = 0;
    float worstAt = 0;
    for (long pattern = 0; pattern < 1L << 32; pattern += STEP) {
      float x = Float.intBitsToFloat((int) pattern);
      if (Float.isNaN(x) || saturates(x)) {
        continue;
      }
      double error = ulps(function, x);
      if (error > worst) {
        worst = error;
        worstAt = x;
      }
    }
    assertThat(worst)
        .as("error in ulps of %s at %s", function, worstAt)
        .isLessThan(function.maxUlps);
  }

  @ParameterizedTest
  @EnumSource
  void arguments_far_out_give_the_limits(Function function) {
    for (long pattern = 0; pattern < 1L << 32; pattern += 31 * STEP) {
      float x = Float.intBitsToFloat((int) pattern);
      if (!Float.isNaN(x) && saturates(x)) {
        float expected = (float) function.exact.applyAsDouble(x);
        if (function.apply(x) != expected) {
          assertThat(function.apply(x)).as("%s at %s", function, x).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void neighbours_never_fall_by_more_than_two_ulps(Function function) {
    float last = function.apply(-120f);
    for (float x = -120f; x < 88f; x = x + Math.max(Math.ulp(x) * 37, 1e-6f)) {
      float value = function.apply(x);
      if (!(value >= last - 2 * Math.ulp(last))) {
        assertThat(value)
            .as("%s at %s", function, x)
            .isGreaterThanOrEqualTo(last - 2 * Math.ulp(last));
      }
      last = value;
    }
  }

  @Test
  void every_nan_stays_nan() {
    for (int payload = 1; payload < 0x7FFFFF; payload += 1009) {
      for (int sign : new int[] {0, 0x80000000}) {
        float nan = Float.intBitsToFloat(sign | 0x7F800000 | payload);
        for (Function function : Function.values()) {
          assertThat(Float.isNaN(function.apply(nan)))
              .as("%s of NaN %x", function, payload)
              .isTrue();
        }
      }
    }
  }

  @Test
  void special_arguments_give_exact_values() {
    assertThat(FloatMath.exp(0f)).isEqualTo(1f);
    assertThat(FloatMath.exp(-0f)).isEqualTo(1f);
    assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isInfinite();
    assertBits(FloatMath.exp(Float.NEGATIVE_INFINITY), 0f);
    assertThat(FloatMath.exp(88.722f)).isFinite();
    assertThat(FloatMath.exp(88.723f)).isInfinite().isPositive();
    assertThat(FloatMath.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);

    assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(FloatMath.sigmoid(-0f)).isEqualTo(0.5f);
    assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertBits(FloatMath.sigmoid(Float.NEGATIVE_INFINITY), 0f);

    assertBits(FloatMath.tanh(0f), 0f);
    assertBits(FloatMath.tanh(-0f), -0f);
    assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(FloatMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertBits(FloatMath.tanh(Float.MIN_VALUE), Float.MIN_VALUE);
    assertBits(FloatMath.tanh(-Float.MIN_NORMAL), -Float.MIN_NORMAL);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.349f, 0.35f, 0.351f, 1f, 3f, 9f, 20f})
  void tanh_is_odd(float x) {
    assertBits(FloatMath.tanh(-x), -FloatMath.tanh(x));
  }

  @Test
  void flushing_takes_what_is_below_the_threshold_and_nothing_else() {
    assertBits(FloatMath.flush(0x1p-100f), 0x1p-100f);
    assertBits(FloatMath.flush(-0x1p-100f), -0x1p-100f);
    assertBits(FloatMath.flush(Math.nextDown(0x1p-100f)), 0f);
    assertBits(FloatMath.flush(Math.nextUp(-0x1p-100f)), 0f);
    assertBits(FloatMath.flush(-0f), 0f);
    assertThat(FloatMath.flush(Float.NaN)).isNaN();
    assertBits(FloatMath.flush(Float.NEGATIVE_INFINITY), Float.NEGATIVE_INFINITY);
    assertBits(FloatMath.flushBeforeSquare(0x1p-50f), 0x1p-50f);
    assertBits(FloatMath.flushBeforeSquare(Math.nextDown(0x1p-50f)), 0f);
  }

  /** Beyond these every function is at a limit, or overflows. */
  private static boolean saturates(float x) {
    return Math.abs(x) > 105f;
  }

  /** The distance to the exact value, in units of the last place of a float near it. */
  private static double ulps(Function function, float x) {
    double exact = function.exact.applyAsDouble(x);
    if (exact > Float.MAX_VALUE) {
      return function.apply(x) == Float.POSITIVE_INFINITY || function.apply(x) == Float.MAX_VALUE
          ? 0
          : 1e9;
    }
    return Math.abs(function.apply(x) - exact) / ulpNear(exact);
  }

  private static double ulpNear(double exact) {
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    return Math.scalb(1.0, exponent - 23);
  }

  private static void assertBits(float actual, float expected) {
    assertThat(Float.floatToIntBits(actual))
        .as("%s, expected %s", actual, expected)
        .isEqualTo(Float.floatToIntBits(expected));
  }
}
