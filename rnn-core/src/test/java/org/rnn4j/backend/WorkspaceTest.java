package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

class WorkspaceTest {
  private static Object storage(Tensor tensor) {
    return tensor.type() == DType.FLOAT32 ? tensor.floats() : tensor.doubles();
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void tensors_of_one_pass_never_share_storage(DType type) {
    Workspace workspace = new Workspace(type);
    Tensor first = workspace.zeros(2, 3);
    Tensor second = workspace.uninitialised(2, 3);
    second.fill(7);

    assertThat(workspace.type()).isEqualTo(type);
    assertThat(first.type()).isEqualTo(type);
    assertThat(first.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(first.toArray()).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void storage_is_handed_out_again_after_a_reset(DType type) {
    Workspace workspace = new Workspace(type);
    Object first = storage(workspace.zeros(2, 3));
    Object second = storage(workspace.zeros(4));
    workspace.reset();

    assertThat(storage(workspace.zeros(3, 2))).isSameAs(first);
    assertThat(storage(workspace.zeros(1))).isSameAs(second);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void recycled_zeros_are_zero(DType type) {
    Workspace workspace = new Workspace(type);
    workspace.uninitialised(10).fill(Double.NaN);
    workspace.reset();

    assertThat(workspace.zeros(6).toArray()).hasSize(6).containsOnly(0);
    workspace.reset();
    assertThat(workspace.zerosLike(Tensor.zeros(DType.FLOAT64, 2, 5)).toArray())
        .hasSize(10)
        .containsOnly(0);
  }

  @Test
  void storage_that_is_too_small_is_replaced_with_some_to_spare() {
    Workspace workspace = new Workspace(DType.FLOAT32);
    workspace.zeros(10);
    workspace.reset();
    Tensor larger = workspace.zeros(100);
    workspace.reset();
    Tensor largest = workspace.zeros(120);

    assertThat(largest.floats()).isSameAs(larger.floats());
    assertThat(largest.size()).isEqualTo(120);
  }

  @Test
  void what_a_very_long_text_needs_is_hardly_exceeded() {
    Workspace workspace = new Workspace(DType.FLOAT32);
    workspace.zeros(10);
    workspace.reset();

    assertThat(workspace.zeros(10_000_000).floats()).hasSize(10_000_000 + (1 << 20));
  }

  @Test
  void an_empty_tensor_can_be_had() {
    assertThat(new Workspace(DType.FLOAT32).zeros(0, 4).toArray()).isEmpty();
  }
}
