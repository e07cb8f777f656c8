package org.rnn4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class ShapeTest {
  @Test
  void all_dimensions_but_the_last_are_rows() {
    Shape shape = Shape.of(2, 3, 4);

    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.rows()).isEqualTo(6);
    assertThat(shape.columns()).isEqualTo(4);
    assertThat(shape.dimension(1)).isEqualTo(3);
  }

  @Test
  void a_vector_is_one_row_and_a_scalar_one_element() {
    assertThat(Shape.of(5).rows()).isEqualTo(1);
    assertThat(Shape.of(5).columns()).isEqualTo(5);
    assertThat(Shape.of().rank()).isZero();
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThat(Shape.of()).hasToString("[]");
  }

  @Test
  void an_extent_of_zero_leaves_no_element() {
    assertThat(Shape.of(0, 7).size()).isZero();
    assertThat(Shape.of(0, 7).columns()).isEqualTo(7);
    assertThat(Shape.of(7, 0).size()).isZero();
  }

  @Test
  void shapes_of_equal_extents_are_equal() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(6));
    assertThat(Shape.of(1)).isNotEqualTo(Shape.of());
    assertThat(Shape.of(128, 512)).hasToString("[128, 512]");
  }

  @Test
  void a_shape_cannot_be_changed_from_outside() {
    int[] given = {2, 3};
    Shape shape = Shape.of(given);
    given[0] = 9;
    shape.dimensions()[0] = 9;

    assertThat(shape.dimensions()).containsExactly(2, 3);
  }

  @Test
  void extents_that_no_array_can_hold_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(3, -1))
        .withMessage("Expected extents of 0 or more, got [3, -1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(65536, 65536))
        .withMessageContaining("2^31 - 1")
        .withMessageEndingWith("[65536, 65536]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30, 16))
        .withMessageContaining("2^31 - 1");
    assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
  }
}
