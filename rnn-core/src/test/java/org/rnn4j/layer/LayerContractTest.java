package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.json.Json;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Layout;

/**
 * What every layer promises, held against each of them. Gradients are {@link LayerGradientTest}'s.
 */
class LayerContractTest {
  /** Settings that came later: a file without them means what it meant before. */
  private static final Set<String> HAVE_DEFAULTS =
      Set.of(
          "unit",
          "initial_limit",
          "word_dropout",
          "projection",
          "cell_clip",
          "projection_clip",
          "backwards",
          "recurrent_dropout",
          "truncation");

  static List<LayerCase> layers() {
    return LayerCase.all();
  }

  static Stream<Arguments> layersAndTypes() {
    return layers().stream()
        .flatMap(layer -> Arrays.stream(DType.values()).map(type -> Arguments.of(layer, type)));
  }

  private static Backend backend(DType type) {
    return type == DType.FLOAT32
        ? new FastBackend(KernelSelection.kernels())
        : ReferenceBackend.INSTANCE;
  }

  private static Pass inference(DType type) {
    return Pass.inference(backend(type), new Workspace(type));
  }

  private static Variable forward(
      LayerCase layerCase, Pass pass, Sequences sequences, Tensor features) {
    Layer layer = layerCase.create(features.type(), 1);
    Variable x = Variable.constant(features);
    return layer.forward(pass, layerCase.activations(sequences, x)).values();
  }

