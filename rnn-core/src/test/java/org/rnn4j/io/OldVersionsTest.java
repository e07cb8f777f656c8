package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.json.Json;

/** Model files that were written once and must load for ever. */
class OldVersionsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_model_file_of_a_version_predicts_what_it_did_when_it_was_written(int version)
      throws Exception {
    ModelFile loaded = ModelFile.load(resource("model_v" + version + ".safetensors"));
    Path json = resource("model_v" + version + ".json");
    Map<String, Object> expected = Json.parseObject(Files.readString(json));

    assertThat(loaded.metadata()).isEqualTo(expected.get("metadata"));
    assertThat((List<?>) expected.get("predictions"))
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              Map<?, ?> prediction = (Map<?, ?>) entry;
              assertThat(OldVersions.probabilities(loaded.model(), ids(prediction.get("text"))))
                  .isEqualTo(prediction.get("probabilities"));
            });
  }

  @Test
  void the_present_version_writes_the_bytes_it_always_wrote() throws Exception {
    Path written = resource("model_v" + ModelFile.VERSION + ".safetensors");
    ModelFile loaded = ModelFile.load(written);
    Path again = folder.resolve("again.safetensors");

    ModelFile.save(again, loaded.model(), loaded.metadata());

    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(written));
  }

  private static List<? extends Number> ids(Object text) {
    return ((List<?>) text).stream().map(Number.class::cast).toList();
  }

  private Path resource(String name) throws Exception {
    Path file = folder.resolve(name);
    try (InputStream stream = OldVersionsTest.class.getResourceAsStream(name)) {
      assertThat(stream).as("the test resource %s", name).isNotNull();
      Files.copy(stream, file);
    }
    return file;
  }
}
