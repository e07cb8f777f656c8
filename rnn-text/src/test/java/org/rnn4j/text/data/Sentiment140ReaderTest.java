package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.text.data.ReadReport.Skipped;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class Sentiment140ReaderTest {
  @TempDir Path folder;

  private static String row(String polarity, String user, String text) {
    return String.format(
        "\"%s\",\"1467\",\"Mon Apr 06 22:19:45 PDT 2009\",\"NO_QUERY\",\"%s\",\"%s\"\n",
        polarity, user, text);
  }

  private Sentiment140Reader.Result read(String content) {
    return new Sentiment140Reader().read(file(content));
  }

  private Path file(String content) {
    return TestFiles.write(
        folder.resolve("tweets.csv"), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void polarity_0_and_4_become_the_labels_0_and_1() {
    Sentiment140Reader.Result result =
        read(row("0", "anna", "bad, \"\"so\"\" bad") + row("4", "bob", "café"));
    assertThat(result.texts().examples())
        .containsExactly(
            new LabelledText("bad, \"so\" bad", "0", "anna"), new LabelledText("café", "1", "bob"));
    assertThat(result.texts().labels()).containsExactly("0", "1");
    assertThat(result.report()).hasToString("2 of 2 rows kept");
  }

  @Test
  void neutral_and_stray_rows_are_reported_with_their_first_line() {
    Sentiment140Reader.Result result =
        read(
            row("4", "a", "x")
                + row("2", "a", "neutral")
                + "stray\n"
                + row("2", "a", "neutral")
                + "\n"
                + row("7", "a", "x")
                + "\"0\",\"never closed\n"
                + row("0", "a", "y"));
    assertThat(result.texts().texts()).containsExactly("x", "y");
    assertThat(result.report())
        .isEqualTo(
            new ReadReport(
                8,
                2,
                List.of(
                    new Skipped("neutral (polarity 2)", 2, 2),
                    new Skipped("not 6 columns", 1, 3),
                    new Skipped("an empty line", 1, 5),
                    new Skipped("a polarity other than 0, 2 and 4", 1, 6),
                    new Skipped("not well-formed CSV", 1, 7))))
        .hasToString(
            "2 of 8 rows kept; 2 skipped: neutral (polarity 2) (first at line 2); 1 skipped: not 6"
                + " columns (first at line 3); 1 skipped: an empty line (first at line 5); 1"
                + " skipped: a polarity other than 0, 2 and 4 (first at line 6); 1 skipped: not"
                + " well-formed CSV (first at line 7)");
  }

  @Test
  void one_class_alone_keeps_the_names_of_both() {
    assertThat(read(row("4", "a", "x")).texts().labelNumber(0)).isEqualTo(1);
  }

  @Test
  void a_file_without_a_single_tweet_is_refused() {
    Path file = file("1\tgood\n0\tbad\n");
    assertThatThrownBy(() -> new Sentiment140Reader().read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": expected rows of Sentiment140 (polarity 0 or 4, id, date, query, user, text),"
                + " got 0 of 2 rows kept; 2 skipped: not 6 columns (first at line 1)");
  }
}
