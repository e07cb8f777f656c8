package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.io.ModelFile;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;

/** A process that trains is killed again and again, and started again. */
@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "simd",
    disabledReason = "starts eleven JVMs, with scalar kernels; once is enough")
class KilledTrainingTest {
  private static final int KILLS = 10;

  /** Of 240 steps: that ten kills come before the end, and each goes on from a later place. */
  private static final int MOST_STEPS = 20;

  @TempDir Path folder;

  @Test
  void killed_at_ten_random_moments_it_ends_with_the_bytes_of_one_that_never_was()
      throws Exception {
    Sequential model = ResumedTraining.model(DType.FLOAT32);
    History history = ResumedTraining.trainer(model).fit(ResumedTraining.examples("training", 240));
    assertThat(history.ending()).isEqualTo(History.Ending.COMPLETED);
    Path expected = folder.resolve("expected");
    ModelFile.save(expected, model, Map.of());

    RandomStream random = new RandomStream(12);
    List<String> starts = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      starts.add(killedAfter(2 + random.nextInt(MOST_STEPS - 1), random.nextInt(10_000)));
      assertThat(folder.resolve("model")).doesNotExist();
    }
    Process last = process();
    String output = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(last.waitFor()).as(output).isZero();
    assertThat(output).endsWith("saved" + System.lineSeparator());

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("files, among them nothing half written")
          .containsExactlyInAnyOrder("expected", "model", "checkpoint", ".checkpoint.lock");
    }
    assertThat(starts.get(0)).isEqualTo("from 0 0");
    assertThat(starts).filteredOn(start -> !start.equals("from 0 0")).hasSizeGreaterThan(7);
    assertThat(output).doesNotContain("from 0 0");
    assertThat(Files.readAllBytes(folder.resolve("model")))
        .as("the model of a training that was killed and went on %s", starts)
        .isEqualTo(Files.readAllBytes(expected));
  }

  /** Starts the training, kills it a moment after some steps, and says where it had gone on. */
  private String killedAfter(int steps, int microseconds) throws Exception {
    Process process = process();
    String start;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      start = output.readLine();
      for (int step = 0; step < steps; step++) {
        assertThat(output.readLine()).isEqualTo("step");
      }
      assertThatThrownBy(() -> saving().fit(ResumedTraining.examples("training", 240)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("The checkpoint " + folder.resolve("checkpoint") + " is in use");
      assertThat(process.waitFor(microseconds, TimeUnit.MICROSECONDS)).isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as("the exit code of a killed process").isNotZero();
    return start;
  }

  private Trainer saving() {
    return ResumedTraining.trainer(ResumedTraining.model(DType.FLOAT32))
        .checkpoints(Checkpoints.at(folder.resolve("checkpoint")));
  }

  private Process process() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-D" + KernelSelection.PROPERTY + "=scalar",
            "-cp",
            System.getProperty("java.class.path"),
            ResumedTraining.class.getName(),
            folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
