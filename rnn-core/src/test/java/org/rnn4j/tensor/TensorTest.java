package org.rnn4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class TensorTest {
  @ParameterizedTest
  @EnumSource(DType.class)
  void elements_are_stored_row_by_row(DType type) {
    Tensor tensor = Tensor.matrix(type, new double[][] {{1, 2, 3}, {4, 5, 6}});

    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensor.get(1, 0)).isEqualTo(4);
    assertThat(tensor.get(5)).isEqualTo(6);
    tensor.set(0, 2, 7);
    tensor.set(3, 8);
    assertThat(tensor.toArray()).containsExactly(1, 2, 7, 8, 5, 6);
    tensor.fill(0.5);
    assertThat(tensor.toArray()).containsOnly(0.5);
  }

  @Test
  void values_are_rounded_to_the_type() {
    Tensor single = Tensor.of(DType.FLOAT32, Shape.of(1), 0.1);
    Tensor full = Tensor.of(DType.FLOAT64, Shape.of(1), 0.1);

    assertThat(single.get(0)).isEqualTo(0.1f);
    assertThat(full.get(0)).isEqualTo(0.1);
    assertThat(full.to(DType.FLOAT32).get(0)).isEqualTo(0.1f);
    assertThat(single.to(DType.FLOAT64).get(0)).isEqualTo(0.1f);
    assertThat(DType.FLOAT32.bytes()).isEqualTo(4);
    assertThat(DType.FLOAT64.bytes()).isEqualTo(8);
  }

  @Test
  void a_wrapped_array_is_shared_and_may_be_longer_than_the_tensor() {
    float[] storage = {1, 2, 3, 4, 5};
    Tensor tensor = Tensor.wrap(Shape.of(2, 2), storage);

    tensor.fill(9);
    assertThat(storage).containsExactly(9, 9, 9, 9, 5);
    assertThat(tensor.toArray()).hasSize(4);
    assertThat(tensor.copy().floats()).hasSize(4);
    assertThat(tensor.floats()).isSameAs(storage);
    double[] doubles = {1, 2, 3};
    assertThat(Tensor.wrap(Shape.of(2), doubles).doubles()).isSameAs(doubles);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void copies_have_storage_of_their_own(DType type) {
    Tensor tensor = Tensor.of(type, Shape.of(2), 1, 2);
    Tensor copy = tensor.copy();
    Tensor same = tensor.to(type);

    tensor.set(0, 9);

    assertThat(copy.toArray()).containsExactly(1, 2);
    assertThat(same.toArray()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void the_matrix_shares_the_storage(DType type) {
    Tensor tensor = Tensor.of(type, Shape.of(2, 2), 1, 2, 3, 4);

    tensor.matrix().set(1, 0, 7);

    assertThat(tensor.toArray()).containsExactly(1, 2, 7, 4);
    assertThat(tensor.matrix().getNumRows()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void assigning_copies_the_elements(DType type) {
    Tensor target = Tensor.zeros(type, 2, 2);
    Tensor source = Tensor.of(type, Shape.of(2, 2), 1, 2, 3, 4);

    target.assign(source);
    source.set(0, 9);

    assertThat(target.toArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void assigning_another_shape_or_type_is_refused_with_both() {
    Tensor target = Tensor.zeros(DType.FLOAT32, 2, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.assign(Tensor.zeros(DType.FLOAT32, 4)))
        .withMessage("Expected FLOAT32 [2, 2], got FLOAT32 [4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.assign(Tensor.zeros(DType.FLOAT64, 2, 2)))
        .withMessage("Expected FLOAT32 [2, 2], got FLOAT64 [2, 2]");
  }

  @Test
  void values_that_do_not_fit_the_shape_are_refused_with_both_numbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(DType.FLOAT32, Shape.of(2, 2), 1, 2, 3))
        .withMessage("Expected 4 values for the shape [2, 2], got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.wrap(Shape.of(2, 2), new float[3]))
        .withMessage("Expected an array of at least 4 elements for the shape [2, 2], got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.wrap(Shape.of(2, 2), new double[3]))
        .withMessageEndingWith("got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.matrix(DType.FLOAT32, new double[][] {{1, 2}, {3}}))
        .withMessage("Expected 2 values in row 1, got 1");
  }

  @Test
  void storage_of_the_other_type_is_refused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.zeros(DType.FLOAT64, 3).floats())
        .withMessage("Expected a FLOAT32 tensor, got FLOAT64 [3]");
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.zeros(DType.FLOAT32, 3).doubles())
        .withMessage("Expected a FLOAT64 tensor, got FLOAT32 [3]");
  }

  @Test
  void a_derived_form_is_kept_until_the_tensor_changes() {
    Tensor tensor = Tensor.of(DType.FLOAT32, Shape.of(1), 1);
    AtomicInteger made = new AtomicInteger();

    assertThat(tensor.derived(old -> old + " then " + made.incrementAndGet()))
        .isEqualTo("null then 1");
    assertThat(tensor.derived(old -> "another")).isEqualTo("null then 1");
    tensor.changed();
    assertThat(tensor.derived(old -> old + " then " + made.incrementAndGet()))
        .isEqualTo("null then 1 then 2");
  }

  @Test
  void everything_that_writes_makes_a_derived_form_stale() {
    Tensor tensor = Tensor.of(DType.FLOAT32, Shape.of(1, 1), 1);
    List<Runnable> writers =
        List.of(
            () -> tensor.set(0, 2),
            () -> tensor.set(0, 0, 3),
            () -> tensor.fill(4),
            () -> tensor.assign(Tensor.zeros(DType.FLOAT32, 1, 1)));
    tensor.derived(old -> "first");

    for (Runnable writer : writers) {
      writer.run();
      assertThat(tensor.derived(old -> old + "+")).asString().endsWith("+");
    }
    assertThat(tensor.derived(old -> "none")).isEqualTo("first++++");
  }

  @Test
  void threads_that_ask_for_a_derived_form_at_once_are_given_the_same() throws Exception {
    Tensor tensor = Tensor.zeros(DType.FLOAT32, 1);
    AtomicInteger made = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(4);
    Callable<Object> ask =
        () -> {
          start.await();
          return tensor.derived(old -> made.incrementAndGet());
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 1; round <= 50; round++) {
        for (Future<Object> form : threads.invokeAll(Collections.nCopies(4, ask))) {
          assertThat(form.get()).isEqualTo(round);
        }
        tensor.changed();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void it_prints_type_shape_and_first_elements() {
    assertThat(Tensor.of(DType.FLOAT64, Shape.of(2), 1, 2.5)).hasToString("FLOAT64 [2] [1.0, 2.5]");
    assertThat(Tensor.zeros(DType.FLOAT32, 3, 3).toString())
        .isEqualTo("FLOAT32 [3, 3] [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]");
  }
}
