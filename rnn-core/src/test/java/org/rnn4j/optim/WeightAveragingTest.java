package org.rnn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

class WeightAveragingTest {

  private static Parameter parameter(DType type, boolean trainable) {
    return new Parameter("w", Tensor.of(type, Shape.of(2), 1, -2), trainable);
  }

  private static Backend backend(DType type) {
    return type == DType.FLOAT32
        ? new FastBackend(KernelSelection.kernels())
        : ReferenceBackend.INSTANCE;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void the_average_follows_the_weights_step_by_step(DType type) {
    Parameter w = parameter(type, true);
    WeightAveraging.Run run = WeightAveraging.exponential(0.25).start(Map.of("w", w));
    w.value().assign(Tensor.of(type, Shape.of(2), 3, 0));
    run.update(backend(type)); // share 1: the weights
    w.value().assign(Tensor.of(type, Shape.of(2), 4, 1));
    run.update(backend(type)); // share 0.75 / (1 - 0.0625) = 0.8: 3 + 0.8, 0 + 0.8
    run.swap();
    assertThat(w.value().get(0)).isCloseTo(3.8, within(1e-6));
    assertThat(w.value().get(1)).isCloseTo(0.8, within(1e-6));
    run.swap();
    assertThat(w.value().toArray()).containsExactly(4, 1);
  }

  @Test
  void without_averaging_and_for_frozen_parameters_the_weights_stay() {
    Parameter trainable = parameter(DType.FLOAT64, true);
    Parameter frozen = parameter(DType.FLOAT64, false);
    WeightAveraging.Run none = WeightAveraging.none().start(Map.of("trainable", trainable));
    WeightAveraging.Run exponential =
        WeightAveraging.exponential(0.5).start(Map.of("frozen", frozen));
    for (WeightAveraging.Run run : List.of(none, exponential)) {
      trainable.value().set(0, 7);
      frozen.value().set(0, 7);
      run.update(ReferenceBackend.INSTANCE);
      run.swap();
    }
    assertThat(trainable.value().toArray()).containsExactly(7, -2);
    assertThat(frozen.value().toArray()).containsExactly(7, -2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void a_decay_out_of_range_is_refused(double decay) {
    assertThatThrownBy(() -> WeightAveraging.exponential(decay))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected decay of weight averaging to be more than 0 and less than 1, got " + decay);
  }
}
