package org.rnn4j.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.PackedMatrix;
import org.rnn4j.backend.ScalarKernels;
import org.rnn4j.tensor.RandomStream;

@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "simd",
    disabledReason = "only the SIMD run of the tests has the Vector API")
class VectorKernelsTest {
  private static final int SIZE = 128;

  @Test
  void kernels_that_start_cold_go_over_to_simd_without_a_change_of_result() {
    VectorKernels kernels = new VectorKernels(true);
    float[] a = random(1);
    float[] b = random(2);
    float[] expected = random(3);
    float[] initial = expected.clone();
    ScalarKernels scalar = new ScalarKernels();
    scalar.multiplyAdd(
        SIZE, a, 0, SIZE, 1, scalar.pack(b, 0, SIZE, 1, SIZE, SIZE, null), expected, 0, SIZE);

    PackedMatrix packedWhileCold = kernels.pack(b, 0, SIZE, 1, SIZE, SIZE, null);
    assertThat(kernels.isCold()).isTrue();
    int products = 0;
    int productsAfter = 0;
    while (productsAfter < 3) {
      float[] c = initial.clone();
      if (!kernels.isCold()) {
        productsAfter++;
      }
      kernels.multiplyAdd(SIZE, a, 0, SIZE, 1, packedWhileCold, c, 0, SIZE);
      products++;
      assertThat(c).isEqualTo(expected);
    }
    assertThat(products).isEqualTo((1 << 30) / (SIZE * SIZE * SIZE) + 3);
  }

  @Test
  void a_product_larger_than_the_cold_start_is_finished_in_simd_without_a_change_of_result() {
    int rows = (1 << 30) / (SIZE * SIZE) + 77;
    float[] some = random(1);
    float[] a = new float[rows * SIZE];
    for (int i = 0; i < a.length; i++) {
      a[i] = some[i % (some.length - 7)];
    }
    float[] b = random(2);
    float[] expected = new float[rows * SIZE];
    float[] actual = new float[rows * SIZE];
    VectorKernels warm = new VectorKernels(false);
    VectorKernels cold = new VectorKernels(true);
    PackedMatrix packed = warm.pack(b, 0, SIZE, 1, SIZE, SIZE, null);

    warm.multiplyAdd(rows, a, 0, SIZE, 1, packed, expected, 0, SIZE);
    cold.multiplyAdd(rows, a, 0, SIZE, 1, packed, actual, 0, SIZE);

    assertThat(cold.isCold()).isFalse();
    assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);
    assertThat(actual[actual.length - 1]).isNotZero();
  }

  @Test
  void kernels_that_start_warm_are_never_cold() {
    assertThat(new VectorKernels(false).isCold()).isFalse();
  }

  private static float[] random(long seed) {
    RandomStream random = new RandomStream(seed);
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
