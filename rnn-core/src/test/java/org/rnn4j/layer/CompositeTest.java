package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.json.Json;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/** Layers that hold layers, in a network: names, values, files' settings, and what is refused. */
class CompositeTest {
  private static final Sequences TEXTS = Sequences.pack(new int[] {3, 1, 4}, new int[] {1, 5});

  private static Sequential.Builder network() {
    return Sequential.builder(7)
        .type(DType.FLOAT64)
        .layer(
            Concatenate.branch(Embedding.spec(9, 2))
                .branch(Embedding.spec(9, 3).trainable(false), Gru.spec(2)))
        .residual(Gru.spec(4), Residual.spec(Gru.spec(4)))
        .residual(LayerNorm.withDefaults())
        .meanAndMaxOverTime()
        .dense(2, Activation.SOFTMAX);
  }

  @Test
  void parameters_are_named_after_the_layers_around_them() {
    assertThat(network().build().parameters().keySet())
        .containsExactly(
            "concatenate.embedding.table",
            "concatenate.embedding_2.table",
            "concatenate.gru.input_weights",
            "concatenate.gru.recurrent_weights",
            "concatenate.gru.bias",
            "concatenate.gru.recurrent_bias",
            "residual.gru.input_weights",
            "residual.gru.recurrent_weights",
            "residual.gru.bias",
            "residual.gru.recurrent_bias",
            "residual.residual.gru.input_weights",
            "residual.residual.gru.recurrent_weights",
            "residual.residual.gru.bias",
            "residual.residual.gru.recurrent_bias",
            "residual_2.layer_norm.gain",
            "residual_2.layer_norm.bias",
            "dense.weights",
            "dense.bias");
  }

