package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
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
 * The same training in JVMs of their own, with scalar kernels and with SIMD ones of at most 16, 32
 * and 64 bytes, with 1, 2 and 3 threads, on JDK 17 and 25 where they are found: the running one,
 * those in folders beside it, and those that the property {@code rnn.jdks} lists, separated as in a
 * class path.
 */
@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "simd",
    disabledReason = "starts JVMs of its own for every kind of kernels; once is enough")
class ReproducibilityAcrossJvmsTest {
  private static final List<Integer> VERSIONS = List.of(17, 25);

  /** Kernels by name, with the flags that ask for them. */
  private static final Map<String, List<String>> KERNELS = new LinkedHashMap<>();

  static {
    KERNELS.put("scalar", List.of("-Drnn.kernels=scalar"));
    for (int bytes : new int[] {16, 32, 64}) {
      KERNELS.put(
          "SIMD of at most " + bytes + " bytes",
          List.of(
              "-Drnn.kernels=simd",
              "--add-modules=jdk.incubator.vector",
              "-XX:MaxVectorSize=" + bytes));
    }
  }

  @Test
  void the_weights_are_the_same_with_every_jdk_kernel_vector_width_and_number_of_threads()
      throws Exception {
    Map<Integer, Path> jdks = jdks();
    assertThat(jdks).containsKey(Runtime.version().feature());
    Map<Network, String> expected = new EnumMap<>(Network.class);
    List<String> differing = new ArrayList<>();
    Map<String, Future<List<String>>> children = new LinkedHashMap<>();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      jdks.forEach(
          (version, home) ->
              KERNELS.forEach(
                  (name, flags) ->
                      children.put(
                          "JDK " + version + ", " + name, two.submit(() -> child(home, flags)))));
      for (Network network : Network.values()) {
        expected.put(network, SmallTraining.digest(network, 2));
      }
      for (Map.Entry<String, Future<List<String>>> child : children.entrySet()) {
        compare(child.getKey(), child.getValue().get(), expected, differing);
      }
    } finally {
      two.shutdownNow();
    }
    assertThat(differing).as("trainings that differ from this JVM's, %s", expected).isEmpty();
  }

  /** Adds to a list which of the digests that a JVM printed differ, and fails where one lacks. */
  private static void compare(
      String jvm, List<String> output, Map<Network, String> expected, List<String> differing) {
    Map<String, String> digests = new TreeMap<>();
    String kernels = "no kernels";
    for (String line : output) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "kernels" -> kernels = words[1];
        case "digest" -> digests.put(words[1] + " " + words[2], words[3]);
        default -> {} // what a JVM says of its flags
      }
    }
    assertThat(kernels).as(jvm).startsWith(jvm.contains("scalar") ? "scalar" : "simd-");
    assertThat(digests).as(jvm).hasSize(3 * expected.size());
    for (Network network : Network.values()) {
      for (int threads = 1; threads <= 3; threads++) {
        String digest = digests.get(network + " " + threads);
        if (!expected.get(network).equals(digest)) {
          differing.add(
              String.format("%s (%s), %s, %d threads: %s", jvm, kernels, network, threads, digest));
        }
      }
    }
  }

  /** What a JVM of its own prints. */
  private static List<String> child(Path home, List<String> flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java(home).toString());
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SmallTraining.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("exit code of %s, which printed%n%s", command, output)
        .isZero();
    return output.lines().toList();
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
