package org.rnn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.tensor.Tensor;

class GradientClippingTest {
  static Stream<Backend> backends() {
    return Stream.of(ReferenceBackend.INSTANCE, new FastBackend(KernelSelection.kernels()));
  }

  /** Two parameters whose gradients are 3 and 4, and a frozen one. */
  private static List<Parameter> parameters(Backend backend) {
    Parameter three = new Parameter("a", Tensor.zeros(backend.type(), 1), true);
    Parameter four = new Parameter("b", Tensor.zeros(backend.type(), 2), true);
    Parameter frozen = new Parameter("c", Tensor.zeros(backend.type(), 1), false);
    three.gradient().fill(3);
    four.gradient().set(1, 4);
    return List.of(three, four, frozen);
  }

  private static void clip(GradientClipping clipping, Backend backend, List<Parameter> parameters) {
    clipping.apply(backend, parameters, GradientClipping.globalNorm(backend, parameters));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_norm_is_over_all_trained_parameters_together(Backend backend) {
    assertThat(GradientClipping.globalNorm(backend, parameters(backend))).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradients_of_a_greater_norm_are_scaled_to_the_limit(Backend backend) {
    List<Parameter> parameters = parameters(backend);

    clip(GradientClipping.byGlobalNorm(1), backend, parameters);

    assertThat(parameters.get(0).gradient().get(0)).isCloseTo(3 / (5 + 1e-6), within(1e-7));
    assertThat(parameters.get(1).gradient().get(0)).isZero();
    assertThat(parameters.get(1).gradient().get(1)).isCloseTo(4 / (5 + 1e-6), within(1e-7));
    assertThat(GradientClipping.globalNorm(backend, parameters)).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradients_up_to_the_limit_are_left_as_they_are(Backend backend) {
    for (GradientClipping clipping :
        List.of(
            GradientClipping.byGlobalNorm(5),
            GradientClipping.byGlobalNorm(Double.POSITIVE_INFINITY),
            GradientClipping.none())) {
      List<Parameter> parameters = parameters(backend);

      clip(clipping, backend, parameters);

      assertThat(parameters.get(0).gradient().toArray()).containsExactly(3);
      assertThat(parameters.get(1).gradient().toArray()).containsExactly(0, 4);
    }
  }

  @Test
  void a_norm_that_float32_cannot_hold_is_found_in_double() {
    FastBackend backend = new FastBackend(KernelSelection.kernels());
    List<Parameter> parameters = parameters(backend);
    parameters.get(0).gradient().fill(3e30);
    parameters.get(1).gradient().fill(0);

    assertThat(GradientClipping.globalNorm(backend, parameters)).isCloseTo(3e30, within(1e24));
    clip(GradientClipping.byGlobalNorm(1), backend, parameters);
    assertThat(parameters.get(0).gradient().get(0)).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0, -1})
  void a_limit_that_is_not_positive_is_refused(double limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientClipping.byGlobalNorm(limit))
        .withMessage("Expected the limit of the gradients' norm to be more than 0, got " + limit);
  }
}