  @Test
  void the_builder_concatenates_branches_as_the_layer_does() {
    Sequential built =
        Sequential.builder(7)
            .embedding(9, 2)
            .concatenate(
                List.of(), List.of(Gru.spec(3), LayerNorm.withDefaults()), List.of(Lstm.spec(2)))
            .meanAndMaxOverTime()
            .dense(2, Activation.SOFTMAX)
            .build();
    Sequential spelled =
        Sequential.builder(7)
            .embedding(9, 2)
            .layer(
                Concatenate.branch()
                    .branch(Gru.spec(3), LayerNorm.withDefaults())
                    .branch(Lstm.spec(2)))
            .layer(
                Concatenate.branch(OverTime.spec(OverTime.Take.MEAN))
                    .branch(OverTime.spec(OverTime.Take.MAX)))
            .dense(2, Activation.SOFTMAX)
            .build();

    assertThat(Json.write(built.configuration())).isEqualTo(Json.write(spelled.configuration()));
    assertThat(built.predict(TEXTS).toArray()).containsExactly(spelled.predict(TEXTS).toArray());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.builder(7).embedding(9, 2).concatenate(List.of()).build())
        .withMessage("Expected concatenate of 2 branches or more, got 1");
  }

  @Test
  void layers_of_one_type_in_different_places_have_weights_of_their_own() {
    Map<String, Parameter> parameters = network().build().parameters();

    double[] outer = parameters.get("residual.gru.input_weights").value().toArray();
    double[] inner = parameters.get("residual.residual.gru.input_weights").value().toArray();
    assertThat(inner).hasSameSizeAs(outer).isNotEqualTo(outer);
  }

  @Test
  void a_network_is_built_again_from_its_configuration_and_weights() {
    Sequential model = network().build();
    String json = Json.write(model.configuration());
    Map<String, Tensor> weights = new LinkedHashMap<>();
    model.parameters().forEach((name, parameter) -> weights.put(name, parameter.value().copy()));

    Sequential again =
        Sequential.fromConfiguration(Json.parseObject(json), LayerTypes.standard(), weights);

    assertThat(Json.write(again.configuration())).isEqualTo(json);
    assertThat(again.predict(TEXTS).toArray()).containsExactly(model.predict(TEXTS).toArray());
    assertThat(again.parameters().get("concatenate.embedding_2.table").isDifferentiable())
        .isFalse();
  }

  @Test
  void a_residual_connection_adds_what_it_is_given() {
    Layer layer =
        Residual.spec(Dense.spec(2, Activation.RELU))
            .create(Signal.tokens(2), Weights.drawn(DType.FLOAT64, new RandomStream(1)));
    layer
        .parameters()
        .get(0)
        .value()
        .assign(Tensor.matrix(DType.FLOAT64, new double[][] {{0, 10}, {1, 0}}));
    Tensor x = Tensor.matrix(DType.FLOAT64, new double[][] {{1, 2}, {-3, -4}});
    Pass pass = Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));

    Activations y =
        layer.forward(pass, Activations.tokens(Sequences.ofLengths(2), Variable.constant(x)));

    assertThat(y.values().value().toArray()).containsExactly(3, 12, -3, -4);
  }

  @Test
  void layers_of_a_programs_own_are_read_inside_others() {
    LayerSpec own = new OwnLayer();
    LayerTypes types = LayerTypes.standard().with("own", settings -> own);
    Map<String, Object> settings = Residual.spec(own).settings();

    assertThat(types.spec("residual", settings)).isEqualTo(Residual.spec(own));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec("residual", settings))
        .withMessageStartingWith("Expected a layer type of [embedding,")
        .withMessageEndingWith("got own");
  }

  /** Gives what it is given; a predictor does not know how. */
  private record OwnLayer() implements LayerSpec {
    @Override
    public String type() {
      return "own";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }

    @Override
    public Signal output(Signal input) {
      return input;
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Layer() {
        @Override
        public LayerSpec spec() {
          return OwnLayer.this;
        }

        @Override
        public List<Parameter> parameters() {
          return List.of();
        }

        @Override
        public Activations forward(Pass pass, Activations given) {
          return given;
        }
      };
    }
  }

  @Test
  void a_predictor_predicts_networks_with_layers_of_a_programs_own_inside_others() {
    Sequential model =
        Sequential.builder(1)
            .embedding(9, 4)
            .residual(new OwnLayer())
            .layer(Concatenate.branch(new OwnLayer()).branch(Gru.spec(2)))
            .meanOverTime()
            .dense(1, Activation.SIGMOID)
            .build();

    assertThat(model.predictor().predict(3, 1)[0])
        .isEqualTo((float) model.predict(Sequences.pack(new int[] {3, 1})).get(0));
  }

  @Test
  void ids_outside_an_inner_vocabulary_are_refused() {
    Sequential model = network().type(DType.FLOAT32).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.requireIds(new int[] {3, 9}, "line 4"))
        .withMessageStartingWith("Expected token ids from 0 to 8, got 9 in line 4");
    assertThatIllegalArgumentException().isThrownBy(() -> model.predictor().predict(9));
  }

  @Test
  void what_cannot_be_put_together_is_refused_before_weights_are_drawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Residual.spec(Gru.spec(4)).output(Signal.tokens(3)))
        .withMessage(
            "Expected the layers inside residual to give what they are given, TOKENS of width 3,"
                + " got TOKENS of width 4; their sum needs rows of one form and width");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Residual.spec(OverTime.spec(OverTime.Take.MEAN)).output(Signal.tokens(3)))
        .withMessageContaining("TOKENS of width 3, got TEXTS of width 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Residual.Spec(List.of()))
        .withMessage("Expected at least one layer inside residual, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Concatenate.branch(Gru.spec(2)).output(Signal.tokens(3)))
        .withMessage("Expected concatenate of 2 branches or more, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Concatenate.branch(Gru.spec(2))
                    .branch(OverTime.spec(OverTime.Take.MAX))
                    .output(Signal.tokens(3)))
        .withMessage(
            "Expected the branches of concatenate to give values of one form, got TOKENS of width"
                + " 2 and TEXTS of width 3; all must sum texts up, or none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Concatenate.branch().branch(Embedding.spec(2, 2)).output(Signal.ids()))
        .withMessage(
            "Expected concatenate to follow an embedding or each branch to begin with one, got"
                + " IDS");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerNorm.withDefaults().epsilon(0))
        .withMessage("Expected epsilon of layer_norm to be greater than 0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(5, 2).wordDropout(0.1, 5))
        .withMessage("Expected unknown of embedding from 0 to 4, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.spec(5, 2).wordDropout(1, 1))
        .withMessage(
            "Expected word_dropout of embedding to be at least 0 and less than 1, got 1.0");
  }

  @Test
  void branches_of_another_form_in_a_file_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LayerTypes.standard().spec("concatenate", Map.of("branches", List.of("gru"))))
        .withMessage(
            "Expected the setting branches of the layer concatenate to be a list of lists, got"
                + " gru");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec("residual", Map.of("layers", List.of("gru"))))
        .withMessage("Expected a layer's type and settings, got gru");
  }
}
