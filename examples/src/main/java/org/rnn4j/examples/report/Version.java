package org.rnn4j.examples.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which version of rnn4j this is: a resource that the build fills in. */
public final class Version {
  private static final String RESOURCE = "version.txt";

  private Version() {}

  /** The version of the build, 1.2.3 for instance. */
  public static String number() {
    try (InputStream stream =
        Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
