package org.rnn4j.examples.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.examples.demo.DemoCorpus;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;

class PresetTest {
  @TempDir Path folder;

  /** Those that are older than designs have the hashes of models that were trained before. */
  @ParameterizedTest
  @CsvSource({
    "twitter-gru,  6a6f60f2bd94fb52f939954b36375e03f19ee4ce75c168fe1e59d57f02ab257e",
    "twitter-lstm, 17b4c6d104a83b8112af71adc87ef382c0c399cfaf16c12eab2401e166625a78",
    "imdb-gru,     932c5b1371646fe78aab8af4cd8bcc8ce2876cbe02f8cc49232c5d5cba416a1a",
    "imdb-lstm,    4bd0c0e41b0ec452d3bc4f439df492dd6f000ea0e54a8c1e101bee4fbcb0db0c",
    "imdb-best,    d0d0368a94e128d3d364aba7636118116de1e1d6b01ddd3ac542cc97428d6f1a",
    "twitter-attention, ed8f686fae81a9a6e564eefa619d8753b5ba0169d3829299dd13918859427679",
    "movie-lstm,   457f15509080b0ac904a45ee80ad896c0daa554583d917ef03d4c0aea5288be3",
  })
  void a_preset_gives_the_same_model_file_ever_after(String preset, String hash)
      throws IOException, NoSuchAlgorithmException {
    LabelledTexts texts =
        LabelledTexts.of(
            DemoCorpus.generate(1, 80).training().stream()
                .map(review -> new LabelledText(review.text(), review.positive() ? "1" : "0"))
                .toList());
    Split split = Split.stratified(texts, 0.1, 0, 1);
    Design design = Preset.named(preset).design().with(TrainingSettings.EPOCHS, 1);
    Path model = folder.resolve("model");

    design
        .classifier(split.train(), trainer -> trainer.threads(1))
        .fit(split.train(), split.validation())
        .classifier()
        .save(model);

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(hash);
  }

  @ParameterizedTest
  @EnumSource
  void a_preset_goes_together_and_says_what_it_was_made_for(Preset preset) {
    preset.design().check(2, false);

    assertThat(preset.purpose()).isNotBlank();
    assertThat(Preset.named(preset.toString())).isEqualTo(preset);
    assertThat(Design.parse(preset.design().toString())).isEqualTo(preset.design());
  }

  @Test
  void an_unknown_preset_is_told_with_those_that_there_are() {
    assertThatThrownBy(() -> Preset.named("bert"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twitter-gru")
        .hasMessageEndingWith("got bert");
  }
}
