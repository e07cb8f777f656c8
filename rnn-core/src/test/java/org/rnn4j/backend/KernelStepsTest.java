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
}
