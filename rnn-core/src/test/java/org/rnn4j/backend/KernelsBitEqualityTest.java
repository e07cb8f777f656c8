package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scalar against SIMD kernels, bit for bit, on every method. It runs in the build's SIMD run only,
 * which has the Vector API; there it fails if the SIMD kernels cannot be had.
 */
@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "simd",
    disabledReason =
        "compares with the SIMD kernels, which the scalar run of the tests does without")
class KernelsBitEqualityTest {
  private static final int[] SIZES = {1, 3, 7, 8, 15, 16, 17, 31, 33, 100, 255};
  private static final int ROWS = 3;

  private static Kernels scalar;
  private static Kernels simd;

  @BeforeAll
  static void takeBothKernels() {
    scalar = KernelSelection.select("scalar");
    simd = KernelSelection.select("simd");
  }

  /** Every size with its own seeds, alternately of ordinary and of awkward numbers. */
  static Stream<Arguments> sizesAndSeeds() {
    List<Arguments> cases = new ArrayList<>();
    for (int size : SIZES) {
      for (long seed = 1; seed <= 6; seed++) {
        cases.add(Arguments.of(size, 1000L * size + seed));
      }
    }
    return cases.stream();
  }

  @Test
  void the_simd_kernels_are_simd() {
    assertThat(simd.name()).startsWith("simd-");
    assertThat(scalar.name()).isEqualTo("scalar");
  }

  @ParameterizedTest(name = "size {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void activations_are_equal(int n, long seed) {
    assertSame(seed, w -> w.kernels.sigmoid(w.array(n), w.at(), n));
    assertSame(seed, w -> w.kernels.tanh(w.array(n), w.at(), n));
  }

  @ParameterizedTest(name = "hidden {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void lstm_steps_are_equal_with_and_without_peepholes(int hidden, long seed) {
    for (boolean peepholes : new boolean[] {false, true}) {
      assertSame(
          seed,
          w -> {
            int state = ROWS * hidden;
            float[] gates = w.array(4 * state);
            int gatesAt = w.at();
            float[] previous = w.array(state);
            int previousAt = w.at();
            float[] cells = w.array(state);
            int cellsAt = w.at();
            float[] p = peepholes ? w.exactly(3 * hidden) : null;
            w.kernels.lstmForward(
                ROWS,
                hidden,
                gates,
                gatesAt,
                previous,
                previousAt,
                cells,
                cellsAt,
                w.array(state),
                w.at(),
                p);
          });
      assertSame(
          seed,
          w -> {
            int state = ROWS * hidden;
            float[] gates = w.array(4 * state);
            int gatesAt = w.at();
            float[] previous = w.array(state);
            int previousAt = w.at();
            float[] cells = w.array(state);
            int cellsAt = w.at();
            float[] dOutputs = w.array(state);
            int dOutputsAt = w.at();
            float[] p = peepholes ? w.exactly(3 * hidden) : null;
            w.kernels.lstmBackward(
                ROWS,
                hidden,
                gates,
                gatesAt,
                previous,
                previousAt,
                cells,
                cellsAt,
                dOutputs,
                dOutputsAt,
                w.array(state),
                w.at(),
                p);
          });
    }
  }

  @ParameterizedTest(name = "hidden {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void gru_steps_are_equal_in_both_forms(int hidden, long seed) {
    List<GruStep> steps =
        List.of(
            (k, g, gAt, p, pAt, o, oAt) -> k.gruForward(ROWS, hidden, g, gAt, p, pAt, o, oAt),
            (k, g, gAt, p, pAt, o, oAt) -> k.gruBackward(ROWS, hidden, g, gAt, p, pAt, o, oAt),
            (k, g, gAt, p, pAt, o, oAt) -> k.gruResetBeforeForward(ROWS, hidden, g, gAt, p, pAt),
            (k, g, gAt, p, pAt, o, oAt) ->
                k.gruCandidateForward(ROWS, hidden, g, gAt, p, pAt, o, oAt),
            (k, g, gAt, p, pAt, o, oAt) ->
                k.gruCandidateBackward(ROWS, hidden, g, gAt, p, pAt, o, oAt));
    for (GruStep step : steps) {
      assertSame(
          seed,
          w -> {
            float[] gates = w.array(4 * ROWS * hidden);
            int gatesAt = w.at();
            float[] previous = w.array(ROWS * hidden);
            int previousAt = w.at();
            step.run(
                w.kernels, gates, gatesAt, previous, previousAt, w.array(ROWS * hidden), w.at());
          });
    }
    assertSame(
        seed,
        w -> {
          float[] gates = w.array(4 * ROWS * hidden);
          int gatesAt = w.at();
          float[] previous = w.array(ROWS * hidden);
          int previousAt = w.at();
          float[] dReset = w.array(ROWS * hidden);
          int dResetAt = w.at();
          w.kernels.gruResetBeforeBackward(
              ROWS,
              hidden,
              gates,
              gatesAt,
              previous,
              previousAt,
              dReset,
              dResetAt,
              w.array(ROWS * hidden),
              w.at());
        });
  }

