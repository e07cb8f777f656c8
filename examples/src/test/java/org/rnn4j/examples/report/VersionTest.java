package org.rnn4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void the_version_is_that_of_the_build() throws IOException {
    Matcher pom =
        Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(pom.find()).as("a version in pom.xml").isTrue();

    assertThat(Version.number()).isEqualTo(pom.group(1));
  }
}
