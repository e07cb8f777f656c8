package org.rnn4j.backend;

/**
 * exp, tanh and sigmoid in float32, as fixed sequences of IEEE operations: the same bits on every
 * machine, and the same in SIMD lanes as in scalar code, which {@link Math#exp} cannot promise.
 * There is no branch that depends on data, only selections. Over all floats the error stays below
 * 0.9 units in the last place for exp, 1.6 for sigmoid and 1.5 for tanh.
 *
 * <p>All three start from {@code exp(x) = 2ⁿ·exp(r)} with n the integer nearest to x/ln 2 and |r| ≤
 * ½·ln 2. Adding 1.5·2²³ rounds x/ln 2 to an integer and leaves n in the low bits of the sum; ln 2
 * is subtracted in two parts (Cody and Waite, Software Manual for the Elementary Functions, 1980);
 * exp(r) is a minimax polynomial of degree 6; 2ⁿ is made from its exponent bits. The constants are
 * public because SIMD kernels repeat the same steps with them.
 */
public final class FloatMath {
  /** 1/ln 2. */
  public static final float INVERSE_LN2 = 0x1.715476p0f;

  /** 1.5·2²³: a float near it has the resolution of the integers. */
  public static final float ROUNDER = 0x1.8p23f;

  /** The bits of {@link #ROUNDER}. */
  public static final int ROUNDER_BITS = 0x4B400000;

  /** −ln 2 rounded to a float. */
  public static final float MINUS_LN2_HIGH = -0x1.62e43p-1f;

  /** What is missing from {@link #MINUS_LN2_HIGH} to −ln 2. */
  public static final float MINUS_LN2_LOW = 0x1.05c61p-29f;

  /** exp overflows to infinity from here on, so larger arguments are taken as this. */
  public static final float EXP_UPPER = 89f;

  /** exp rounds to zero up to here, so smaller arguments are taken as this. */
  public static final float EXP_LOWER = -104f;

  /** Coefficient of r² in exp(r) ≈ 1 + r + E2·r² + … + E6·r⁶. */
  public static final float E2 = 0x1.fffffcp-2f;

  /** Coefficient of r³. */
  public static final float E3 = 0x1.555492p-3f;

  /** Coefficient of r⁴. */
  public static final float E4 = 0x1.5558bcp-5f;

  /** Coefficient of r⁵. */
  public static final float E5 = 0x1.1239c6p-7f;

  /** Coefficient of r⁶. */
  public static final float E6 = 0x1.6a4154p-10f;

  /** tanh rounds to one well before this, so larger magnitudes are taken as this. */
  public static final float TANH_UPPER = 10f;

  /** Below this magnitude tanh is its odd polynomial. */
  public static final float TANH_SMALL = 0.35f;

  /** Coefficient of x³ in tanh(x) ≈ x + T3·x³ + … + T9·x⁹. */
  public static final float T3 = -0x1.55554cp-2f;

  /** Coefficient of x⁵. */
  public static final float T5 = 0x1.110b6cp-3f;

  /** Coefficient of x⁷. */
  public static final float T7 = -0x1.b7f932p-5f;

  /** Coefficient of x⁹. */
  public static final float T9 = 0x1.3d0596p-6f;

  /** The bit that holds the sign of a float. */
  public static final int SIGN_BIT = 0x80000000;

  /** Gradients smaller in magnitude than this, 2⁻¹⁰⁰, are taken as zero. */
  public static final float FLUSH_THRESHOLD = 0x1p-100f;

  /** Gradients smaller in magnitude than this, 2⁻⁵⁰, have a square that is taken as zero. */
  public static final float SQUARE_THRESHOLD = 0x1p-50f;

  private FloatMath() {}

  /** eˣ: +0 at −∞, +∞ from 88.73 on, denormal below −87.34, NaN at NaN. */
  public static float exp(float x) {
    float upper = x > EXP_UPPER ? EXP_UPPER : x;
    float v = upper < EXP_LOWER ? EXP_LOWER : upper;
    float shifted = Math.fma(v, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, v));
    float p = Math.fma(Math.fma(quotient(r), r, 1f), r, 1f);
    // 2ⁿ in two factors: n reaches from -150 to 128, more than one exponent field holds.
    int exponent = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
    int half = exponent >> 1;
    return p * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  /** 1/(1 + e⁻ˣ), from 0 at −∞ to 1 at +∞. */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    // σ(−|x|) = q and σ(|x|) = 1 − q; for negative x, q = e·(1 − q) has a smaller error than q
    // itself.
    float q = e / (1f + e);
    float scale = x < 0f ? e : 1f;
    return Math.fma(-scale, q, scale);
  }

  /** The hyperbolic tangent, odd, from −1 to 1; tanh(−0) is −0. */
  public static float tanh(float x) {
    float magnitude = Math.abs(x);
    float square = magnitude * magnitude;
    float odd = Math.fma(Math.fma(Math.fma(T9, square, T7), square, T5), square, T3);
    float small = Math.fma(magnitude * square, odd, magnitude);

    // tanh(a) = E/(E + 2), E = e²ᵃ − 1 = 2ⁿ·(exp(r) − 1) + (2ⁿ − 1)
    float limited = magnitude > TANH_UPPER ? TANH_UPPER : magnitude;
    float v = limited + limited;
    float shifted = Math.fma(v, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, v));
    float scale = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUNDER_BITS);
    float expMinusOne = Math.fma(scale, Math.fma(r * r, quotient(r), r), scale - 1f);
    float large = expMinusOne / (expMinusOne + 2f);

    float result = magnitude < TANH_SMALL ? small : large;
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(result) | (Float.floatToRawIntBits(x) & SIGN_BIT));
  }

  /** x, or +0 where |x| &lt; 2⁻⁵⁰, too small to be squared; NaN stays. */
  public static float flushBeforeSquare(float x) {
    return Math.abs(x) < SQUARE_THRESHOLD ? 0f : x;
  }

  /** x, or +0 where |x| &lt; 2⁻¹⁰⁰; NaN stays. */
  public static float flush(float x) {
    return Math.abs(x) < FLUSH_THRESHOLD ? 0f : x;
  }

  /** (exp(r) − 1 − r)/r². */
  private static float quotient(float r) {
    return Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
  }

  /** 2ⁿ for n from −126 to 127. */
  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