  @ParameterizedTest(name = "size {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void adam_steps_are_equal(int n, long seed) {
    assertSame(
        seed,
        w -> {
          float[] weights = w.array(n);
          w.fixOffset();
          float[] gradients = w.array(n);
          float[] firstMoments = w.array(n);
          float[] secondMoments = w.array(n);
          w.kernels.adam(
              weights,
              gradients,
              firstMoments,
              secondMoments,
              w.at(),
              n,
              0.9f,
              0.999f,
              1e-3f,
              1e-7f);
        });
  }

  /**
   * From moments as Adam leaves them: of two steps from zero, with gradients as awkward as the mix
   * has them.
   */
  @ParameterizedTest(name = "size {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void adams_steps_without_a_gradient_are_equal(int n, long seed) {
    int[][] ranges = {{0, 0}, {3, 4}, {1, 34}, {0, 70}, {5, 105}, {0, 1400}};
    int[] range = ranges[(int) (seed % ranges.length)];
    assertSame(
        seed,
        w -> {
          float[] weights = w.array(n);
          w.fixOffset();
          float[] firstMoments = w.zeros(n);
          float[] secondMoments = w.zeros(n);
          for (int step = 0; step < 2; step++) {
            w.kernels.adam(
                weights,
                w.array(n),
                firstMoments,
                secondMoments,
                w.at(),
                n,
                0.9,
                0.95,
                1e-3f,
                1e-7f);
          }
          float[] sizes = new float[1400];
          float[] epsilons = new float[1400];
          for (int step = 0; step < sizes.length; step++) {
            sizes[step] = step % 50 == 49 ? 0 : 1e-3f / (1 + step % 7);
            epsilons[step] = 1e-7f * (1 + step % 3);
          }
          w.kernels.adamIdle(
              weights,
              firstMoments,
              secondMoments,
              w.at(),
              n,
              0.9,
              0.95,
              sizes,
              epsilons,
              range[0],
              range[1]);
        });
  }

  @ParameterizedTest(name = "columns {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void sums_of_rows_are_equal(int n, long seed) {
    for (int rows : new int[] {0, 1, 2, 7, 300}) {
      int stride = n + (int) (seed % 4);
      assertSame(
          seed,
          w -> {
            float[] from = w.array(rows * stride);
            int fromAt = w.at();
            w.kernels.addRows(rows, from, fromAt, stride, w.array(n), w.at(), n);
          });
    }
  }

  @ParameterizedTest(name = "size {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void loops_over_the_elements_of_a_row_are_equal(int n, long seed) {
    List<RowLoop> loops =
        List.of(Kernels::multiply, Kernels::addProducts, Kernels::expOfDifferences);
    for (RowLoop loop : loops) {
      assertSame(
          seed,
          w -> {
            float[] x = w.array(n);
            int xAt = w.at();
            float[] y = w.array(n);
            int yAt = w.at();
            float[] to = w.array(n);
            loop.run(w.kernels, x, xAt, y, yAt, to, w.at(), n);
            loop.run(w.kernels, x, xAt, y, yAt, x, xAt, n);
          });
    }
  }

  @ParameterizedTest(name = "width {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void normalised_rows_and_their_gradients_are_equal(int n, long seed) {
    assertSame(
        seed,
        w -> {
          float[] moments = w.exactly(4);
          float[] gain = w.exactly(n);
          float[] bias = w.exactly(n);
          float[] x = w.array(n);
          int xAt = w.at();
          float[] u = w.array(n);
          int uAt = w.at();
          float[] y = w.array(n);
          int yAt = w.at();
          w.kernels.normalize(x, xAt, moments[0], moments[1], gain, bias, u, uAt, y, yAt, n);
          w.kernels.normalizeBackward(gain, moments[0], moments[2], moments[3], u, uAt, y, yAt, n);
          w.kernels.normalize(x, xAt, moments[0], moments[1], gain, bias, x, xAt, x, xAt, n);
        });
  }

  /** A loop of two operands and a result. */
  private interface RowLoop {
    void run(Kernels k, float[] x, int xAt, float[] y, int yAt, float[] to, int toAt, int n);
  }

