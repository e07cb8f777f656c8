package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

class SequentialTest {
  private static Sequential.Builder builder() {
    return Sequential.builder(42);
  }

  private static Sequential.Builder stack() {
    return builder()
        .embedding(10, 4)
        .dropout(0.5)
        .gru(6)
        .lstm(5)
        .gru(3)
        .lastState()
        .dropout(0.2)
        .dense(2, Activation.SOFTMAX);
  }

  private static Sequences batch() {
    return Sequences.pack(new int[] {1, 2, 3}, new int[] {4}, new int[] {9, 0});
  }

  @Test
  void layers_are_named_after_their_type_and_counted_from_the_second() {
    Sequential model = stack().build();

    assertThat(model.layers().keySet())
        .containsExactly(
            "embedding", "dropout", "gru", "lstm", "gru_2", "over_time", "dropout_2", "dense");
    assertThat(model.parameters().keySet())
        .containsExactly(
            "embedding.table",
            "gru.input_weights",
            "gru.recurrent_weights",
            "gru.bias",
            "gru.recurrent_bias",
            "lstm.input_weights",
            "lstm.recurrent_weights",
            "lstm.bias",
            "gru_2.input_weights",
            "gru_2.recurrent_weights",
            "gru_2.bias",
            "gru_2.recurrent_bias",
            "dense.weights",
            "dense.bias");
  }

  @Test
  void parameters_have_the_sizes_that_the_equations_ask_for() {
    Sequential model = stack().build();

    int embedding = 10 * 4;
    int gru = 3 * 6 * (4 + 6 + 2);
    int lstm = 4 * 5 * (6 + 5 + 1);
    int second = 3 * 3 * (5 + 3 + 2);
    int dense = 2 * (3 + 1);
    assertThat(model.parameters().values().stream().mapToInt(p -> p.value().size()).sum())
        .isEqualTo(embedding + gru + lstm + second + dense);
    assertThat(model.parameter("gru_2.input_weights").value().shape()).isEqualTo(Shape.of(5, 9));
  }

  @Test
  void the_head_tells_activation_outputs_and_classes() {
    Sequential one = builder().embedding(3, 2).meanOverTime().dense(1, Activation.SIGMOID).build();
    Sequential three = builder().embedding(3, 2).maxOverTime().dense(3, Activation.SOFTMAX).build();

    assertThat(one.headActivation()).isEqualTo(Activation.SIGMOID);
    assertThat(one.outputs()).isEqualTo(1);
    assertThat(one.classes()).isEqualTo(2);
    assertThat(three.headActivation()).isEqualTo(Activation.SOFTMAX);
    assertThat(three.outputs()).isEqualTo(3);
    assertThat(three.classes()).isEqualTo(3);
    assertThat(three.seed()).isEqualTo(42);
    assertThat(three.type()).isEqualTo(DType.FLOAT32);
  }

