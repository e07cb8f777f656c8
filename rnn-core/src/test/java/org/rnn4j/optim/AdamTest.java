package org.rnn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
import org.rnn4j.optim.Adam.Form;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

class AdamTest {
  private static final Backend REFERENCE = ReferenceBackend.INSTANCE;

  private static Parameter parameter(DType type, boolean trainable, double... values) {
    return new Parameter("w", Tensor.of(type, Shape.of(values.length), values), trainable);
  }

  private static double[] steps(Adam adam, double weight, double... gradients) {
    Parameter parameter = parameter(DType.FLOAT64, true, weight);
    Optimizer.Run run = adam.start(Map.of("parameter", parameter));
    double[] weights = new double[gradients.length];
    for (int t = 0; t < gradients.length; t++) {
      parameter.gradient().fill(gradients[t]);
      run.step(REFERENCE);
      weights[t] = parameter.value().get(0);
    }
    return weights;
  }

  /** α 0.1, β₁ ½, β₂ ¾, ε ½; weight 1; gradients 1, −1, 2; worked out by hand. */
  @Test
  void three_steps_in_keras_form_are_those_worked_out_by_hand() {
    double[] weights = steps(new Adam(0.1, 0.5, 0.75, 0.5, Form.KERAS), 1, 1, -1, 2);

    // m = 0.5, v = 0.25: 1 − 0.1·(0.5/0.5)·0.5/(0.5 + 0.5)
    assertThat(weights[0]).isCloseTo(0.95, within(1e-15));
    // m = −0.25, v = 0.4375: + 0.1·(√0.4375/0.75)·0.25/(√0.4375 + 0.5)
    assertThat(weights[1]).isCloseTo(0.9689833041985646, within(1e-15));
    // m = 0.875, v = 1.328125: − 0.1·(√0.578125/0.875)·0.875/(√1.328125 + 0.5)
    assertThat(weights[2]).isCloseTo(0.9229698991984966, within(1e-15));
  }

  @Test
  void three_steps_in_pytorch_form_are_those_worked_out_by_hand() {
    double[] weights = steps(new Adam(0.1, 0.5, 0.75, 0.5, Form.PYTORCH), 1, 1, -1, 2);

    // m̂ = 1, v̂ = 1: 1 − 0.1·1/(1 + 0.5)
    assertThat(weights[0]).isCloseTo(1 - 0.1 / 1.5, within(1e-15));
    // m̂ = −1/3, v̂ = 1: + 0.1·(1/3)/1.5
    assertThat(weights[1]).isCloseTo(1 - 0.1 / 1.5 + 0.1 / 4.5, within(1e-15));
    // m̂ = 1, v̂ = 1.328125/0.578125: − 0.1/(√2.2973 + 0.5)
    assertThat(weights[2]).isCloseTo(0.9059445990258661, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void the_first_step_is_the_learning_rate_in_the_direction_of_the_gradient(Form form) {
    Adam adam = new Adam(0.01, 0.9, 0.999, 1e-12, form);

    assertThat(steps(adam, 0, 1e-3)[0]).isCloseTo(-0.01, within(1e-9));
    assertThat(steps(adam, 0, -1e3)[0]).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void float32_takes_the_same_steps() {
    Parameter single = parameter(DType.FLOAT32, true, 1, -2, 3);
    Parameter full = parameter(DType.FLOAT64, true, 1, -2, 3);
    Optimizer.Run singleRun = Adam.withDefaults().start(Map.of("single", single));
    Optimizer.Run fullRun = Adam.withDefaults().start(Map.of("full", full));
    Backend fast = new FastBackend(KernelSelection.kernels());

    for (int t = 0; t < 100; t++) {
      single.gradient().fill(Math.cos(t));
      full.gradient().fill((float) Math.cos(t));
      singleRun.step(fast);
      fullRun.step(REFERENCE);
    }

    for (int i = 0; i < 3; i++) {
      assertThat(single.value().get(i)).isCloseTo(full.value().get(i), within(2e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void a_weight_without_gradient_stays_even_with_the_smallest_epsilon(Form form) {
    Parameter single = parameter(DType.FLOAT32, true, 5);
    single.gradient().fill(0);
    Adam adam = new Adam(0.1, 0.9, 1 - 0x1p-53, 1e-30, form);

    adam.start(Map.of("single", single)).step(new FastBackend(KernelSelection.kernels()));

    assertThat(single.value().get(0)).isEqualTo(5);
  }

  @Test
  void each_run_starts_from_moments_of_zero() {
    Adam adam = Adam.withDefaults();

    assertThat(steps(adam, 1, 1, 2, 3)).containsExactly(steps(adam, 1, 1, 2, 3));
  }

  @Test
  void frozen_parameters_stay_and_gradients_are_left_as_they_are() {
    Parameter frozen = parameter(DType.FLOAT64, false, 5);
    Parameter trained = parameter(DType.FLOAT64, true, 5);
    trained.gradient().fill(0.25);

    Adam.withDefaults().start(Map.of("frozen", frozen, "trained", trained)).step(REFERENCE);

    assertThat(frozen.value().get(0)).isEqualTo(5);
    assertThat(trained.value().get(0)).isLessThan(5);
    assertThat(trained.gradient().get(0)).isEqualTo(0.25);
  }

  @Test
  void a_step_makes_derived_forms_of_the_weights_stale() {
    Parameter parameter = parameter(DType.FLOAT64, true, 5);
    parameter.value().derived(old -> "packed");
    parameter.gradient().fill(1);

    Adam.withDefaults().start(Map.of("parameter", parameter)).step(REFERENCE);

    assertThat(parameter.value().derived(old -> "packed anew")).isEqualTo("packed anew");
  }

  @Test
  void defaults_are_those_of_keras_and_pytorch() {
    assertThat(Adam.withDefaults()).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-7, Form.KERAS));
    assertThat(Adam.asPyTorch()).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8, Form.PYTORCH));
    assertThat(Adam.withDefaults().learningRate(0.1).learningRate()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0, -0.1, Double.POSITIVE_INFINITY, 1e30})
  void a_learning_rate_or_epsilon_that_is_no_positive_number_is_refused(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.withDefaults().learningRate(value))
        .withMessage(
            "Expected learningRate of Adam to be more than 0 and less than 1e30, got " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.1, 0.9, 0.9, value, Form.KERAS))
        .withMessage(
            "Expected epsilon of Adam to be at least 1e-30 and less than 1e30, got " + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1, 1.5})
  void a_beta_outside_of_zero_to_one_is_refused(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.1, value, 0.9, 1e-7, Form.KERAS))
        .withMessage("Expected beta1 of Adam to be at least 0 and less than 1, got " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.1, 0.9, value, 1e-7, Form.KERAS))
        .withMessage("Expected beta2 of Adam to be at least 0 and less than 1, got " + value);
  }
}
