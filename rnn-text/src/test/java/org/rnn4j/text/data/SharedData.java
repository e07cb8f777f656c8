package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The real data sets that lie beside the project. */
public final class SharedData {
  private SharedData() {}

  /**
   * A file of the data sets. Without the system property {@code rnn.shared} the test is skipped;
   * with it, a file that is missing fails the test.
   */
  public static Path file(String name) {
    String shared = System.getProperty("rnn.shared", "");
    assumeTrue(!shared.isBlank(), "The property rnn.shared does not say where the data lie");
    Path file = Path.of(shared).resolve("data").resolve(name);
    assertThat(file).isRegularFile();
    return file;
  }
}
