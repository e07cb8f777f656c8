package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.train.SmallTraining.Network;

/**
 * The same training in JVMs of their own, with scalar and with SIMD kernels and 1, 2 and 3 threads,
 * on JDK 17 and 25 where they are found: the running one, those in folders beside it, and those
 * that the property {@code rnn.jdks} lists, separated as in a class path.
 */
@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "simd",
    disabledReason = "starts JVMs of its own for every kind of kernels; once is enough")
class ReproducibilityAcrossJvmsTest {
  private static final List<Integer> VERSIONS = List.of(17, 25);

  @Test
  void the_weights_are_the_same_on_every_jdk_with_every_kernel_and_number_of_threads()
      throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Network network : Network.values()) {
      String digest = SmallTraining.digest(network, 2);
      for (int threads = 1; threads <= 3; threads++) {
        expected.put(network + " " + threads, digest);
      }
    }
    Map<Integer, Path> jdks = jdks();
    assertThat(jdks).containsKey(Runtime.version().feature());

    Map<String, Future<Map<String, String>>> children = new LinkedHashMap<>();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      jdks.forEach(
          (version, home) -> {
            children.put(version + " scalar", two.submit(() -> child(home, "scalar")));
            children.put(version + " simd", two.submit(() -> child(home, "simd")));
          });
      for (Map.Entry<String, Future<Map<String, String>>> child : children.entrySet()) {
        assertThat(child.getValue().get()).as("JDK %s", child.getKey()).isEqualTo(expected);
      }
    } finally {
      two.shutdownNow();
    }
  }

  /** The digests that a JVM of its own prints, by network and number of threads. */
  private static Map<String, String> child(Path home, String kernels)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java(home).toString());
    if (kernels.equals("simd")) {
      command.add("--add-modules=jdk.incubator.vector");
    }
    command.add("-D" + KernelSelection.PROPERTY + "=" + kernels);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SmallTraining.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("exit code of %s, which printed%n%s", command, output)
        .isZero();
    Map<String, String> digests = new TreeMap<>();
    output
        .lines()
        .filter(line -> line.startsWith("digest "))
        .map(line -> line.split(" "))
        .forEach(words -> digests.put(words[1] + " " + words[2], words[3]));
    return digests;
  }

  private static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }

  /** The running JDK under its version, and one JDK of each other version wanted. */
  private static Map<Integer, Path> jdks() throws IOException {
    Path running = Path.of(System.getProperty("java.home")).toRealPath();
    List<Path> candidates = new ArrayList<>();
    for (String listed : System.getProperty("rnn.jdks", "").split(File.pathSeparator)) {
      if (!listed.isBlank()) {
        candidates.add(Path.of(listed));
      }
    }
    if (running.getParent() != null) {
      try (Stream<Path> beside = Files.list(running.getParent())) {
        beside.sorted().forEach(candidates::add);
      }
    }
    Map<Integer, Path> jdks = new TreeMap<>();
    jdks.put(Runtime.version().feature(), running);
    for (Path candidate : candidates) {
      int version = version(candidate);
      if (VERSIONS.contains(version)) {
        jdks.putIfAbsent(version, candidate.toRealPath());
      }
    }
    return jdks;
  }

  /** The feature version of a JDK, or 0 where there is none. */
  private static int version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(java(home)) || !Files.isReadable(release)) {
      return 0;
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    }
    String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
    return Integer.parseInt(version.split("\\D", 2)[0]);
  }
}
