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
 * exp(r) is a minimax polynomial of degree 6; 2ⁿ is made from its exponent field, n + 127. The
 * constants are public because SIMD kernels repeat the same steps with them.
 */
public final class FloatMath {
  /** 1/ln 2. */
  public static final float INVERSE_LN2 = 0x1.715476p0f;

  /** 1.5·2²³: floats near it are whole numbers, and their low bits count from here. */
  public static final float ROUNDER = 0x1.8p23f;

  /** Leaves n + 127 in the low bits: the exponent field of 2ⁿ. */
  public static final float ROUNDER_PLUS_127 = 0x1.8p23f + 127f;

  /**
   * Leaves n + 191 in the low bits: the exponent field of 2ⁿ⁺⁶⁴, which is there for n below −126
   * too.
   */
  public static final float ROUNDER_PLUS_191 = 0x1.8p23f + 191f;

  /** Takes back the 64 of {@link #ROUNDER_PLUS_191}, rounding once if the result is denormal. */
  public static final float SCALE_BACK = 0x1p-64f;

  /** Where the exponent field begins. */
  public static final int MANTISSA_BITS = 23;

  /** −ln 2 rounded to a float. */
  public static final float MINUS_LN2_HIGH = -0x1.62e43p-1f;

  /** What is missing from {@link #MINUS_LN2_HIGH} to −ln 2. */
  public static final float MINUS_LN2_LOW = 0x1.05c61p-29f;

  /** exp overflows to infinity from 88.73 on, so larger arguments are taken as this. */
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

  /** The bits of 1. */
  public static final int ONE_BITS = 0x3F800000;

  /** Gradients smaller in magnitude than this, 2⁻¹⁰⁰, are taken as zero. */
  public static final float FLUSH_THRESHOLD = 0x1p-100f;

  /** Gradients smaller in magnitude than this, 2⁻⁵⁰, have a square that is taken as zero. */
  public static final float SQUARE_THRESHOLD = 0x1p-50f;

  private static final int TANH_SMALL_BITS = Float.floatToRawIntBits(TANH_SMALL);

  private FloatMath() {}

  /** eˣ: +0 at −∞, +∞ from 88.73 on, denormal below −87.34, NaN at NaN. */
  public static float exp(float x) {
    float upper = x > EXP_UPPER ? EXP_UPPER : x;
    float v = upper < EXP_LOWER ? EXP_LOWER : upper;
    float shifted = Math.fma(v, INVERSE_LN2, ROUNDER);
    float r = remainder(v, shifted - ROUNDER);
    // 2ⁿ in two factors: n reaches from -150 to 128, more than one exponent field holds.
    int n = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
    int half = n >> 1;
    return expPolynomial(r) * powerOfTwo(half) * powerOfTwo(n - half);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << MANTISSA_BITS);
  }

  /** 1/(1 + e⁻ˣ), from 0 at −∞ to 1 at +∞. */
  public static float sigmoid(float x) {
    int bits = Float.floatToRawIntBits(x);
    float negative = Float.intBitsToFloat(bits | SIGN_BIT);
    float v = negative < EXP_LOWER ? EXP_LOWER : negative;
    float shifted = Math.fma(v, INVERSE_LN2, ROUNDER_PLUS_191);
    float r = remainder(v, shifted - ROUNDER_PLUS_191);
    float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    float e = (expPolynomial(r) * scale) * SCALE_BACK;

    // With q = e/(1 + e), σ(|x|) is 1 − q, and σ(−|x|), q itself, has a smaller error as e·(1 − q).
    float q = e / (e + 1f);
    int signMask = bits >> 31;
    float factor =
        Float.intBitsToFloat(ONE_BITS ^ ((Float.floatToRawIntBits(e) ^ ONE_BITS) & signMask));
    return Math.fma(-factor, q, factor);
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
    float shifted = Math.fma(v, INVERSE_LN2, ROUNDER_PLUS_127);
    float r = remainder(v, shifted - ROUNDER_PLUS_127);
    float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    float expMinusOne = Math.fma(scale, Math.fma(r * r, quotient(r), r), scale - 1f);
    float large = expMinusOne / (expMinusOne + 2f);

    // magnitude < TANH_SMALL ? small : large, which the JIT compiler would make a branch that is
    // hard to predict
    int smallMask = (Float.floatToRawIntBits(magnitude) - TANH_SMALL_BITS) >> 31;
    int largeBits = Float.floatToRawIntBits(large);
    int result = largeBits ^ ((Float.floatToRawIntBits(small) ^ largeBits) & smallMask);
    return Float.intBitsToFloat(result | (Float.floatToRawIntBits(x) & SIGN_BIT));
  }

  /** x, or +0 where |x| &lt; 2⁻⁵⁰, too small to be squared; NaN stays. */
  public static float flushBeforeSquare(float x) {
    return Math.abs(x) < SQUARE_THRESHOLD ? 0f : x;
  }

  /** x, or +0 where |x| &lt; 2⁻¹⁰⁰; NaN stays. */
  public static float flush(float x) {
    return Math.abs(x) < FLUSH_THRESHOLD ? 0f : x;
  }

  /** {@code v − n·ln 2}. */
  private static float remainder(float v, float n) {
    return Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, v));
  }

  /** exp(r) for |r| ≤ ½·ln 2. */
  private static float expPolynomial(float r) {
    return Math.fma(Math.fma(quotient(r), r, 1f), r, 1f);
  }

  /** (exp(r) − 1 − r)/r². */
  private static float quotient(float r) {
    return Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
  }
}
