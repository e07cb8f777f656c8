package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same work in JVMs of every vector width gives the same bits. */
@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "simd",
    disabledReason = "starts JVMs of its own for every kind of kernels; once is enough")
class VectorWidthTest {
  private static final String VECTOR_FLAG = "--add-modules=jdk.incubator.vector";

  @Test
  void results_are_the_same_at_every_vector_width_and_without_vectors() throws Exception {
    Map<String, String> checksums = new TreeMap<>();
    run(checksums, "-Drnn.kernels=scalar");
    for (int bytes = 16; bytes <= 64; bytes *= 2) {
      run(checksums, "-Drnn.kernels=simd", VECTOR_FLAG, "-XX:MaxVectorSize=" + bytes);
    }
    assertThat(checksums).containsKeys("scalar", "simd-128");
    assertThat(checksums.values())
        .as("checksums by kernels: %s", checksums)
        .containsOnly(checksums.get("scalar"));
  }

  private static void run(Map<String, String> checksums, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), KernelWorkload.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("exit code of %s, which printed%n%s", command, output)
        .isZero();
    String[] line =
        output
            .lines()
            .filter(l -> l.startsWith("checksum "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(output))
            .split(" ");
    // A machine without vectors of the width asked for takes its widest, once more.
    assertThat(line[2]).isEqualTo(checksums.getOrDefault(line[1], line[2]));
    checksums.put(line[1], line[2]);
  }
}
