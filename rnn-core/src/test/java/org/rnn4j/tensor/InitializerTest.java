package org.rnn4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class InitializerTest {
  private static Tensor filled(Initializer initializer, DType type, int rows, int columns) {
    Tensor tensor = Tensor.zeros(type, rows, columns);
    initializer.fill(tensor, new RandomStream(100L * rows + columns));
    return tensor;
  }

  @Test
  void a_constant_fills_every_element() {
    assertThat(filled(Initializer.constant(1.5), DType.FLOAT32, 2, 3).toArray()).containsOnly(1.5);
  }

  @Test
  void uniform_numbers_fill_the_range_evenly() {
    double[] values = filled(Initializer.uniform(0.05), DType.FLOAT64, 100, 100).toArray();

    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-0.05, -0.0499);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.0499, 0.05);
    assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.001));
    double squares = Arrays.stream(values).map(x -> x * x).average().orElseThrow();
    assertThat(squares).isCloseTo(0.05 * 0.05 / 3, within(2e-5));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"96, 384", "300, 10", "1, 2000", "128, 128"})
  void glorot_numbers_reach_the_limit_of_the_whole_matrix(int rows, int columns) {
    double limit = Math.sqrt(6.0 / (rows + columns));
    double[] values = filled(Initializer.glorotUniform(), DType.FLOAT64, rows, columns).toArray();

    double greatest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertThat(greatest).isBetween(0.99 * limit, limit);
    assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.05 * limit));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"1, 1", "1, 4", "7, 28", "33, 99", "128, 512", "20, 20", "30, 7", "5, 1"})
  void orthogonal_matrices_are_orthonormal_along_their_short_side(int rows, int columns) {
    SimpleMatrix q = filled(Initializer.orthogonal(), DType.FLOAT64, rows, columns).matrix();

    SimpleMatrix product = rows <= columns ? q.mult(q.transpose()) : q.transpose().mult(q);
    SimpleMatrix identity = SimpleMatrix.identity(Math.min(rows, columns));
    assertThat(product.minus(identity).elementMaxAbs()).isLessThan(1e-12);
  }

  @Test
  void orthogonal_matrices_lean_to_no_side() {
    int positive = 0;
    for (long seed = 1; seed <= 1000; seed++) {
      Tensor tensor = Tensor.zeros(DType.FLOAT64, 3, 3);
      Initializer.orthogonal().fill(tensor, new RandomStream(seed));
      positive += tensor.get(0) > 0 ? 1 : 0;
    }

    assertThat(positive).isBetween(440, 560);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void both_types_start_from_the_same_numbers_up_to_rounding(DType type) {
    for (Initializer initializer :
        new Initializer[] {
          Initializer.uniform(1), Initializer.glorotUniform(), Initializer.orthogonal()
        }) {
      Tensor exact = filled(initializer, DType.FLOAT64, 8, 24);

      assertThat(filled(initializer, type, 8, 24).toArray())
          .containsExactly(exact.to(type).toArray());
    }
  }
}
