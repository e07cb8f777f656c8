package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Activation;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** Settings out of range, and the weights that layers start from. */
class LayerSpecTest {
  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void a_size_that_is_not_positive_is_refused_naming_layer_and_setting(int size) {
    String rest = " to be 1 or more, got " + size;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lstm.spec(size))
        .withMessage("Expected hidden of lstm" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gru.spec(size))
        .withMessage("Expected hidden of gru" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.spec(size, Activation.RELU))
        .withMessage("Expected units of dense" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(size, 4))
        .withMessage("Expected vocabulary of embedding" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(4, size))
        .withMessage("Expected size of embedding" + rest);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.2, 1, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void a_dropout_rate_outside_of_zero_to_one_is_refused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dropout.spec(rate))
        .withMessage("Expected rate of dropout to be at least 0 and less than 1, got " + rate);
  }

  @Test
  void vectors_of_an_embedding_must_be_as_many_and_as_wide_as_it_says() {
    Tensor vectors = Tensor.zeros(DType.FLOAT32, 3, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Embedding.Spec(5, 4, true, vectors, 0.05, 0, 0))
        .withMessage("Expected vectors of embedding of shape [5, 4], got [3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(Tensor.zeros(DType.FLOAT32, 0, 4)))
        .withMessage("Expected vocabulary of embedding to be 1 or more, got 0");
  }

  @Test
  void an_unknown_type_is_refused_with_the_known_ones() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec("transformer", Map.of()))
        .withMessage(
            "Expected a layer type of " + LayerTypes.standard().names() + ", got transformer");
  }

  @Test
  void settings_out_of_range_are_refused_when_read() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec("lstm", Map.of("hidden", 0L)))
        .withMessage("Expected hidden of lstm to be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec("lstm", Map.of("hidden", 1L << 40)))
        .withMessage(
            "Expected the setting hidden of the layer lstm to be a whole number of 32 bits, got "
                + (1L << 40));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec("lstm", Map.of("hidden", 2.0)))
        .withMessageEndingWith("to be a whole number, got 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LayerTypes.standard().spec("dense", Map.of("units", 2L, "activation", "softmax")))
        .withMessageContaining("[LINEAR, RELU, TANH, SIGMOID, SOFTMAX]")
        .withMessageEndingWith("got softmax");
  }

  @Test
  void dropout_drops_values_where_no_unit_is_told() {
    assertThat(LayerTypes.standard().spec("dropout", Map.of("rate", 0.5)))
        .isEqualTo(Dropout.spec(0.5));
    assertThat(Dropout.spec(0.5).settings()).isEqualTo(Map.of("rate", 0.5));
  }

  @Test
  void types_of_a_program_of_its_own_are_added_without_touching_the_standard_ones() {
    LayerTypes more = LayerTypes.standard().with("wide_gru", s -> Gru.spec(2 * s.whole("half")));

    assertThat(more.spec("wide_gru", Map.of("half", 4L))).isEqualTo(Gru.spec(8));
    assertThat(more.spec("lstm", Map.of("hidden", 3L))).isEqualTo(Lstm.spec(3));
    assertThat(LayerTypes.standard().names()).doesNotContain("wide_gru");
  }

  private static Map<String, Tensor> weights(LayerSpec spec, Signal input, DType type) {
    Layer layer = spec.create(input, Weights.drawn(type, new RandomStream(3)));
    return layer.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
  }

  private static void requireGlorot(Tensor weights) {
    double limit = Math.sqrt(6.0 / (weights.rows() + weights.columns()));
    double greatest = Arrays.stream(weights.toArray()).map(Math::abs).max().orElseThrow();
    assertThat(greatest).isBetween(0.98 * limit, limit);
  }

  private static void requireOrthonormalRows(Tensor weights) {
    SimpleMatrix product = weights.matrix().mult(weights.matrix().transpose());
    SimpleMatrix identity = SimpleMatrix.identity(weights.rows());
    assertThat(product.minus(identity).elementMaxAbs()).isLessThan(1e-12);
  }

  @Test
  void an_lstm_starts_with_open_forget_gates() {
    Map<String, Tensor> weights = weights(Lstm.spec(20), Signal.tokens(30), DType.FLOAT64);

    assertThat(weights).containsOnlyKeys("input_weights", "recurrent_weights", "bias");
    assertThat(weights.get("input_weights").shape()).isEqualTo(Shape.of(30, 80));
    assertThat(weights.get("recurrent_weights").shape()).isEqualTo(Shape.of(20, 80));
    requireGlorot(weights.get("input_weights"));
    requireOrthonormalRows(weights.get("recurrent_weights"));
    double[] bias = IntStream.range(0, 80).mapToDouble(j -> j >= 20 && j < 40 ? 1 : 0).toArray();
    assertThat(weights.get("bias").toArray()).containsExactly(bias);
  }

  @Test
  void a_gru_starts_with_biases_of_zero_and_has_two_when_it_resets_after() {
    Map<String, Tensor> after = weights(Gru.spec(20), Signal.tokens(30), DType.FLOAT64);
    Map<String, Tensor> before =
        weights(Gru.spec(20).resetAfter(false), Signal.tokens(30), DType.FLOAT64);

    assertThat(after)
        .containsOnlyKeys("input_weights", "recurrent_weights", "bias", "recurrent_bias");
    assertThat(before).containsOnlyKeys("input_weights", "recurrent_weights", "bias");
    requireGlorot(after.get("input_weights"));
    requireOrthonormalRows(after.get("recurrent_weights"));
    assertThat(after.get("input_weights").shape()).isEqualTo(Shape.of(30, 60));
    assertThat(after.get("bias").toArray()).hasSize(60).containsOnly(0);
    assertThat(after.get("recurrent_bias").toArray()).hasSize(60).containsOnly(0);
  }

  @Test
  void dense_weights_are_glorot_uniform_and_embeddings_small() {
    Map<String, Tensor> dense =
        weights(Dense.spec(40, Activation.RELU), Signal.texts(60), DType.FLOAT64);
    Tensor table = weights(Embedding.spec(50, 20), Signal.ids(), DType.FLOAT64).get("table");

    requireGlorot(dense.get("weights"));
    assertThat(dense.get("bias").toArray()).hasSize(40).containsOnly(0);
    double greatest = Arrays.stream(table.toArray()).map(Math::abs).max().orElseThrow();
    assertThat(greatest).isBetween(0.0495, 0.05);
  }

  @Test
  void an_embedding_starts_within_the_limit_told_from_the_same_numbers() {
    Tensor usual = weights(Embedding.spec(50, 20), Signal.ids(), DType.FLOAT64).get("table");
    Tensor wide =
        weights(Embedding.spec(50, 20).initialLimit(0.2), Signal.ids(), DType.FLOAT64).get("table");
    Tensor none =
        weights(Embedding.spec(50, 20).initialLimit(0), Signal.ids(), DType.FLOAT64).get("table");

    for (int i = 0; i < usual.size(); i++) {
      assertThat(wide.get(i)).isCloseTo(4 * usual.get(i), within(1e-15));
    }
    assertThat(Arrays.stream(none.toArray())).allMatch(value -> value == 0);
  }

  @Test
  void the_limit_of_an_embedding_is_written_only_where_it_is_not_the_usual_one() {
    assertThat(Embedding.spec(5, 4).initialLimit(0.05)).isEqualTo(Embedding.spec(5, 4));
    assertThat(Embedding.spec(5, 4).settings()).doesNotContainKey("initial_limit");
    assertThat(Embedding.spec(5, 4).initialLimit(0).settings()).containsEntry("initial_limit", 0.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void a_limit_of_an_embedding_that_is_negative_or_not_finite_is_refused(double limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(5, 4).initialLimit(limit))
        .withMessage(
            "Expected initial_limit of embedding to be 0 or more and finite in float32, got "
                + limit);
  }

  @Test
  void an_embedding_that_starts_from_vectors_has_no_limit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(Tensor.zeros(DType.FLOAT32, 3, 4)).initialLimit(0.5))
        .withMessage("Expected no initial_limit of an embedding that starts from vectors, got 0.5");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void an_embedding_starts_from_the_vectors_given_and_does_not_share_them(DType type) {
    Tensor vectors = Tensor.matrix(DType.FLOAT32, new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor table = weights(Embedding.spec(vectors), Signal.ids(), type).get("table");

    vectors.fill(9);

    assertThat(table.type()).isEqualTo(type);
    assertThat(table.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
