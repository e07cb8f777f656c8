package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

/** A process that searches is killed again and again, and started again. */
@RunsOnce
class KilledSearchTest {
  private static final int KILLS = 5;

  @TempDir Path folder;

  @Test
  void killed_at_random_moments_it_ends_with_the_bytes_of_one_that_never_was() throws Exception {
    Path whole = folder.resolve("whole");
    String expected = KilledSearch.search().journal(whole).run(SearchTest::score).toJson();

    RandomStream random = new RandomStream(4);
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter(4 + random.nextInt(10), random.nextInt(3000));
      assertThat(folder.resolve("result")).doesNotExist();
    }
    long known =
        Files.readString(folder.resolve("journal")).chars().filter(c -> c == '\n').count() - 1;
    assertThat(known).isBetween(10L, 79L);
    Process last = process();
    String output = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(last.waitFor()).as(output).isZero();

    assertThat(folder.resolve("result")).hasContent(expected);
    assertThat(folder.resolve("journal")).hasSameBinaryContentAs(whole);
    assertThat(output.lines().filter("fold"::equals))
        .as("folds scored again")
        .hasSize((int) (80 - known));
  }

  /** Starts the search and kills it a moment after some folds. */
  private void killAfter(int folds, int microseconds) throws Exception {
    Process process = process();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (int fold = 0; fold < folds; fold++) {
        assertThat(output.readLine()).isEqualTo("fold");
      }
      assertThat(process.waitFor(microseconds, TimeUnit.MICROSECONDS)).isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process process() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            KilledSearch.class.getName(),
            folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
