package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.RandomStream;

/**
 * The recurrent steps and Adam against their formulas in double precision, written naively and for
 * one element.
 */
class KernelStepsTest {
  private static final int ROWS = 2;
  private static final int HIDDEN = 19;
  private static final int STATE = ROWS * HIDDEN;
  private static final double DIFFERENCE = 1e-5;

  static Stream<Kernels> kernels() {
    return KernelsUnderTest.all();
  }

  static Stream<Arguments> kernelsAndSeeds() {
    return kernels().flatMap(k -> Stream.of(11L, 12L, 13L).map(seed -> Arguments.of(k, seed)));
  }

  /** A step of one element: its inputs to its outputs. */
  private interface Step {
    double[] apply(double... inputs);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Inputs i, f, g, o (before activation), c₋₁, p_i, p_f, p_o; outputs h, c. */
  private static double[] lstm(double... x) {
    double i = sigmoid(x[0] + x[5] * x[4]);
    double f = sigmoid(x[1] + x[6] * x[4]);
    double c = f * x[4] + i * Math.tanh(x[2]);
    double o = sigmoid(x[3] + x[7] * c);
    return new double[] {o * Math.tanh(c), c};
  }

  /** Inputs z, r, n, m (before activation), h₋₁; output h. */
  private static double[] gru(double... x) {
    double z = sigmoid(x[0]);
    double n = Math.tanh(x[2] + sigmoid(x[1]) * x[3]);
    return new double[] {z * x[4] + (1 - z) * n};
  }

  /** Inputs r, h₋₁; output r·h₋₁. */
  private static double[] reset(double... x) {
    return new double[] {sigmoid(x[0]) * x[1]};
  }

  /** Inputs z, n, h₋₁; output h. */
  private static double[] candidate(double... x) {
    double z = sigmoid(x[0]);
    return new double[] {z * x[2] + (1 - z) * Math.tanh(x[1])};
  }

  /** ∂(Σ weight·output)/∂input by central differences. */
  private static double derivative(Step step, double[] inputs, int input, double... outputWeights) {
    double[] up = inputs.clone();
    double[] down = inputs.clone();
    up[input] += DIFFERENCE;
    down[input] -= DIFFERENCE;
    double[] high = step.apply(up);
    double[] low = step.apply(down);
    double sum = 0;
    for (int k = 0; k < outputWeights.length; k++) {
      sum += outputWeights[k] * (high[k] - low[k]) / (2 * DIFFERENCE);
    }
    return sum;
  }