  @ParameterizedTest(name = "size {0}, seed {1}")
  @MethodSource("sizesAndSeeds")
  void products_are_equal_for_every_order_of_the_extents(int size, long seed) {
    int other = 1 + (int) (seed % 37);
    int third = 1 + (int) (seed % 11);
    assertSame(seed, w -> product(w, size, other, third));
    assertSame(seed, w -> product(w, third, size, other));
    assertSame(seed, w -> product(w, other, third, size));
    assertSame(seed, w -> product(w, size, 300, 40));
  }

  /**
   * Row-major A by B, transposed A by B, and row-major A by transposed B, with rows further apart
   * than they are long.
   */
  private static void product(Workload w, int m, int depth, int n) {
    float[] a = w.array((m + 2) * (depth + 3));
    int aAt = w.at();
    float[] b = w.array((depth + 1) * (n + 1));
    int bAt = w.at();
    float[] c = w.array(m * (n + 5));
    int cAt = w.at();
    PackedMatrix plain = w.kernels.pack(b, bAt, n + 1, 1, depth, n, null);
    w.kernels.multiplyAdd(m, a, aAt, depth + 3, 1, plain, c, cAt, n + 5);
    w.kernels.multiplyAdd(m, a, aAt, 1, m + 2, plain, c, cAt, n + 5);
    PackedMatrix transposed = w.kernels.pack(b, bAt, 1, depth + 1, depth, n, plain);
    w.kernels.multiplyAdd(m, a, aAt, depth + 3, 1, transposed, c, cAt, n + 5);
  }

  /**
   * Runs the same work on both kernels; every array must come out equal, the elements out of range
   * too.
   */
  private static void assertSame(long seed, Consumer<Workload> work) {
    for (AwkwardFloats.Mix mix : AwkwardFloats.Mix.values()) {
      Workload expected = new Workload(scalar, seed, mix);
      Workload actual = new Workload(simd, seed, mix);
      work.accept(expected);
      work.accept(actual);
      for (int i = 0; i < expected.arrays.size(); i++) {
        AwkwardFloats.assertSameBits(
            "array " + i + " of the call, seed " + seed + ", " + mix,
            expected.arrays.get(i),
            actual.arrays.get(i));
      }
      expected.assertMarginsUntouched();
    }
  }

  /** A GRU step on gates, previous outputs and a third array. */
  private interface GruStep {
    void run(
        Kernels k,
        float[] gates,
        int gatesAt,
        float[] previous,
        int previousAt,
        float[] third,
        int thirdAt);
  }

  /**
   * The arrays of one call, drawn from a seed, each longer than needed and used from an offset of
   * its own.
   */
  private static final class Workload {
    final Kernels kernels;
    final List<float[]> arrays = new ArrayList<>();
    private final List<float[]> margins = new ArrayList<>();
    private final List<int[]> ranges = new ArrayList<>();
    private final AwkwardFloats floats;
    private int offset;
    private boolean offsetIsFixed;

    Workload(Kernels kernels, long seed, AwkwardFloats.Mix mix) {
      this.kernels = kernels;
      this.floats = new AwkwardFloats(seed, mix);
    }

    /** A new array with room for n numbers from {@link #at()} on. */
    float[] array(int n) {
      if (!offsetIsFixed) {
        offset = floats.nextInt(20);
      }
      float[] values = floats.array(offset + n + floats.nextInt(40));
      arrays.add(values);
      margins.add(values.clone());
      ranges.add(new int[] {offset, offset + n});
      return values;
    }

    /** As {@link #array}, with zeros in its range. */
    float[] zeros(int n) {
      float[] values = array(n);
      Arrays.fill(values, offset, offset + n, 0);
      return values;
    }

    float[] exactly(int n) {
      float[] values = floats.array(n);
      arrays.add(values);
      margins.add(values.clone());
      ranges.add(new int[] {0, n});
      return values;
    }

    /** The offset of the array drawn last. */
    int at() {
      return offset;
    }

    void fixOffset() {
      offsetIsFixed = true;
    }

    void assertMarginsUntouched() {
      for (int i = 0; i < arrays.size(); i++) {
        float[] before = margins.get(i);
        System.arraycopy(
            arrays.get(i),
            ranges.get(i)[0],
            before,
            ranges.get(i)[0],
            ranges.get(i)[1] - ranges.get(i)[0]);
        AwkwardFloats.assertSameBits("array " + i + " outside of its range", before, arrays.get(i));
      }
    }
  }
}
