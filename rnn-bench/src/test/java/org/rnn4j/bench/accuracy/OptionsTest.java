package org.rnn4j.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.json.Json;

class OptionsTest {
  @TempDir Path folder;

  private static Options parse(String... more) {
    List<String> all = new ArrayList<>(List.of("--data", "d", "--out", "o", "--python", "p"));
    all.addAll(List.of(more));
    return Options.parse(all.toArray(String[]::new));
  }

  @Test
  void a_preset_is_changed_by_what_is_told_of_its_settings() {
    Options options = parse("--preset", "twitter-gru", "--with", "dropout=0.3", "--epochs", "2");

    assertThat(options.name).isEqualTo("twitter-gru");
    assertThat(options.design())
        .isEqualTo(
            Preset.TWITTER_GRU.design().with("dropout", 0.3).with(TrainingSettings.EPOCHS, 2));
    assertThat(options.seeds).containsExactly(1L);
    assertThat(options.bucketed).isTrue();
    assertThat(options.stock).isFalse();
  }

  @Test
  void a_design_comes_from_a_file_as_json_or_as_words() throws Exception {
    Design design = Preset.MOVIE_LSTM.design();
    Path json = Files.writeString(folder.resolve("a.json"), Json.write(design.toMap()));
    Path words = Files.writeString(folder.resolve("a.txt"), design.toString());

    assertThat(parse("--design", json.toString()).design()).isEqualTo(design);
    assertThat(parse("--design", words.toString()).design()).isEqualTo(design);
    assertThat(parse("--design", words.toString()).name).isEqualTo("a.txt");
  }

  @Test
  void seeds_are_a_list() {
    assertThat(parse("--preset", "imdb-gru", "--seeds", "1,-2,30").seeds)
        .containsExactly(1L, -2L, 30L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--preset none | Expected a preset of",
        "--preset imdb-gru --design a | Expected one of --preset and --design, got both",
        "--design /no/file | Expected a design in /no/file",
        "--preset imdb-gru --with dropout | Expected name=value after --with, got dropout",
        "--preset imdb-gru --with dropout=2 | dropout: expected a number from 0 to below 1",
        "--preset imdb-gru --seeds 1,x | Expected a whole number after --seeds, got x",
        "--preset imdb-gru --limit 0 | Expected a whole number of 1 or more after --limit, got 0",
        "--preset imdb-gru --validation 1 | Expected a share between 0 and 1 after --validation",
        "--preset imdb-gru --threads | Expected a value after --threads, got none",
        "--preset imdb-gru --no 1 | Unknown option --no",
        "--limit 5 | Expected the option --preset or --design, got none",
      })
  void what_is_not_as_expected_is_said(String arguments, String message) {
    assertThatThrownBy(() -> parse(arguments.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
