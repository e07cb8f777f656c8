package org.rnn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** What settings mean, and which are refused. */
class OptimizerSettingsTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("learningRate of Sgd", () -> Sgd.withDefaults().learningRate(0)),
        refused("momentum of Sgd", () -> Sgd.withDefaults().momentum(1)),
        refused("momentum of Nesterov's kind", () -> Sgd.withDefaults().nesterov(0)),
        refused("learningRate of RmsProp", () -> RmsProp.withDefaults().learningRate(Double.NaN)),
        refused("decay of RmsProp", () -> RmsProp.withDefaults().decay(1)),
        refused("momentum of RmsProp", () -> RmsProp.withDefaults().momentum(-0.1)),
        refused("epsilon of RmsProp", () -> RmsProp.withDefaults().epsilon(0)),
        refused("the rate of weight decay", () -> Adam.withDefaults().weightDecay(1)),
        refused("the factor of L2 regularisation", () -> L2.of(-1)),
        refused("the limit of weights' norms", () -> MaxNorm.of(0)),
        refused("the limit of the gradients' values", () -> GradientClipping.byValue(0)),
        refused("the limit of the gradients' norm", () -> GradientClipping.byNorm(Double.NaN)),
        refused("the factor of a schedule", () -> Schedule.step(1.1, 5)),
        refused("every", () -> Schedule.exponential(0.5, 0)),
        refused("the least rate of a cosine schedule", () -> Schedule.cosine(1)),
        refused("a warm-up", () -> Schedule.constant().warmUp(0)));
  }

  private static Arguments refused(String setting, ThrowingCallable call) {
    return Arguments.of(setting, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void a_setting_out_of_range_is_refused_and_named(String setting, ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageStartingWith("Expected " + setting + " to be ");
  }

  @Test
  void the_usual_selection_is_matrices_without_biases_and_tables() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("embedding.table", parameter(4, 3));
    parameters.put("gru_2.input_weights", parameter(3, 9));
    parameters.put("gru_2.bias", parameter(9));
    assertThat(parameters.entrySet())
        .extracting(e -> ParameterSelection.weights().includes(e.getKey(), e.getValue()))
        .containsExactly(false, true, false);
    assertThat(parameters.entrySet())
        .extracting(e -> ParameterSelection.all().includes(e.getKey(), e.getValue()))
        .containsExactly(true, true, true);
    assertThat(parameters.entrySet())
        .extracting(e -> ParameterSelection.matching("gru.*").includes(e.getKey(), e.getValue()))
        .containsExactly(false, true, true);
  }

  private static Parameter parameter(int... dimensions) {
    return new Parameter("any", Tensor.zeros(DType.FLOAT32, dimensions), true);
  }

  @Test
  void norms_are_those_of_a_units_weights_a_tables_rows_and_a_whole_bias() {
    double[][] values = {{3, 0.3}, {4, 0.4}};
    Parameter weights = new Parameter("w", Tensor.matrix(DType.FLOAT64, values), true);
    Parameter table = new Parameter("table", Tensor.matrix(DType.FLOAT64, values), true);
    Parameter bias = parameter(2);
    bias.value().set(0, 3);
    bias.value().set(1, 4);
    Parameter frozen = new Parameter("w", Tensor.matrix(DType.FLOAT64, values), false);
    MaxNorm.of(1)
        .on(ParameterSelection.all())
        .apply(Map.of("dense.weights", weights, "a.table", table, "dense.bias", bias, "f", frozen));

    double row = Math.sqrt(9 + 0.09);
    double other = Math.sqrt(16 + 0.16);
    assertThat(weights.value().toArray())
        .containsExactly(new double[] {0.6, 0.3, 0.8, 0.4}, within(1e-7));
    assertThat(table.value().toArray())
        .containsExactly(new double[] {3 / row, 0.3 / row, 4 / other, 0.4 / other}, within(1e-7));
    assertThat(bias.value().toArray()).containsExactly(new double[] {0.6, 0.8}, within(1e-6));
    assertThat(frozen.value().toArray()).containsExactly(3, 0.3, 4, 0.4);
  }
}
