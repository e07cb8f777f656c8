package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The product of the kernels against three naive loops, bit for bit. */
class KernelProductTest {
  private static final int[][] EXTENTS = {
    {1, 1, 1},
    {1, 128, 512},
    {2, 5, 3},
    {3, 17, 33},
    {7, 31, 100},
    {8, 16, 32},
    {13, 300, 65},
    {33, 8, 255},
    {64, 96, 384},
    {150, 260, 20},
    {5, 3, 1100},
    {130, 1, 7},
    {4, 513, 16}
  };

  static Stream<Kernels> kernels() {
    return KernelsUnderTest.all();
  }

  static Stream<Arguments> kernelsAndSeeds() {
    return kernels().flatMap(k -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(k, seed)));
  }

  /** A matrix inside an array that begins before and ends after it, with gaps between its lines. */
  private record Matrix(float[] data, int offset, int rowStride, int columnStride) {
    static Matrix random(AwkwardFloats floats, int rows, int columns, boolean transposed) {
      int lines = transposed ? columns : rows;
      int length = transposed ? rows : columns;
      int stride = length + floats.nextInt(4);
      int offset = floats.nextInt(9);
      float[] data = floats.array(offset + lines * stride + floats.nextInt(9));
      return new Matrix(data, offset, transposed ? 1 : stride, transposed ? stride : 1);
    }

    int at(int row, int column) {
      return offset + row * rowStride + column * columnStride;
    }

    PackedMatrix pack(Kernels kernels, int rows, int columns) {
      return kernels.pack(data, offset, rowStride, columnStride, rows, columns, null);
    }
  }

  private static float[] naive(int m, int depth, int n, Matrix a, Matrix b, Matrix c) {
    float[] result = c.data.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < depth; k++) {
          result[c.at(i, j)] = Math.fma(a.data[a.at(i, k)], b.data[b.at(k, j)], result[c.at(i, j)]);
        }
      }
    }
    return result;
  }

  private static void multiplyAdd(
      Kernels kernels, int m, Matrix a, PackedMatrix b, float[] c, Matrix cLayout) {
    kernels.multiplyAdd(
        m, a.data, a.offset, a.rowStride, a.columnStride, b, c, cLayout.offset, cLayout.rowStride);
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("kernelsAndSeeds")
  void a_product_is_the_naive_sum_in_every_layout_and_touches_nothing_else(
      Kernels kernels, long seed) {
    for (AwkwardFloats.Mix mix : AwkwardFloats.Mix.values()) {
      for (int[] extents : EXTENTS) {
        for (int layout = 0; layout < 4; layout++) {
          AwkwardFloats floats = new AwkwardFloats(seed, mix);
          int m = extents[0];
          int depth = extents[1];
          int n = extents[2];
          Matrix a = Matrix.random(floats, m, depth, (layout & 1) != 0);
          Matrix b = Matrix.random(floats, depth, n, (layout & 2) != 0);
          Matrix c = Matrix.random(floats, m, n, false);
          float[] expected = naive(m, depth, n, a, b, c);
          multiplyAdd(kernels, m, a, b.pack(kernels, depth, n), c.data, c);
          AwkwardFloats.assertSameBits(
              kernels.name() + " " + m + "x" + depth + "x" + n + ", layout " + layout + ", " + mix,
              expected,
              c.data);
        }
      }
    }
  }

  /** Extents around every shape of a tile, a panel and a block. */
  private static final int[] TILE_ROWS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 31, 32, 33, 34, 35, 36, 37, 64
  };

  private static final int[] PANEL_COLUMNS = {1, 5, 15, 16, 17, 33, 95, 96};
  private static final int[] BLOCK_DEPTHS = {1, 2, 3, 255, 256, 257};

  static Stream<Arguments> kernelsAndDepths() {
    return kernels()
        .flatMap(k -> Arrays.stream(BLOCK_DEPTHS).mapToObj(depth -> Arguments.of(k, depth)));
  }

  @ParameterizedTest(name = "depth {1}")
  @MethodSource("kernelsAndDepths")
  void a_product_is_the_naive_sum_for_every_shape_of_a_tile(Kernels kernels, int depth) {
    for (AwkwardFloats.Mix mix : AwkwardFloats.Mix.values()) {
      for (int n : PANEL_COLUMNS) {
        for (int m : TILE_ROWS) {
          for (boolean transposed : new boolean[] {false, true}) {
            AwkwardFloats floats = new AwkwardFloats(100L * m + n, mix);
            Matrix a = Matrix.random(floats, m, depth, transposed);
            Matrix b = Matrix.random(floats, depth, n, (m & 1) != 0);
            Matrix c = Matrix.random(floats, m, n, false);
            float[] expected = naive(m, depth, n, a, b, c);
            float[] before = a.data.clone();
            multiplyAdd(kernels, m, a, b.pack(kernels, depth, n), c.data, c);
            String what =
                String.format(
                    "%s %dx%dx%d, A %s, %s",
                    kernels.name(), m, depth, n, transposed ? "transposed" : "by rows", mix);
            AwkwardFloats.assertSameBits(what, expected, c.data);
            AwkwardFloats.assertSameBits("A of " + what, before, a.data);
          }
        }
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = KernelSelection.PROPERTY,
      matches = "simd",
      disabledReason = "only the SIMD kernels refuse anything")
  void the_simd_kernels_refuse_gaps_in_both_directions_of_a() {
    Kernels kernels = KernelSelection.select("simd");
    PackedMatrix b = kernels.pack(new float[15], 0, 5, 1, 3, 5, null);
    float[] c = new float[20];

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.multiplyAdd(4, new float[40], 0, 8, 2, b, c, 0, 5))
        .withMessage("Expected rows or columns of A without gaps, got strides of 8 and 2");
    assertThat(c).containsOnly(0f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void storage_can_be_packed_again_smaller_and_larger(Kernels kernels) {
    AwkwardFloats floats = new AwkwardFloats(7, AwkwardFloats.Mix.ORDINARY);
    PackedMatrix packed = null;
    int[][] sizes = {{20, 40}, {7, 1030}, {300, 3}, {20, 40}, {1, 1}, {64, 64}};
    for (int[] size : sizes) {
      Matrix a = Matrix.random(floats, 5, size[0], false);
      Matrix b = Matrix.random(floats, size[0], size[1], false);
      Matrix c = Matrix.random(floats, 5, size[1], false);
      float[] expected = naive(5, size[0], size[1], a, b, c);
      packed =
          kernels.pack(b.data, b.offset, b.rowStride, b.columnStride, size[0], size[1], packed);
      assertThat(packed.rows()).isEqualTo(size[0]);
      assertThat(packed.columns()).isEqualTo(size[1]);
      multiplyAdd(kernels, 5, a, packed, c.data, c);
      AwkwardFloats.assertSameBits(size[0] + " by " + size[1], expected, c.data);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void empty_products_change_nothing(Kernels kernels) {
    AwkwardFloats floats = new AwkwardFloats(8, AwkwardFloats.Mix.ANY);
    Matrix a = Matrix.random(floats, 4, 4, false);
    Matrix b = Matrix.random(floats, 4, 4, false);
    float[] c = floats.array(40);
    float[] before = c.clone();
    Matrix cLayout = new Matrix(c, 3, 6, 1);
    multiplyAdd(kernels, 0, a, b.pack(kernels, 4, 4), c, cLayout);
    multiplyAdd(kernels, 4, a, b.pack(kernels, 0, 4), c, cLayout);
    multiplyAdd(kernels, 4, a, b.pack(kernels, 4, 0), c, cLayout);
    AwkwardFloats.assertSameBits("c", before, c);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void threads_share_a_packed_matrix(Kernels kernels) throws Exception {
    AwkwardFloats floats = new AwkwardFloats(9, AwkwardFloats.Mix.ORDINARY);
    int m = 19;
    int depth = 70;
    int n = 45;
    Matrix b = Matrix.random(floats, depth, n, false);
    PackedMatrix packed = b.pack(kernels, depth, n);
    List<Callable<float[]>> products = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      Matrix a = Matrix.random(floats, m, depth, false);
      Matrix c = Matrix.random(floats, m, n, false);
      expected.add(naive(m, depth, n, a, b, c));
      products.add(
          () -> {
            float[] result = c.data;
            for (int round = 0; round < 50; round++) {
              result = c.data.clone();
              multiplyAdd(kernels, m, a, packed, result, c);
            }
            return result;
          });
    }
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results = executor.invokeAll(products);
      for (int thread = 0; thread < 4; thread++) {
        AwkwardFloats.assertSameBits(
            "thread " + thread, expected.get(thread), results.get(thread).get());
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
