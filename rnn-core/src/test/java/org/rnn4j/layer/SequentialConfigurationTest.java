package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.backend.Activation;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;

/** Networks described as JSON values, built again with drawn or with given weights. */
class SequentialConfigurationTest {
  private static Sequential model() {
    return Sequential.builder(42)
        .embedding(10, 4)
        .dropout(0.5)
        .gru(6)
        .lstm(5)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  @Test
  void the_configuration_makes_the_round_trip_through_json() {
    Sequential model =
        Sequential.builder(42)
            .type(DType.FLOAT64)
            .layer(Embedding.spec(10, 4).trainable(false))
            .layer(Gru.spec(3).resetAfter(false))
            .maxOverTime()
            .dense(1, Activation.SIGMOID)
            .build();
    Map<String, Object> read = Json.parseObject(Json.write(model.configuration()));

    Sequential again = Sequential.fromConfiguration(read, LayerTypes.standard());

    assertThat(again.configuration()).isEqualTo(model.configuration());
    assertThat(Bits.sha256(again)).isEqualTo(Bits.sha256(model));
    assertThat(again.type()).isEqualTo(DType.FLOAT64);
    assertThat(again.parameter("embedding.table").isDifferentiable()).isFalse();
  }

  @Test
  void a_configuration_with_a_part_missing_or_strange_is_refused_naming_it() {
    Map<String, Object> whole = model().configuration();

    assertRefused(with(whole, "seed", null), "the setting seed");
    assertRefused(with(whole, "dtype", "FLOAT16"), "[FLOAT32, FLOAT64], got FLOAT16");
    assertRefused(
        with(whole, "layers", "none"),
        "the setting layers of the layer sequential to be a list, got none");
    assertRefused(with(whole, "layers", List.of()), "Expected at least one layer, got none");
    assertRefused(with(whole, "layers", List.of(7)), "type and settings, got 7");
    assertRefused(with(whole, "layers", List.of(Map.of("units", 2))), "got null");
    assertRefused(
        with(whole, "layers", List.of(Map.of("type", "lstm", "hidden", 0))),
        "Expected hidden of lstm to be 1 or more, got 0");
  }

  private static Map<String, Object> with(Map<String, Object> whole, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(whole);
    changed.put(name, value);
    return changed;
  }

  private static void assertRefused(Map<String, Object> configuration, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.fromConfiguration(configuration, LayerTypes.standard()))
        .withMessageContaining(message);
  }

  private static Map<String, Tensor> weights(Sequential model) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    model.parameters().forEach((name, parameter) -> weights.put(name, parameter.value().copy()));
    return weights;
  }

  @Test
  void weights_that_are_given_are_taken_as_they_are() {
    Sequential model = model();
    Map<String, Tensor> weights = weights(model);
    weights.get("gru.bias").fill(0.5);

    Sequential given =
        Sequential.fromConfiguration(model.configuration(), LayerTypes.standard(), weights);

    weights.forEach(
        (name, value) -> assertThat(given.parameter(name).value()).as(name).isSameAs(value));
  }

  @Test
  void given_weights_that_are_missing_strange_or_too_many_are_named() {
    Sequential model = model();

    Map<String, Tensor> missing = weights(model);
    missing.remove("lstm.bias");
    assertRefused(model, missing, "the tensor lstm.bias of FLOAT32 [20], got none");
    Map<String, Tensor> shaped = weights(model);
    shaped.put("lstm.bias", Tensor.zeros(DType.FLOAT32, 19));
    assertRefused(model, shaped, "the tensor lstm.bias of FLOAT32 [20], got FLOAT32 [19]");
    Map<String, Tensor> typed = weights(model);
    typed.put("lstm.bias", Tensor.zeros(DType.FLOAT64, 20));
    assertRefused(model, typed, "the tensor lstm.bias of FLOAT32 [20], got FLOAT64 [20]");
    Map<String, Tensor> more = weights(model);
    more.put("lstm_9.bias", Tensor.zeros(DType.FLOAT32, 20));
    assertRefused(model, more, "got also [lstm_9.bias]");
  }

  private static void assertRefused(Sequential model, Map<String, Tensor> weights, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Sequential.fromConfiguration(model.configuration(), LayerTypes.standard(), weights))
        .withMessageContaining(message);
  }
}