  @Test
  void every_type_of_layer_is_held_to_the_contract() {
    assertThat(layers().stream().map(layer -> layer.spec().type()).collect(Collectors.toSet()))
        .isEqualTo(LayerTypes.standard().names());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void the_output_has_the_shape_that_the_spec_tells(LayerCase layerCase, DType type) {
    Signal output = layerCase.spec().output(layerCase.input());

    for (Layout layout : Layout.values()) {
      Sequences sequences = layerCase.sequences(layout, 1);
      Tensor x = layerCase.features(type, sequences, LayerCase.WIDTH, 1);
      Tensor y = forward(layerCase, inference(type), sequences, x).value();
      int rows = output.form() == Signal.Form.TEXTS ? sequences.batch() : sequences.tokens();
      assertThat(y.shape().dimensions()).as("%s", layout).containsExactly(rows, output.width());
      assertThat(y.type()).isEqualTo(type);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void a_text_is_bit_equal_alone_and_in_a_batch(LayerCase layerCase, DType type) {
    Sequences sequences = layerCase.sequences(Layout.RAGGED, 1);
    Tensor x = layerCase.features(type, sequences, LayerCase.WIDTH, 1);
    Tensor y = forward(layerCase, inference(type), sequences, x).value();

    for (int row = 0; row < sequences.batch(); row++) {
      int[] ids = new int[sequences.length(row)];
      for (int t = 0; t < ids.length; t++) {
        ids[t] = sequences.id(sequences.offset(t) + row);
      }
      Tensor ownX = rowsOf(layerCase.input().form(), sequences, row, x);
      Signal.Form outputForm = layerCase.spec().output(layerCase.input()).form();
      Tensor ownY = rowsOf(outputForm, sequences, row, y);
      Tensor alone = forward(layerCase, inference(type), Sequences.pack(ids), ownX).value();
      assertThat(alone.toArray()).containsExactly(ownY.toArray());
    }
  }

  /** The rows of a value that belong to one text, in reading order. */
  private static Tensor rowsOf(Signal.Form form, Sequences sequences, int row, Tensor value) {
    boolean texts = form == Signal.Form.TEXTS;
    int count = texts ? 1 : sequences.length(row);
    Tensor own = Tensor.zeros(value.type(), count, value.columns());
    for (int t = 0; t < count; t++) {
      int from = texts ? sequences.original(row) : sequences.offset(t) + row;
      for (int j = 0; j < value.columns(); j++) {
        own.set(t, j, value.get(from, j));
      }
    }
    return own;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void settings_make_the_round_trip_through_json(LayerCase layerCase) {
    LayerSpec spec = layerCase.spec();
    LayerSpec expected =
        spec instanceof Embedding.Spec embedding
            ? new Embedding.Spec(
                embedding.vocabulary(),
                embedding.size(),
                embedding.trainable(),
                null,
                embedding.initialLimit(),
                embedding.wordDropout(),
                embedding.unknown())
            : spec;
    Map<String, Object> settings = Json.parseObject(Json.write(spec.settings()));

    LayerSpec read = LayerTypes.standard().spec(spec.type(), settings);

    assertThat(read).isEqualTo(expected);
    assertThat(Json.write(read.settings())).isEqualTo(Json.write(spec.settings()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void a_setting_that_is_missing_or_of_another_kind_is_named(LayerCase layerCase) {
    LayerSpec spec = layerCase.spec();
    for (String setting : spec.settings().keySet()) {
      Map<String, Object> missing = new LinkedHashMap<>(spec.settings());
      missing.remove(setting);
      if (!HAVE_DEFAULTS.contains(setting)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> LayerTypes.standard().spec(spec.type(), missing))
            .withMessageContaining(
                "Expected the setting " + setting + " of the layer " + spec.type())
            .withMessageEndingWith("got null");
      }
      Map<String, Object> strange = new LinkedHashMap<>(spec.settings());
      strange.put(setting, "strange");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LayerTypes.standard().spec(spec.type(), strange))
          .withMessageContaining("Expected the setting " + setting + " of the layer " + spec.type())
          .withMessageEndingWith("got strange");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void a_setting_that_it_does_not_have_is_refused(LayerCase layerCase) {
    LayerSpec spec = layerCase.spec();
    Map<String, Object> more = new LinkedHashMap<>(spec.settings());
    more.put("warmth", 0.3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTypes.standard().spec(spec.type(), more))
        .withMessage(
            "Expected no setting warmth of the layer %s, got 0.3; a newer version may have written"
                + " it",
            spec.type());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void the_same_seed_gives_the_same_weights(LayerCase layerCase, DType type) {
    List<Parameter> once = layerCase.create(type, 5).parameters();
    List<Parameter> again = layerCase.create(type, 5).parameters();
    List<Parameter> rounded = layerCase.create(DType.FLOAT64, 5).parameters();

    for (int i = 0; i < once.size(); i++) {
      double[] values = once.get(i).value().toArray();
      assertThat(again.get(i).name()).isEqualTo(once.get(i).name());
      assertThat(again.get(i).value().toArray()).containsExactly(values);
      assertThat(rounded.get(i).value().to(type).toArray()).containsExactly(values);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void another_seed_gives_other_weights_where_weights_are_drawn(LayerCase layerCase) {
    boolean drawn =
        !layerCase.create(DType.FLOAT64, 5).parameters().isEmpty()
            && !(layerCase.spec() instanceof LayerNorm.Spec)
            && !(layerCase.spec() instanceof Embedding.Spec spec && spec.vectors() != null);

    assertThat(allWeights(layerCase, 6).equals(allWeights(layerCase, 5))).isEqualTo(!drawn);
  }

  private static List<Double> allWeights(LayerCase layerCase, long seed) {
    List<Double> weights = new ArrayList<>();
    for (Parameter parameter : layerCase.create(DType.FLOAT64, seed).parameters()) {
      Arrays.stream(parameter.value().toArray()).forEach(weights::add);
    }
    return weights;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void parameters_have_names_of_their_own(LayerCase layerCase) {
    assertThat(layerCase.create(DType.FLOAT32, 1).parameters())
        .extracting(Parameter::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("([a-z_]+(_[2-9])?[.])*[a-z_]+"));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void inference_does_not_record(LayerCase layerCase, DType type) {
    Sequences sequences = layerCase.sequences(Layout.RAGGED, 1);
    Tensor x = layerCase.features(type, sequences, LayerCase.WIDTH, 1);

    Variable y = forward(layerCase, inference(type), sequences, x);

    assertThat(y.isDifferentiable()).isFalse();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void recording_gives_the_same_bits_as_inference(LayerCase layerCase, DType type) {
    Sequences sequences = layerCase.sequences(Layout.RAGGED, 1);
    Tensor x = layerCase.features(type, sequences, LayerCase.WIDTH, 1);
    Tape tape = new Tape();
    Pass recording = Pass.recording(backend(type), new Workspace(type), tape);

    Variable recorded = forward(layerCase, recording, sequences, x);

    boolean trainable =
        layerCase.create(type, 1).parameters().stream().anyMatch(Parameter::isDifferentiable);
    assertThat(recorded.isDifferentiable()).isEqualTo(trainable);
    assertThat(tape.size() > 0).isEqualTo(trainable);
    assertThat(recorded.value().toArray())
        .containsExactly(forward(layerCase, inference(type), sequences, x).value().toArray());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void the_input_is_left_as_it_was(LayerCase layerCase, DType type) {
    Sequences sequences = layerCase.sequences(Layout.RAGGED, 1);
    Tensor x = layerCase.features(type, sequences, LayerCase.WIDTH, 1);
    double[] before = x.toArray();
    Pass training =
        Pass.training(backend(type), new Workspace(type), new Tape(), new RandomStream(1));

    forward(layerCase, training, sequences, x);

    assertThat(x.toArray()).containsExactly(before);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layersAndTypes")
  void another_width_is_refused_with_expected_and_actual(LayerCase layerCase, DType type) {
    Sequences sequences = layerCase.sequences(Layout.RAGGED, 1);
    int width = LayerCase.WIDTH + 1;
    Tensor x = layerCase.features(type, sequences, width, 1);

    if (layerCase.fixesWidth()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> forward(layerCase, inference(type), sequences, x))
          .withMessage(
              "Expected %s to be given rows of width %d, got %s",
              layerCase.spec().type(), LayerCase.WIDTH, x.shape());
    } else if (layerCase.input().form() != Signal.Form.IDS) {
      assertThat(forward(layerCase, inference(type), sequences, x).value().columns())
          .isEqualTo(width);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void another_form_is_refused_before_weights_are_drawn(LayerCase layerCase) {
    LayerSpec spec = layerCase.spec();
    boolean anyRows =
        spec instanceof Dense.Spec
            || spec instanceof LayerNorm.Spec
            || (spec instanceof Residual.Spec residual
                && residual.layers().get(0) instanceof Dense.Spec)
            || (spec instanceof Dropout.Spec dropout && dropout.unit() == Dropout.Unit.VALUE);
    for (Signal other : List.of(Signal.ids(), Signal.tokens(3), Signal.texts(3))) {
      boolean reads =
          anyRows ? other.form() != Signal.Form.IDS : other.form() == layerCase.input().form();
      if (!reads) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> spec.output(other))
            .withMessageMatching("Expected [a-z_]+( of a [A-Z]+)? to follow .*")
            .withMessageEndingWith("got " + other);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void values_of_another_form_are_refused(LayerCase layerCase) {
    Layer layer = layerCase.create(DType.FLOAT32, 1);
    Variable rows = Variable.constant(Tensor.zeros(DType.FLOAT32, 2, LayerCase.WIDTH));
    Pass pass = inference(DType.FLOAT32);

    if (layerCase.input().form() == Signal.Form.IDS) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.forward(pass, Activations.texts(rows)))
          .withMessage("Expected values for each token, got one row a text");
      return;
    }
    boolean passesAnything = layerCase.spec() instanceof Dropout.Spec;
    if (!passesAnything) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.forward(pass, Activations.ids(Sequences.pack(new int[] {1}))))
          .withMessageContaining("got token ids; an embedding must come first");
    }
    if (layer.spec() instanceof RecurrentSpec
        || layer.spec() instanceof Bidirectional.Spec
        || layer.spec() instanceof OverTime.Spec
        || layer.spec() instanceof Attention.Spec) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.forward(pass, Activations.texts(rows)))
          .withMessage("Expected values for each token, got one row a text");
    }
  }

  @Test
  void rows_that_are_not_one_a_token_are_refused() {
    Variable rows = Variable.constant(Tensor.zeros(DType.FLOAT32, 2, 4));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activations.tokens(Sequences.ofLengths(2, 1), rows))
        .withMessage("Expected 3 rows, one a token, got [2, 4]");
  }
}