  static Stream<Arguments> brokenChains() {
    return Stream.of(
        Arguments.of(builder(), "Expected at least one layer, got none"),
        Arguments.of(
            builder().dropout(0.5).embedding(5, 4).lastState().dense(1, Activation.SIGMOID),
            "Expected dropout to follow an embedding, got IDS"),
        Arguments.of(
            builder().gru(4).lastState().dense(1, Activation.SIGMOID),
            "Expected gru to follow a layer that gives TOKENS, got IDS"),
        Arguments.of(
            builder().dense(1, Activation.SIGMOID),
            "Expected dense to follow an embedding, got IDS"),
        Arguments.of(
            builder().embedding(5, 4).embedding(5, 4).lastState().dense(1, Activation.SIGMOID),
            "Expected embedding to follow a layer that gives IDS, got TOKENS of width 4"),
        Arguments.of(
            builder().embedding(5, 4).lastState().lastState().dense(1, Activation.SIGMOID),
            "Expected over_time to follow a layer that gives TOKENS, got TEXTS of width 4"),
        Arguments.of(
            builder().embedding(5, 4).lastState().lstm(3).dense(1, Activation.SIGMOID),
            "Expected lstm to follow a layer that gives TOKENS, got TEXTS of width 4"),
        Arguments.of(
            builder().embedding(5, 4).gru(3).dense(1, Activation.SIGMOID),
            "Expected the end of a network to follow a layer that gives TEXTS, "
                + "got TOKENS of width 1"),
        Arguments.of(
            builder().embedding(5, 4).gru(3).lastState(),
            "Expected the last layer to be dense, got over_time"),
        Arguments.of(
            builder().embedding(5, 4).lastState().dense(2, Activation.SOFTMAX).dropout(0.1),
            "Expected the last layer to be dense, got dropout"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("brokenChains")
  void a_chain_that_does_not_hold_is_refused(Sequential.Builder chain, String message) {
    assertThatIllegalArgumentException().isThrownBy(chain::build).withMessage(message);
  }

  @Test
  void a_broken_chain_is_refused_before_memory_is_taken_for_weights() {
    Sequential.Builder chain =
        builder().embedding(1 << 20, 2047).layer(Gru.spec(8)).dense(1, Activation.SIGMOID);

    assertThatIllegalArgumentException()
        .isThrownBy(chain::build)
        .withMessageContaining("the end of a network");
  }

  @Test
  void sizes_and_rates_out_of_range_are_refused_when_they_are_given() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().embedding(5, 4).lstm(0))
        .withMessage("Expected hidden of lstm to be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().embedding(5, 4).gru(-3))
        .withMessage("Expected hidden of gru to be 1 or more, got -3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().embedding(5, 4).dropout(1.2))
        .withMessage("Expected rate of dropout to be at least 0 and less than 1, got 1.2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().embedding(0, 4))
        .withMessage("Expected vocabulary of embedding to be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().dense(0, Activation.SOFTMAX))
        .withMessage("Expected units of dense to be 1 or more, got 0");
  }

  @Test
  void weights_follow_from_the_seed_and_the_names_alone() {
    Sequential model = stack().build();
    Sequential longer =
        builder()
            .embedding(10, 4)
            .gru(6)
            .gru(3)
            .lastState()
            .dense(7, Activation.RELU)
            .dense(2, Activation.SOFTMAX)
            .build();

    assertThat(Bits.sha256(stack().build())).isEqualTo(Bits.sha256(model));
    Bits.requireSame(
        "gru.input_weights",
        model.parameter("gru.input_weights").value(),
        longer.parameter("gru.input_weights").value());
    assertThat(model.parameter("gru.input_weights").value().toArray()[0])
        .isNotEqualTo(model.parameter("lstm.input_weights").value().toArray()[0]);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void predictions_are_probabilities_in_the_order_of_the_texts(DType type) {
    Sequential model = stack().type(type).build();
    Tensor together = model.predict(batch());

    assertThat(together.type()).isEqualTo(type);
    assertThat(together.shape()).isEqualTo(Shape.of(3, 2));
    for (int row = 0; row < 3; row++) {
      assertThat(together.get(row, 0) + together.get(row, 1)).isCloseTo(1, within(1e-6));
      assertThat(together.get(row, 0)).isBetween(0.01, 0.99);
    }
    Bits.requireSameRow("third", together, 2, model.predict(Sequences.pack(new int[] {9, 0})), 0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void a_text_without_tokens_gives_what_the_head_makes_of_zeros(DType type) {
    Sequential model = stack().type(type).build();
    Tensor bias = model.parameter("dense.bias").value();
    bias.set(0, Math.log(3));
    bias.changed();

    Tensor alone = model.predict(Sequences.pack(new int[0]));
    Tensor among = model.predict(Sequences.pack(new int[] {1, 2}, new int[0]));

    assertThat(alone.get(0, 0)).isCloseTo(0.75, within(1e-6));
    assertThat(alone.get(0, 1)).isCloseTo(0.25, within(1e-6));
    Bits.requireSameRow("empty text", alone, 0, among, 1);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void ids_outside_of_the_vocabulary_are_refused_and_the_network_works_on(DType type) {
    Sequential model = stack().type(type).build();
    Tensor before = model.predict(batch());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(Sequences.pack(new int[] {1, 10})))
        .withMessage(
            "Expected token ids from 0 to 9, got 10 in the batch; "
                + "was the text encoded with another vocabulary?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(Sequences.pack(new int[] {-1})))
        .withMessageContaining("from 0 to 9, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.requireIds(new int[] {3, 12}, "text 7"))
        .withMessageContaining("from 0 to 9, got 12 in text 7");
    Bits.requireSame("prediction", before, model.predict(batch()));
  }

  @Test
  void every_layer_shows_its_output_on_request() {
    Sequential model = stack().type(DType.FLOAT64).build();
    Pass pass = Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));
    Map<String, Shape> shapes = new LinkedHashMap<>();

    model.logits(pass, batch(), (name, output) -> shapes.put(name, output.shape()));

    assertThat(shapes.keySet()).containsExactlyElementsOf(model.layers().keySet());
    assertThat(shapes.get("lstm")).isEqualTo(Shape.of(6, 5));
    assertThat(shapes.get("over_time")).isEqualTo(Shape.of(3, 3));
    assertThat(shapes.get("dense")).isEqualTo(Shape.of(3, 2));
  }

  @Test
  void each_dropout_draws_masks_of_its_own_whatever_the_others_draw() {
    List<List<Boolean>> dropped = new ArrayList<>();
    for (double before : new double[] {0, 0.5}) {
      Sequential model =
          builder()
              .type(DType.FLOAT64)
              .embedding(10, 4)
              .dropout(before)
              .gru(30)
              .lastState()
              .dropout(0.5)
              .dense(2, Activation.SOFTMAX)
              .build();
      Pass training =
          Pass.training(
              ReferenceBackend.INSTANCE,
              new Workspace(DType.FLOAT64),
              new Tape(),
              new RandomStream(8));
      model.logits(
          training,
          batch(),
          (name, output) -> {
            if (name.equals("dropout_2")) {
              dropped.add(Arrays.stream(output.toArray()).mapToObj(x -> x == 0).toList());
            }
          });
    }

    assertThat(dropped.get(1)).isEqualTo(dropped.get(0)).contains(true, false);
  }

  @Test
  void another_type_has_the_same_weights_and_nearly_the_same_predictions() {
    Sequential single = stack().build();
    Sequential full = single.to(DType.FLOAT64);
    RandomStream random = new RandomStream(1);
    Sequences texts = Sequences.pack(Draw.texts(random, 20, 12, 10));

    assertThat(full.type()).isEqualTo(DType.FLOAT64);
    assertThat(Bits.sha256(full)).isEqualTo(Bits.sha256(single));
    assertThat(Bits.sha256(full.to(DType.FLOAT32))).isEqualTo(Bits.sha256(single));
    double[] expected = full.predict(texts).toArray();
    assertThat(single.predict(texts).toArray()).containsExactly(expected, within(1e-6));
    full.parameter("dense.bias").value().fill(9);
    assertThat(single.parameter("dense.bias").value().toArray()).containsOnly(0);
  }

  @Test
  void an_unknown_parameter_is_refused_with_the_known_ones() {
    Sequential model = stack().build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.parameter("gru_3.bias"))
        .withMessage("Expected a parameter of " + model.parameters().keySet() + ", got gru_3.bias");
  }

  @Test
  void layers_and_parameters_cannot_be_exchanged_from_outside() {
    Sequential model = stack().build();

    assertThat(List.of(model.layers(), model.parameters()))
        .allSatisfy(
            map ->
                assertThatThrownBy(() -> new ArrayList<>(map.keySet()).forEach(map::remove))
                    .isInstanceOf(UnsupportedOperationException.class));
  }

  @Test
  void layers_of_one_name_are_refused() {
    LayerSpec second = new Renamed("gru_2", Gru.spec(3));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder()
                    .embedding(10, 4)
                    .gru(3)
                    .gru(3)
                    .layer(second)
                    .lastState()
                    .dense(1, Activation.SIGMOID)
                    .build())
        .withMessage("Expected layers of different names, got gru_2 twice");
  }

  /** A layer under another name. */
  private record Renamed(String type, LayerSpec of) implements LayerSpec {
    @Override
    public Map<String, Object> settings() {
      return of.settings();
    }

    @Override
    public Signal output(Signal input) {
      return of.output(input);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return of.create(input, weights);
    }
  }
}
