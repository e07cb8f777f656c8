package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.tensor.RandomStream;

/** Whatever ends the saving of a model, the file is the old model or the new one, and whole. */
class InterruptedSaveTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104, 105})
  void a_process_killed_while_it_saves_leaves_a_whole_model(long seed) throws Exception {
    byte[] first = saved(1);
    byte[] second = saved(2);
    RandomStream random = new RandomStream(seed);

    Process process = SavingProcess.command(List.of(), file(), Integer.MAX_VALUE).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (int saves = 1 + random.nextInt(20); saves > 0; saves--) {
        assertThat(output.readLine()).isEqualTo("saved");
      }
      // A moment within the next save, which takes some milliseconds.
      assertThat(process.waitFor(random.nextInt(10_000), TimeUnit.MICROSECONDS)).isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(Files.readAllBytes(file())).isIn(first, second);
    assertThat(ModelFile.load(file()).model().outputs()).isEqualTo(2);
    ModelFile.save(file(), Models.tiny(1), Map.of());
    assertThat(ModelFile.load(file()).model().outputs()).isEqualTo(1);
  }

  @Test
  void a_file_that_cannot_grow_leaves_the_old_model() throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "a shell can limit the size of files");
    ModelFile.save(file(), Models.tiny(1), Map.of());
    byte[] old = Files.readAllBytes(file());

    // 100 blocks of 512 or 1024 bytes: far less than the model, as if the disk were full.
    List<String> limited = List.of(shell.toString(), "-c", "ulimit -f 100 && exec \"$@\"", "sh");
    Process process = SavingProcess.command(limited, file(), 1).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(1);
    assertThat(output).startsWith(file() + ": was not saved: ");
    assertThat(Files.readAllBytes(file())).isEqualTo(old);
    assertThat(names()).containsExactly("model.safetensors");
  }

  @Test
  void a_missing_folder_is_named() {
    Path missing = folder.resolve("none");
    Path file = missing.resolve("model.safetensors");

    assertThatThrownBy(() -> ModelFile.save(file, Models.tiny(1), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "%s: was not saved: %s: expected a folder, found none; create it or check the path"
                .formatted(file, missing));
  }

  @Test
  void a_thread_that_is_interrupted_leaves_the_old_model() throws Exception {
    byte[] old = saved(1);
    Files.write(file(), old);

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ModelFile.save(file(), Models.large(2), Map.of()))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("was not saved: ClosedByInterruptException");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(Files.readAllBytes(file())).isEqualTo(old);
    assertThat(names()).containsExactly("model.safetensors");
  }

  private byte[] saved(long seed) throws IOException {
    Path file = folder.resolve("expected.safetensors");
    ModelFile.save(file, Models.large(seed), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }
}
