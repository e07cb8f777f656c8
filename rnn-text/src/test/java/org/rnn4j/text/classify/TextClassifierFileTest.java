package org.rnn4j.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.backend.Activation;
import org.rnn4j.io.ModelFile;
import org.rnn4j.io.ModelFileException;
import org.rnn4j.layer.Activations;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.LayerTypes;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.Signal;
import org.rnn4j.layer.Weights;
import org.rnn4j.text.TextCleaner;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Tokenizer;
import org.rnn4j.text.Truncation;

class TextClassifierFileTest {
  private static final TextClassifier CLASSIFIER =
      SmallClassifiers.untrained(2, "négatif ☹", "\"positif\"");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  private void saveWith(Map<String, String> metadata) throws IOException {
    ModelFile.save(file(), CLASSIFIER.model(), metadata);
  }

  private void expectError(String message) {
    assertThatThrownBy(() -> TextClassifier.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(file() + ": " + message);
  }

  @Test
  void what_was_saved_is_loaded_and_saved_again_byte_for_byte() throws IOException {
    CLASSIFIER.save(file());
    TextClassifier loaded = TextClassifier.load(file());
    assertThat(loaded.labels()).containsExactly("négatif ☹", "\"positif\"");
    assertThat(loaded.pipeline()).isEqualTo(CLASSIFIER.pipeline());
    List<String> texts = SmallClassifiers.reviews(50, 7).texts();
    assertThat(loaded.predictAll(texts)).isEqualTo(CLASSIFIER.predictAll(texts));
    Path again = folder.resolve("again.safetensors");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file());
  }

  @Test
  void every_setting_of_the_pipeline_travels_in_the_file() throws IOException {
    TextPipeline pipeline =
        TextPipeline.builder()
            .cleaner(TextCleaner.none())
            .tokenizer(Tokenizer.wordsOnly())
            .truncation(Truncation.keepFirst(3))
            .minimumFrequency(1)
            .fit(List.of("One two THREE", "❤ 😀"));
    new TextClassifier(pipeline, SmallClassifiers.network(pipeline.vocabulary().size(), 1))
        .save(file());
    assertThat(TextClassifier.load(file()).pipeline()).isEqualTo(pipeline);
  }

  @Test
  void a_network_without_a_pipeline_or_labels_is_no_classifier() throws IOException {
    saveWith(Map.of());
    expectError(
        "expected a text classifier with its text pipeline (metadata rnn4j.pipeline), got a network"
            + " without; was it saved by TextClassifier.save?");
    saveWith(Map.of("rnn4j.pipeline", CLASSIFIER.pipeline().toJson()));
    expectError(
        "expected a text classifier with its labels (metadata rnn4j.labels), got a network without;"
            + " was it saved by TextClassifier.save?");
  }

  @Test
  void a_pipeline_or_labels_that_make_no_sense_are_named() throws IOException {
    String pipeline = CLASSIFIER.pipeline().toJson();
    saveWith(
        Map.of(
            "rnn4j.pipeline",
            pipeline.replace("\"version\":1", "\"version\":2"),
            "rnn4j.labels",
            "[\"a\",\"b\"]"));
    expectError(
        "not a text classifier that can be used: Expected a pipeline of version 1, got version 2");
    saveWith(Map.of("rnn4j.pipeline", pipeline, "rnn4j.labels", "[\"a\"]"));
    expectError(
        "not a text classifier that can be used: Expected 2 different labels, one for each class of"
            + " the network, got [a]");
    saveWith(Map.of("rnn4j.pipeline", pipeline, "rnn4j.labels", "[1,2]"));
    expectError(
        "not a text classifier that can be used: Expected a list of texts as rnn4j.labels, got"
            + " [1,2]");
    saveWith(Map.of("rnn4j.pipeline", "{", "rnn4j.labels", "[\"a\",\"b\"]"));
    assertThatThrownBy(() -> TextClassifier.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(
            file() + ": not a text classifier that can be used: Not valid JSON: ")
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void a_missing_file_is_named() {
    assertThatThrownBy(() -> TextClassifier.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file() + ": ");
  }

  @Test
  void a_network_with_a_layer_of_a_program_s_own_is_loaded_through_its_type() throws IOException {
    int ids = CLASSIFIER.pipeline().vocabulary().size();
    Sequential model =
        Sequential.builder(5)
            .embedding(ids, 3)
            .layer(new OwnGru(4))
            .lastState()
            .dense(2, Activation.SOFTMAX)
            .build();
    TextClassifier saved = new TextClassifier(CLASSIFIER.pipeline(), model);
    saved.save(file());

    TextClassifier loaded =
        TextClassifier.load(
            file(), LayerTypes.standard().with("own_gru", s -> new OwnGru(s.whole("hidden"))));

    assertThat(loaded.predict("not bad")).isEqualTo(saved.predict("not bad"));
    assertThatThrownBy(() -> TextClassifier.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("got own_gru");
  }

  /** A GRU under another name. */
  private record OwnGru(int hidden) implements LayerSpec {
    @Override
    public String type() {
      return "own_gru";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("hidden", hidden);
    }

    @Override
    public Signal output(Signal input) {
      return Gru.spec(hidden).output(input);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      Layer gru = Gru.spec(hidden).create(input, weights);
      return new Layer() {
        @Override
        public LayerSpec spec() {
          return OwnGru.this;
        }

        @Override
        public List<Parameter> parameters() {
          return gru.parameters();
        }

        @Override
        public Activations forward(Pass pass, Activations activations) {
          return gru.forward(pass, activations);
        }
      };
    }
  }
}
