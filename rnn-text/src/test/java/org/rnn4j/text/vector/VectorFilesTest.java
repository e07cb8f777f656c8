package org.rnn4j.text.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.Vocabulary.UnknownTokens;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.TestFiles;

/** Good and bad files of each format. */
class VectorFilesTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("good", "bad", "é"), UnknownTokens.KEEP);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("vectors");
  }

  private WordVectors read(VectorFormat format, byte[] content) {
    return WordVectors.read(TestFiles.write(file(), content), format, WORDS);
  }

  private WordVectors read(VectorFormat format, String content) {
    return read(format, content.getBytes(StandardCharsets.UTF_8));
  }

  private void expectError(VectorFormat format, byte[] content, String message) {
    assertThatThrownBy(() -> read(format, content))
        .isInstanceOf(DataException.class)
        .hasMessage(file() + message);
  }

  /** A header and rows as word2vec writes them. */
  private static byte[] binary(String header, boolean lineFeeds, Object... rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((header + "\n").getBytes(StandardCharsets.UTF_8));
    for (Object part : rows) {
      if (part instanceof String word) {
        bytes.writeBytes((word + " ").getBytes(StandardCharsets.UTF_8));
      } else if (part instanceof float[] numbers) {
        ByteBuffer floats = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(numbers);
        bytes.writeBytes(floats.array());
        if (lineFeeds) {
          bytes.write('\n');
        }
      }
    }
    return bytes.toByteArray();
  }

  private static float[] row(float... numbers) {
    return numbers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void expectGoodAndBad(WordVectors vectors) {
    assertThat(vectors.dimension()).isEqualTo(3);
    assertThat(vectors.fileRows()).isEqualTo(3);
    assertThat(vectors.vector("good")).containsExactly(0.5f, -2f, 3e-5f);
    assertThat(vectors.vector("é")).containsExactly(1f, 2f, 3f);
    assertThat(vectors.contains("bad")).isFalse();
  }

  private static final String ROWS = "good 0.5 -2 3e-05\nother 1 1 1\né 1 2. +3.0\n";

  @Test
  void every_format_is_read_plain_or_gzip() {
    expectGoodAndBad(read(VectorFormat.GLOVE, ROWS));
    expectGoodAndBad(read(VectorFormat.GLOVE, TestFiles.gzip(ROWS)));
    expectGoodAndBad(read(VectorFormat.GLOVE, ROWS.replace("\n", "\r\n").strip()));
    expectGoodAndBad(read(VectorFormat.WORD2VEC_TEXT, "3 3\n" + ROWS));
    // fastText ends each row with a space.
    expectGoodAndBad(read(VectorFormat.WORD2VEC_TEXT, "3 3\n" + ROWS.replace("\n", " \n")));
    for (boolean lineFeeds : new boolean[] {false, true}) {
      byte[] binary =
          binary(
              "3 3",
              lineFeeds,
              "good",
              row(0.5f, -2, 3e-5f),
              "other",
              row(1, 1, 1),
              "é",
              row(1, 2, 3));
      expectGoodAndBad(read(VectorFormat.WORD2VEC_BINARY, binary));
      expectGoodAndBad(read(VectorFormat.WORD2VEC_BINARY, TestFiles.gzip(binary)));
    }
  }

  @Test
  void the_format_and_the_dimension_are_seen_from_the_first_lines() {
    expectSeen(bytes(ROWS), VectorFormat.GLOVE);
    expectSeen(bytes("3 3\r\n" + ROWS.replace("\n", "\r\n")), VectorFormat.WORD2VEC_TEXT);
    expectSeen(bytes("3 3\n"), VectorFormat.WORD2VEC_TEXT);
    for (boolean lineFeeds : new boolean[] {false, true}) {
      byte[] numbers = binary("2 3", lineFeeds, "good", row(0.5f, -2, 3e-5f), "bad", row(1, 1, 1));
      expectSeen(numbers, VectorFormat.WORD2VEC_BINARY);
      expectSeen(TestFiles.gzip(numbers), VectorFormat.WORD2VEC_BINARY);
    }

    TestFiles.write(file(), bytes(ROWS));
    assertThatThrownBy(() -> VectorFormat.WORD2VEC_TEXT.dimension(file()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1: expected a header of two whole numbers");
    TestFiles.write(file(), new byte[0]);
    assertThatThrownBy(() -> VectorFormat.of(file()))
        .hasMessage(file() + ": expected vectors, got an empty file");
  }

  private void expectSeen(byte[] content, VectorFormat format) {
    TestFiles.write(file(), content);
    assertThat(VectorFormat.of(file())).isEqualTo(format);
    assertThat(format.dimension(file())).isEqualTo(3);
  }

  @Test
  void numbers_whose_bytes_are_line_feeds_and_spaces_are_numbers() {
    float spaces = Float.intBitsToFloat(0x20202020);
    float lineFeeds = Float.intBitsToFloat(0x0A0A0A0A);
    WordVectors vectors =
        read(
            VectorFormat.WORD2VEC_BINARY,
            binary("2 1", false, "good", row(lineFeeds), "bad", row(spaces)));
    assertThat(vectors.vector("good")).containsExactly(lineFeeds);
    assertThat(vectors.vector("bad")).containsExactly(spaces);
  }

  @Test
  void of_rows_of_one_word_the_first_counts() {
    WordVectors vectors = read(VectorFormat.GLOVE, "good 1\ngood 2\nother 3\nother 4\ngood 5\n");
    assertThat(vectors.vector("good")).containsExactly(1f);
    assertThat(vectors.duplicates()).isEqualTo(2);
    vectors =
        read(VectorFormat.WORD2VEC_BINARY, binary("2 1", true, "good", row(1), "good", row(2)));
    assertThat(vectors.vector("good")).containsExactly(1f);
    assertThat(vectors.duplicates()).isEqualTo(1);
  }

  @Test
  void words_may_hold_spaces_and_odd_characters() {
    WordVectors vectors =
        read(VectorFormat.GLOVE, "\u0085 1 2\n. . . 1 2\nat a@b.c 1 2\n\u00A0 3 4\ngood 5 6\n");
    assertThat(vectors.fileRows()).isEqualTo(5);
    assertThat(vectors.vector("good")).containsExactly(5f, 6f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          good 1 2~bad 1~          | , line 2: expected a word and 2 numbers, as in line 1, got 1 in "bad 1"
          good 1 2~bad 1 2 3~      | , line 2: expected a word and 2 numbers, as in line 1, got 3 in "bad 1 2 3"
          good 1 2~~bad 1 2~       | , line 2: expected a word and 2 numbers, as in line 1, got an empty line
          good 1 2~ 1 2~           | , line 2: expected a word and 2 numbers, as in line 1, got 2 in " 1 2"
          good 1 2~bad 1 x~        | , line 2: expected a finite number as number 2 of "bad", got "x"
          good 1 2~other 1 nan~    | , line 2: expected a finite number as number 2 of "other", got "nan"
          good 1 1e99~             | , line 1: expected a finite number as number 2 of "good", got "1e99"
          good 1 2f~               | , line 1: expected a finite number as number 2 of "good", got "2f"
          good 1  2~               | , line 1: expected a finite number as number 2 of "good", got ""
          good~                    | , line 1: expected a word and its numbers, separated by spaces, got "good"
          good 1,0 2,0~            | , line 1: expected a finite number as number 1 of "good", got "1,0"
          2 3~good 1 2 3~          | , line 2: expected a word and 1 numbers, as in line 1, got 3 in "good 1 2 3"; is the first line a header, and the file word2vec's?
          """)
  void a_bad_row_is_named_with_its_line(String content, String message) {
    expectError(VectorFormat.GLOVE, bytes(content.replace('~', '\n')), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3 2~good 1 2~bad 1 2~    | : expected 3 words of 2 numbers, as the header says, got 2 rows; was it copied to its end?
          1 2~good 1 2~bad 1 2~    | : expected 1 words of 2 numbers, as the header says, got 2 rows; was it copied to its end?
          1 3~good 1 2~            | , line 2: expected a word and 3 numbers, as the header says, got 2 in "good 1 2"
          1 1~good 1 2~            | , line 2: expected a word and 1 numbers, as the header says, got 2 in "good 1 2"
          1~good 1 2~              | , line 1: expected a header of two whole numbers, how many words and how many numbers each (at most 100000), got "1"
          0 2~                     | , line 1: expected a header of two whole numbers, how many words and how many numbers each (at most 100000), got "0 2"
          5 9999999~               | , line 1: expected a header of two whole numbers, how many words and how many numbers each (at most 100000), got "5 9999999"
          good 1 2~bad 1 2~        | , line 1: expected a header of two whole numbers, how many words and how many numbers each (at most 100000), got "good 1 2"; is it a GloVe file, which has no header?
          """)
  void a_header_that_disagrees_is_named(String content, String message) {
    expectError(VectorFormat.WORD2VEC_TEXT, bytes(content.replace('~', '\n')), message);
  }

  @Test
  void a_binary_file_that_ends_early_is_named_with_the_word() {
    byte[] whole = binary("2 2", true, "good", row(1, 2), "bad", row(3, 4));
    String expected =
        ": expected 2 words of 2 numbers, as the header says, got the end of the file";
    String where = "; was it copied to its end?";
    expectError(
        VectorFormat.WORD2VEC_BINARY,
        Arrays.copyOf(whole, whole.length - 3),
        expected + " in word 2 (\"bad\")" + where);
    expectError(
        VectorFormat.WORD2VEC_BINARY,
        Arrays.copyOf(whole, whole.length - 10),
        expected + " in word 2" + where);
    byte[] gzip = TestFiles.gzip(whole);
    assertThatThrownBy(
            () -> read(VectorFormat.WORD2VEC_BINARY, Arrays.copyOf(gzip, gzip.length - 12)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            file() + ": expected a whole gzip stream, got one that is cut off or damaged (");
  }

  @Test
  void a_binary_file_that_goes_on_behind_its_words_is_refused() {
    expectError(
        VectorFormat.WORD2VEC_BINARY,
        binary("1 2", true, "good", row(1, 2), "bad", row(3, 4)),
        ": expected 1 words of 2 numbers, as the header says, got more bytes behind the last of"
            + " them");
  }

  @Test
  void a_binary_file_of_other_bytes_is_refused() {
    expectError(
        VectorFormat.WORD2VEC_BINARY,
        binary("1 2", true, "good", row(1, Float.NaN)),
        ": expected a finite number as number 2 of word 1, got NaN for \"good\"; is the file"
            + " word2vec's binary form?");
    byte[] latin = binary("1 2", true, "x", row(1, 2));
    latin[4] = (byte) 0xE9;
    expectError(
        VectorFormat.WORD2VEC_BINARY,
        latin,
        ": expected words in UTF-8, got other bytes in word 1; is the file word2vec's binary"
            + " form?");
    expectError(
        VectorFormat.WORD2VEC_BINARY,
        bytes("1 2\n" + "x".repeat(20_000)),
        ": expected words of at most 10000 bytes, got a longer one as word 1; is the file"
            + " word2vec's binary form?");
    assertThatThrownBy(() -> read(VectorFormat.WORD2VEC_BINARY, "good 1 2\n"))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("got \"good 1 2\"; is it a GloVe file, which has no header?");
  }

  @Test
  void text_that_is_not_utf_8_is_named_with_its_line() {
    expectError(
        VectorFormat.GLOVE,
        "good 1\ncaf\u00E9 2\n".getBytes(StandardCharsets.ISO_8859_1),
        ", line 2: expected UTF-8 text, got the bytes E9 at offset 10; is the file Latin-1 or"
            + " Windows-1252?");
  }

  @Test
  void a_file_that_is_missing_or_empty_is_named() {
    for (VectorFormat format : VectorFormat.values()) {
      assertThatThrownBy(() -> WordVectors.read(folder.resolve("none"), format, WORDS))
          .isInstanceOf(DataException.class)
          .hasMessageEndingWith("none: expected a file, got none of that name");
      assertThatThrownBy(() -> WordVectors.read(folder, format, WORDS))
          .isInstanceOf(DataException.class)
          .hasMessage(folder + ": expected a file, got a folder");
    }
    expectError(VectorFormat.GLOVE, new byte[0], ": expected at least one row, got an empty file");
  }
}
