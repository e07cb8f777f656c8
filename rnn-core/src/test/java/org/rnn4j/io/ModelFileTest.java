package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Activations;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.LayerTypes;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.Signal;
import org.rnn4j.layer.Weights;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;

class ModelFileTest {

  @TempDir Path folder;

  static Stream<Sequential> networks() {
    return Stream.of(DType.values())
        .flatMap(type -> Stream.of(Models.everyLayer(type, 7), Models.nestedLayers(type, 7)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_loaded_network_is_the_saved_one(Sequential model) throws Exception {
    DType type = model.type();
    Map<String, String> metadata = Map.of("vocabulary", "[\"a\",\"ü\"]", "labels", "no\nyes");

    ModelFile.save(file(), model, metadata);
    ModelFile loaded = ModelFile.load(file());

    assertThat(loaded.metadata()).isEqualTo(metadata);
    assertThat(loaded.model().configuration()).isEqualTo(model.configuration());
    assertThat(loaded.model().seed()).isEqualTo(7);
    assertThat(loaded.model().parameters().keySet())
        .containsExactlyElementsOf(model.parameters().keySet());
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              Parameter same = loaded.model().parameter(name);
              assertThat(same.value().type()).isEqualTo(type);
              assertThat(same.value().shape()).isEqualTo(parameter.value().shape());
              assertThat(same.value().toArray()).isEqualTo(parameter.value().toArray());
              assertThat(same.isDifferentiable()).as(name).isEqualTo(parameter.isDifferentiable());
            });
    assertThat(loaded.model().predict(Models.TEXTS).toArray())
        .isEqualTo(model.predict(Models.TEXTS).toArray());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void recurrent_layers_of_every_setting_are_loaded_as_they_were_saved(DType type)
      throws Exception {
    Sequential model = Models.recurrentLayers(type, 7);
    ModelFile.save(file(), model, Map.of());

    Sequential loaded = ModelFile.load(file()).model();

    assertThat(loaded.configuration()).isEqualTo(model.configuration());
    assertThat(loaded.parameters().keySet())
        .contains(
            "bidirectional.forward.input_weights",
            "bidirectional_2.backward.bias",
            "lstm.projection");
    assertThat(loaded.predict(Models.TEXTS).toArray())
        .isEqualTo(model.predict(Models.TEXTS).toArray());
  }

  @Test
  void what_is_saved_are_the_weights_of_the_moment_and_not_those_of_the_seed() throws Exception {
    Sequential model = Models.tiny(1);
    model.parameter("gru.bias").value().fill(0.75);

    ModelFile.save(file(), model, Map.of());

    assertThat(ModelFile.load(file()).model().parameter("gru.bias").value().toArray())
        .containsExactly(0.75, 0.75, 0.75);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void save_load_save_gives_equal_bytes(DType type) throws Exception {
    ModelFile.save(file(), Models.everyLayer(type, 7), Map.of("b", "2", "a", "1"));
    ModelFile loaded = ModelFile.load(file());
    Path again = folder.resolve("again.safetensors");

    ModelFile.save(again, loaded.model(), loaded.metadata());

    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file()));
  }

  @Test
  void the_order_of_the_given_metadata_does_not_matter() throws Exception {
    Map<String, String> forwards = new LinkedHashMap<>();
    Map<String, String> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forwards.put("key" + i, "value");
      backwards.put("key" + (19 - i), "value");
    }
    Path again = folder.resolve("again.safetensors");

    ModelFile.save(file(), Models.tiny(1), forwards);
    ModelFile.save(again, Models.tiny(1), backwards);

    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file()));
  }

  @Test
  void the_weights_stand_under_readable_names() throws Exception {
    ModelFile.save(file(), Models.everyLayer(DType.FLOAT32, 7), Map.of());

    assertThat(SafeTensors.read(file()).tensors().keySet())
        .containsExactly(
            "embedding.table",
            "lstm.input_weights",
            "lstm.recurrent_weights",
            "lstm.bias",
            "gru.input_weights",
            "gru.recurrent_weights",
            "gru.bias",
            "gru_2.input_weights",
            "gru_2.recurrent_weights",
            "gru_2.bias",
            "gru_2.recurrent_bias",
            "dense.weights",
            "dense.bias",
            "dense_2.weights",
            "dense_2.bias");
    assertThat(SafeTensors.read(file()).metadata().keySet())
        .containsExactly("rnn4j.crc32", "rnn4j.version", "rnn4j.model");
  }

  @Test
  void the_checksum_is_that_of_the_file_with_zeros_in_its_place() throws Exception {
    ModelFile.save(file(), Models.tiny(1), Map.of("note", "x"));

    String digits = SafeTensors.read(file()).metadata().get("rnn4j.crc32");
    // Latin-1 keeps every byte.
    String text = Files.readString(file(), StandardCharsets.ISO_8859_1);
    byte[] zeroed = text.replaceFirst(digits, "00000000").getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(zeroed);
    assertThat(digits).isEqualTo("%08x".formatted(sum.getValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn4j.sha256", "rnn4j.crc32", "rnn4j.version", "rnn4j.model"})
  void metadata_under_a_name_of_the_file_s_own_are_refused(String name) {
    assertThatThrownBy(() -> ModelFile.save(file(), Models.tiny(1), Map.of(name, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "[rnn4j.sha256, rnn4j.crc32, rnn4j.version, rnn4j.model], got " + name);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void metadata_that_look_like_a_checksum_or_a_header_are_only_texts() throws Exception {
    Map<String, String> metadata =
        Map.of("a\"rnn4j.crc32", "0".repeat(64), "b", "\"rnn4j.crc32\":\"" + "1".repeat(64) + "\"");

    ModelFile.save(file(), Models.tiny(1), metadata);

    assertThat(ModelFile.load(file()).metadata()).isEqualTo(metadata);
  }

  @Test
  void a_layer_of_a_program_s_own_is_loaded_through_its_type() throws Exception {
    Sequential model =
        Sequential.builder(3)
            .embedding(10, 2)
            .layer(new ScaleSpec(1.5))
            .lastState()
            .dense(1, Activation.SIGMOID)
            .build();
    LayerTypes types =
        LayerTypes.standard().with("scale", settings -> new ScaleSpec(settings.number("start")));

    ModelFile.save(file(), model, Map.of());

    Sequential loaded = ModelFile.load(file(), types).model();
    assertThat(loaded.configuration()).isEqualTo(model.configuration());
    assertThat(loaded.parameter("scale.factor").value().toArray()).containsExactly(1.5, 1.5);
    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file() + ": rnn4j.model: Expected a layer type of ")
        .hasMessageEndingWith("got scale");
  }

  /** A layer that only a test has: a factor for each feature that nothing is multiplied by. */
  private record ScaleSpec(double start) implements LayerSpec {
    @Override
    public String type() {
      return "scale";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("start", start);
    }

    @Override
    public Signal output(Signal input) {
      return input;
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      Parameter factor =
          weights.parameter("factor", true, Initializer.constant(start), input.width());
      return new Layer() {
        @Override
        public LayerSpec spec() {
          return ScaleSpec.this;
        }

        @Override
        public List<Parameter> parameters() {
          return List.of(factor);
        }

        @Override
        public Activations forward(Pass pass, Activations activations) {
          return activations;
        }
      };
    }
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }
}