  private static float[] random(RandomStream random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int gate(int element, int block) {
    return element / HIDDEN * 4 * HIDDEN + block * HIDDEN + element % HIDDEN;
  }

  private static void assertClose(float actual, double expected, String what, int element) {
    assertThat((double) actual)
        .as("%s of element %d", what, element)
        .isCloseTo(expected, within(3e-6));
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void lstm_steps_follow_their_formulas_and_derivatives(Kernels kernels, long seed) {
    for (boolean withPeepholes : new boolean[] {false, true}) {
      RandomStream random = new RandomStream(seed);
      float[] gates = random(random, 4 * STATE);
      float[] before = gates.clone();
      float[] previous = random(random, STATE);
      float[] p = withPeepholes ? random(random, 3 * HIDDEN) : new float[3 * HIDDEN];
      float[] cells = new float[STATE];
      float[] outputs = new float[STATE];
      kernels.lstmForward(
          ROWS, HIDDEN, gates, 0, previous, 0, cells, 0, outputs, 0, withPeepholes ? p : null);
      float[] dOutputs = random(random, STATE);
      float[] dCells = random(random, STATE);
      float[] dCellsBefore = dCells.clone();
      kernels.lstmBackward(
          ROWS,
          HIDDEN,
          gates,
          0,
          previous,
          0,
          cells,
          0,
          dOutputs,
          0,
          dCells,
          0,
          withPeepholes ? p : null);
      for (int e = 0; e < STATE; e++) {
        int j = e % HIDDEN;
        double[] inputs = {
          before[gate(e, 0)],
          before[gate(e, 1)],
          before[gate(e, 2)],
          before[gate(e, 3)],
          previous[e],
          p[j],
          p[HIDDEN + j],
          p[2 * HIDDEN + j]
        };
        assertClose(outputs[e], lstm(inputs)[0], "h", e);
        assertClose(cells[e], lstm(inputs)[1], "c", e);
        for (int block = 0; block < 4; block++) {
          double expected =
              derivative(KernelStepsTest::lstm, inputs, block, dOutputs[e], dCellsBefore[e]);
          assertClose(gates[gate(e, block)], expected, "gradient of gate " + block, e);
        }
        double expected =
            derivative(KernelStepsTest::lstm, inputs, 4, dOutputs[e], dCellsBefore[e]);
        assertClose(dCells[e], expected, "gradient of the previous cell", e);
      }
    }
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void gru_steps_follow_their_formulas_and_derivatives(Kernels kernels, long seed) {
    RandomStream random = new RandomStream(seed);
    float[] gates = random(random, 4 * STATE);
    float[] before = gates.clone();
    float[] previous = random(random, STATE);
    float[] outputs = new float[STATE];
    kernels.gruForward(ROWS, HIDDEN, gates, 0, previous, 0, outputs, 0);
    float[] dOutputs = random(random, STATE);
    float[] dBefore = dOutputs.clone();
    kernels.gruBackward(ROWS, HIDDEN, gates, 0, previous, 0, dOutputs, 0);
    for (int e = 0; e < STATE; e++) {
      double[] inputs = {
        before[gate(e, 0)], before[gate(e, 1)], before[gate(e, 2)], before[gate(e, 3)], previous[e]
      };
      assertClose(outputs[e], gru(inputs)[0], "h", e);
      for (int block = 0; block < 4; block++) {
        double expected = derivative(KernelStepsTest::gru, inputs, block, dBefore[e]);
        assertClose(gates[gate(e, block)], expected, "gradient of gate " + block, e);
      }
      assertClose(
          dOutputs[e], derivative(KernelStepsTest::gru, inputs, 4, dBefore[e]), "gradient of h", e);
    }
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void both_halves_of_a_gru_step_with_reset_before_follow_their_formulas(
      Kernels kernels, long seed) {
    RandomStream random = new RandomStream(seed);
    float[] gates = random(random, 4 * STATE);
    float[] before = gates.clone();
    float[] previous = random(random, STATE);
    float[] outputs = new float[STATE];
    kernels.gruResetBeforeForward(ROWS, HIDDEN, gates, 0, previous, 0);
    float[] afterReset = gates.clone();
    kernels.gruCandidateForward(ROWS, HIDDEN, gates, 0, previous, 0, outputs, 0);
    float[] dOutputs = random(random, STATE);
    float[] dBefore = dOutputs.clone();
    kernels.gruCandidateBackward(ROWS, HIDDEN, gates, 0, previous, 0, dOutputs, 0);
    float[] dReset = random(random, STATE);
    float[] dPrevious = dOutputs.clone();
    kernels.gruResetBeforeBackward(ROWS, HIDDEN, gates, 0, previous, 0, dReset, 0, dPrevious, 0);
    for (int e = 0; e < STATE; e++) {
      double[] resetInputs = {before[gate(e, 1)], previous[e]};
      double[] inputs = {before[gate(e, 0)], before[gate(e, 2)], previous[e]};
      assertClose(afterReset[gate(e, 3)], reset(resetInputs)[0], "r∘h₋₁", e);
      assertThat(gates[gate(e, 3)]).isEqualTo(afterReset[gate(e, 3)]);
      assertClose(outputs[e], candidate(inputs)[0], "h", e);
      assertClose(
          gates[gate(e, 0)],
          derivative(KernelStepsTest::candidate, inputs, 0, dBefore[e]),
          "dz",
          e);
      assertClose(
          gates[gate(e, 2)],
          derivative(KernelStepsTest::candidate, inputs, 1, dBefore[e]),
          "dn",
          e);
      assertClose(
          dOutputs[e], derivative(KernelStepsTest::candidate, inputs, 2, dBefore[e]), "dh", e);
      assertClose(
          gates[gate(e, 1)],
          derivative(KernelStepsTest::reset, resetInputs, 0, dReset[e]),
          "dr",
          e);
      double direct = derivative(KernelStepsTest::reset, resetInputs, 1, dReset[e]);
      assertClose(dPrevious[e], dOutputs[e] + direct, "dh₋₁", e);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void a_step_may_write_over_the_state_that_it_read(Kernels kernels) {
    RandomStream random = new RandomStream(21);
    float[] gates = random(random, 4 * STATE);
    float[] state = random(random, STATE);
    float[] cells = new float[STATE];
    float[] outputs = new float[STATE];
    float[] gatesAgain = gates.clone();
    float[] inPlace = state.clone();
    float[] outputsAgain = new float[STATE];
    kernels.lstmForward(ROWS, HIDDEN, gates, 0, state, 0, cells, 0, outputs, 0, null);
    kernels.lstmForward(ROWS, HIDDEN, gatesAgain, 0, inPlace, 0, inPlace, 0, outputsAgain, 0, null);
    AwkwardFloats.assertSameBits("cells", cells, inPlace);
    AwkwardFloats.assertSameBits("outputs", outputs, outputsAgain);

    gatesAgain = gates.clone();
    inPlace = state.clone();
    kernels.gruForward(ROWS, HIDDEN, gates, 0, state, 0, outputs, 0);
    kernels.gruForward(ROWS, HIDDEN, gatesAgain, 0, inPlace, 0, inPlace, 0);
    AwkwardFloats.assertSameBits("outputs", outputs, inPlace);
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void backward_results_are_zero_or_large_enough_never_to_be_denormal(Kernels kernels, long seed) {
    AwkwardFloats tiny = new AwkwardFloats(seed, AwkwardFloats.Mix.TINY);
    float[] activations = new AwkwardFloats(seed, AwkwardFloats.Mix.ORDINARY).array(4 * STATE);
    float[] states = new AwkwardFloats(seed + 1, AwkwardFloats.Mix.ORDINARY).array(STATE);
    float[] gates = activations.clone();
    float[] dCells = tiny.array(STATE);
    kernels.lstmBackward(
        ROWS,
        HIDDEN,
        gates,
        0,
        states,
        0,
        states,
        0,
        tiny.array(STATE),
        0,
        dCells,
        0,
        tiny.array(3 * HIDDEN));
    assertFlushed(gates);
    assertFlushed(dCells);

    gates = activations.clone();
    float[] dOutputs = tiny.array(STATE);
    kernels.gruBackward(ROWS, HIDDEN, gates, 0, states, 0, dOutputs, 0);
    assertFlushed(gates);
    assertFlushed(dOutputs);

    gates = activations.clone();
    dOutputs = tiny.array(STATE);
    float[] dPrevious = tiny.array(STATE);
    kernels.gruCandidateBackward(ROWS, HIDDEN, gates, 0, states, 0, dOutputs, 0);
    kernels.gruResetBeforeBackward(
        ROWS, HIDDEN, gates, 0, states, 0, tiny.array(STATE), 0, dPrevious, 0);
    assertFlushed(gates);
    assertFlushed(dOutputs);
    assertFlushed(dPrevious);
  }

  private static void assertFlushed(float[] values) {
    boolean anyZero = false;
    for (float value : values) {
      anyZero |= value == 0;
      if (Math.abs(value) < 0x1p-100f) {
        assertThat(Float.floatToIntBits(value)).as("bits of %s", value).isZero();
      }
    }
    assertThat(anyZero).as("some result is small enough to be flushed").isTrue();
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void adam_follows_double_arithmetic(Kernels kernels, long seed) {
    RandomStream random = new RandomStream(seed);
    int n = 37;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float[] w = random(random, n);
    float[] m = new float[n];
    float[] v = new float[n];
    double[] exactW = new double[n];
    double[] exactM = new double[n];
    double[] exactV = new double[n];
    for (int j = 0; j < n; j++) {
      exactW[j] = w[j];
    }
    for (int step = 0; step < 20; step++) {
      float[] g = random(random, n);
      kernels.adam(w, g, m, v, 0, n, beta1, beta2, 1e-2f, 1e-7f);
      for (int j = 0; j < n; j++) {
        exactM[j] = beta1 * exactM[j] + (1 - (double) beta1) * g[j];
        exactV[j] = beta2 * exactV[j] + (1 - (double) beta2) * g[j] * g[j];
        exactW[j] -= 1e-2f * exactM[j] / (Math.sqrt(exactV[j]) + 1e-7f);
        assertThat((double) m[j]).isCloseTo(exactM[j], within(1e-6));
        assertThat((double) v[j]).isCloseTo(exactV[j], within(1e-6));
        assertThat((double) w[j]).isCloseTo(exactW[j], within(1e-6 * (step + 1)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void adams_moments_decay_to_zero_and_not_through_denormals(Kernels kernels) {
    int n = 20;
    float[] w = new float[n];
    float[] g = new float[n];
    float[] m = new float[n];
    float[] v = new float[n];
    Arrays.fill(g, 1e-3f);
    kernels.adam(w, g, m, v, 0, n, 0.9f, 0.9f, 1e-3f, 1e-7f);
    Arrays.fill(g, 1e-18f);
    for (int step = 0; step < 1000; step++) {
      kernels.adam(w, g, m, v, 0, n, 0.9f, 0.9f, 1e-3f, 1e-7f);
    }
    assertThat(v).containsOnly(0f);
    assertThat((double) m[0]).isCloseTo(1e-18, within(1e-20));
    Arrays.fill(g, 0f);
    for (int step = 0; step < 1000; step++) {
      kernels.adam(w, g, m, v, 0, n, 0.9f, 0.9f, 1e-3f, 1e-7f);
    }
    assertThat(m).containsOnly(0f);
  }

  /** Moments after some steps with gradients from large to none at all, and awkward ones too. */
  private record Moments(float[] weights, float[] first, float[] second) {
    static Moments drawn(
        Kernels kernels, long seed, AwkwardFloats.Mix mix, int length, double beta1, double beta2) {
      RandomStream random = new RandomStream(seed).derive("moments");
      AwkwardFloats gradients = new AwkwardFloats(seed, mix);
      Moments moments = new Moments(random(random, length), new float[length], new float[length]);
      for (int step = 0; step < 3; step++) {
        float[] g = gradients.array(length);
        for (int j = 0; j < length; j++) {
          g[j] = random.nextInt(5) == 0 ? 0 : g[j] * (float) Math.scalb(1.0, -random.nextInt(40));
        }
        kernels.adam(
            moments.weights,
            g,
            moments.first,
            moments.second,
            0,
            length,
            beta1,
            beta2,
            0.1f,
            1e-7f);
      }
      return moments;
    }

    Moments copy() {
      return new Moments(weights.clone(), first.clone(), second.clone());
    }

    void assertSame(String what, Moments actual) {
      AwkwardFloats.assertSameBits("first moments " + what, first, actual.first);
      AwkwardFloats.assertSameBits("second moments " + what, second, actual.second);
      AwkwardFloats.assertSameBits("weights " + what, weights, actual.weights);
    }
  }

  /** β₁ and β₂: the defaults, both fading fast, none at all, the first slower than the second. */
  private static final double[][] BETAS = {{0.9, 0.999}, {0.5, 0.75}, {0, 0}, {0.999, 0.9}};

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void adam_without_gradients_is_adam_with_gradients_of_zero_step_by_step(
      Kernels kernels, long seed) {
    for (AwkwardFloats.Mix mix : AwkwardFloats.Mix.values()) {
      for (double[] betas : BETAS) {
        assertIdleIsStepByStep(kernels, seed, mix, betas[0], betas[1]);
      }
    }
  }

  /** 900 steps in calls of 0 to 200, on a range inside of the arrays. */
  private static void assertIdleIsStepByStep(
      Kernels kernels, long seed, AwkwardFloats.Mix mix, double beta1, double beta2) {
    RandomStream random = new RandomStream(seed).derive("steps");
    int steps = 900;
    float[] sizes = new float[steps];
    float[] epsilons = new float[steps];
    for (int step = 0; step < steps; step++) {
      sizes[step] = random.nextInt(20) == 0 ? 0 : random.nextFloat();
      epsilons[step] = 1e-7f * (1 + random.nextFloat());
    }
    for (int n : new int[] {1, 3, 8, 16, 19, 50}) {
      int offset = random.nextInt(6);
      Moments expected = Moments.drawn(kernels, seed, mix, offset + n + 3, beta1, beta2);
      Moments actual = expected.copy();
      float[] none = new float[offset + n];
      int from = 0;
      while (from < steps) {
        int to = Math.min(steps, from + random.nextInt(201));
        for (int step = from; step < to; step++) {
          kernels.adam(
              expected.weights,
              none,
              expected.first,
              expected.second,
              offset,
              n,
              beta1,
              beta2,
              sizes[step],
              epsilons[step]);
        }
        kernels.adamIdle(
            actual.weights,
            actual.first,
            actual.second,
            offset,
            n,
            beta1,
            beta2,
            sizes,
            epsilons,
            from,
            to);
        expected.assertSame("of " + n + " to step " + to + ", " + mix + ", β₁ " + beta1, actual);
        from = to;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void adam_without_gradients_goes_on_until_both_moments_are_zero(Kernels kernels) {
    int n = 21;
    float[] w = new float[n];
    float[] m = new float[n];
    float[] v = new float[n];
    Arrays.fill(m, 1, n, 1e-3f);
    Arrays.fill(v, 1, n, 1e-6f);
    float[] sizes = new float[4000];
    float[] epsilons = new float[4000];
    Arrays.fill(sizes, 1e-3f);
    Arrays.fill(epsilons, 1e-7f);
    kernels.adamIdle(w, m, v, 0, n, 0.9, 0.98, sizes, epsilons, 0, 500);
    assertThat(w[0]).isZero();
    assertThat(w[1]).isNegative();
    assertThat(m[1]).isPositive();
    kernels.adamIdle(w, m, v, 0, n, 0.9, 0.98, sizes, epsilons, 500, 900);
    assertThat(m).containsOnly(0f);
    assertThat(v[1]).isPositive();
    float[] after = w.clone();
    kernels.adamIdle(w, m, v, 0, n, 0.9, 0.98, sizes, epsilons, 900, 4000);
    assertThat(v).containsOnly(0f);
    AwkwardFloats.assertSameBits("weights once the first moment is zero", after, w);
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void sums_of_rows_are_naive_sums_in_the_order_of_the_rows(Kernels kernels, long seed) {
    for (AwkwardFloats.Mix mix : AwkwardFloats.Mix.values()) {
      for (int rows : new int[] {0, 1, 2, 5, 64, 257}) {
        for (int n : new int[] {1, 7, 8, 16, 31, 33, 64, 67, 100, 130}) {
          AwkwardFloats floats = new AwkwardFloats(seed, mix);
          int stride = n + floats.nextInt(4);
          int fromOffset = floats.nextInt(9);
          int toOffset = floats.nextInt(9);
          float[] from = floats.array(fromOffset + rows * stride + floats.nextInt(5));
          float[] to = floats.array(toOffset + n + floats.nextInt(40));
          float[] expected = to.clone();
          for (int row = 0; row < rows; row++) {
            for (int j = 0; j < n; j++) {
              expected[toOffset + j] += from[fromOffset + row * stride + j];
            }
          }
          float[] before = from.clone();
          kernels.addRows(rows, from, fromOffset, stride, to, toOffset, n);
          String what = rows + " rows of " + n + ", " + mix;
          AwkwardFloats.assertSameBits("sums of " + what, expected, to);
          AwkwardFloats.assertSameBits("rows of " + what, before, from);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void loops_over_rows_follow_their_formulas(Kernels kernels, long seed) {
    RandomStream random = new RandomStream(seed);
    int n = 2 * STATE + 1;
    float[] x = random(random, n);
    float[] y = random(random, n);
    float[] before = random(random, n);
    float[] product = new float[n];
    kernels.multiply(x, 0, y, 0, product, 0, n);
    float[] sum = before.clone();
    kernels.addProducts(x, 0, y, 0, sum, 0, n);
    float[] exp = new float[n];
    kernels.expOfDifferences(x, 0, y, 0, exp, 0, n);
    for (int e = 0; e < n; e++) {
      double expected = Math.exp((double) x[e] - y[e]);
      assertClose(product[e], (double) x[e] * y[e], "product", e);
      assertClose(sum[e], (double) x[e] * y[e] + before[e], "sum", e);
      assertClose((float) (exp[e] / expected), 1, "share of the exponential", e);
    }
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void normalised_rows_and_their_gradients_follow_their_formulas(Kernels kernels, long seed) {
    RandomStream random = new RandomStream(seed);
    int n = 2 * STATE + 1;
    float[] x = random(random, n);
    float[] gain = random(random, n);
    float[] bias = random(random, n);
    float mean = random.nextFloat();
    float scale = 0.5f + random.nextFloat();
    float along = random.nextFloat();
    float[] u = new float[n];
    float[] y = new float[n];
    kernels.normalize(x, 0, mean, scale, gain, bias, u, 0, y, 0, n);
    float[] du = random(random, n);
    float[] dx = random(random, n);
    float[] before = dx.clone();
    kernels.normalizeBackward(du, mean, along, scale, u, 0, dx, 0, n);
    for (int e = 0; e < n; e++) {
      double normalized = ((double) x[e] - mean) * scale;
      assertClose(u[e], normalized, "normalised value", e);
      assertClose(y[e], gain[e] * normalized + bias[e], "result", e);
      double gradient = before[e] + scale * (du[e] - mean - along * normalized);
      assertClose(dx[e], gradient, "gradient", e);
    }
  }
}
