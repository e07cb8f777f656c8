package org.rnn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.GradientCheck;

class SmallProgramsTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void the_first_program_learns_what_not_does() throws IOException {
    assertThat(printedBy(() -> FirstProgram.main(new String[0])).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("your film was good: positive, "),
            line -> assertThat(line).startsWith("my song was not bad: positive, "),
            line -> assertThat(line).startsWith("their book was not good: negative, "));
  }

  @Test
  void the_attention_program_looks_at_the_word_that_judges() throws IOException {
    assertThat(printedBy(() -> WhereItLooks.main(new String[0])).lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("the opera was great: positive"),
            line -> assertThat(weight(line, "the")).isLessThan(0.3),
            line -> assertThat(weight(line, "opera")).isLessThan(0.3),
            line -> assertThat(weight(line, "was")).isLessThan(0.3),
            line -> assertThat(weight(line, "great")).isGreaterThan(0.5));
  }

  @Test
  void the_search_ranks_what_it_tried_and_uses_the_best() throws IOException {
    List<String> lines =
        printedBy(
                () -> {
                  try {
                    FindSettings.main(new String[0]);
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                })
            .lines()
            .toList();
    assertThat(lines).hasSize(12);
    assertThat(lines.subList(0, 9).stream().map(line -> line.substring(0, 5)).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(Double.parseDouble(lines.get(0).substring(0, 5))).isGreaterThan(0.8);
    assertThat(lines.get(9)).matches("[+]0[.][0-9]{3} ± 0[.][0-9]{3} over the usual");
    assertThat(lines.get(10)).matches("0[.][0-9]{3} by halving  .*units.*");
    assertThat(Double.parseDouble(lines.get(10).substring(0, 5))).isGreaterThan(0.8);
    assertThat(lines.get(11)).isIn("positive", "negative");
  }

  @Test
  void the_scoring_program_says_how_good_a_network_is_on_texts_it_has_not_learnt(
      @TempDir Path folder) throws IOException {
    Path file = folder.resolve("texts.tsv");
    Files.writeString(
        file, "1\ta good film\n0\ta bad film\n1\tgood acting\n0\tbad acting\n".repeat(16), UTF_8);

    List<String> lines =
        printedBy(() -> HowGood.main(new String[] {file.toString()})).lines().toList();

    assertThat(lines.get(0)).startsWith("16 texts, accuracy 100.00 % (80.64 to 100.00 %), loss 0.");
    assertThat(lines).anyMatch(line -> line.startsWith("macroF1 1.000 (1.000 to 1.000)"));
  }

  private static double weight(String line, String word) {
    assertThat(line).startsWith(word + " ");
    return Double.parseDouble(line.substring(word.length()).strip());
  }

  @Test
  void the_readme_shows_the_first_program_as_it_stands() throws IOException {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../README.md")));
    assertThat(block.find()).as("a block of Java in README.md").isTrue();

    String source = Files.readString(Path.of("src/main/java/org/rnn4j/examples/FirstProgram.java"));
    assertThat(block.group(1)).isEqualTo(source.replaceFirst("package [a-z0-9.]+;\n\n", ""));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void the_custom_layer_has_the_gradients_of_central_differences(long seed) {
    GradientCheck.Report report = CustomLayer.check(seed);

    assertThat(report.entries()).hasSize(5 * 7 + 7);
    assertThat(report.worst().error()).isLessThan(1e-6);
    assertThat(report.entries()).anyMatch(entry -> Math.abs(entry.analytic()) > 0.01);
  }

  @Test
  void the_custom_layer_program_prints_its_worst_element() throws IOException {
    assertThat(printedBy(() -> CustomLayer.main(new String[0])))
        .startsWith("42 gradients agree with central differences");
  }

  private interface Program {
    void run() throws IOException;
  }

  private static String printedBy(Program program) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8);
  }
}
