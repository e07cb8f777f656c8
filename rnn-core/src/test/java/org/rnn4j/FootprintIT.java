package org.rnn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weighs what a user adds by adding rnn-core: its jar and every jar it needs at run time. */
class FootprintIT {

  private static final long LIMIT_BYTES = 4_000_000;

  @Test
  void the_jar_and_all_it_needs_stay_under_four_megabytes() throws Exception {
    Map<String, Long> sizes = new LinkedHashMap<>();
    weigh(sizes, requiredProperty("rnn.jar"));
    for (String jar : requiredProperty("rnn.runtime.classpath").split(File.pathSeparator)) {
      weigh(sizes, jar);
    }

    assertThat(sizes.keySet())
        .as("the class path must name the module and its dependencies, or the sum means nothing")
        .anyMatch(name -> name.startsWith("rnn-core"))
        .anyMatch(name -> name.startsWith("ejml-core"))
        .anyMatch(name -> name.startsWith("jackson-core"));
    assertThat(sizes.values().stream().mapToLong(Long::longValue).sum())
        .as("bytes of %s", sizes)
        .isLessThan(LIMIT_BYTES);
  }

  private static void weigh(Map<String, Long> sizes, String jar) throws Exception {
    Path path = Path.of(jar);
    sizes.put(path.getFileName().toString(), Files.size(path));
  }

  private static String requiredProperty(String name) {
    String value = System.getProperty(name);
    assertThat(value).as("system property %s, set by the build", name).isNotBlank();
    return value;
  }
}
