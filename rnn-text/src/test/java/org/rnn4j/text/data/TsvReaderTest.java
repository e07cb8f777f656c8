package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class TsvReaderTest {
  @TempDir Path folder;

  private Path file(String content) {
    return TestFiles.write(folder.resolve("data.tsv"), content);
  }

  private Path file(byte[] content) {
    return TestFiles.write(folder.resolve("data.tsv"), content);
  }

  private static DataException error(TsvReader reader, Path file) {
    return catchThrowableOfType(DataException.class, () -> reader.read(file));
  }

  private void expectError(Path file, String message) {
    expectError(new TsvReader(), file, message);
  }

  private void expectError(TsvReader reader, Path file, String message) {
    assertThat(error(reader, file)).hasMessage(file + message);
  }

  @Test
  void lines_of_label_and_text_are_read_in_order() {
    LabelledTexts texts = new TsvReader().read(file("1\tgood\n0\tbad film\n1\tfine\n"));
    assertThat(texts.labels()).containsExactly("0", "1");
    assertThat(texts.examples())
        .containsExactly(
            new LabelledText("good", "1"),
            new LabelledText("bad film", "0"),
            new LabelledText("fine", "1"));
    assertThat(texts.labelNumber(0)).isEqualTo(1);
    assertThat(texts.labelNumber(1)).isZero();
  }

  @Test
  void the_last_line_needs_no_end() {
    assertThat(new TsvReader().read(file("1\ta\n0\tb")).texts()).containsExactly("a", "b");
  }

  @Test
  void line_ends_of_windows_are_read() {
    assertThat(new TsvReader().read(file("1\ta\r\n0\tb\r\n")).texts()).containsExactly("a", "b");
  }

  @Test
  void only_line_feeds_end_lines_and_quotes_mean_nothing() {
    String text = "\"a\rb\u0085c\u2028d\u000be\0 \"";
    assertThat(new TsvReader().read(file("1\t" + text + "\n0\tx\n")).texts())
        .containsExactly(text, "x");
  }

  @Test
  void an_empty_text_is_a_text() {
    assertThat(new TsvReader().read(file("1\t\n0\tx\n")).texts()).containsExactly("", "x");
  }

  @Test
  void gzip_is_told_by_its_bytes_not_by_its_name() {
    assertThat(new TsvReader().read(file(TestFiles.gzip("1\tgood\n"))).texts())
        .containsExactly("good");
    Path plain = TestFiles.write(folder.resolve("plain.tsv.gz"), "1\tgood\n");
    assertThat(new TsvReader().read(plain).texts()).containsExactly("good");
  }

  @Test
  void a_gzip_file_of_two_members_is_read_to_its_end() {
    byte[] first = TestFiles.gzip("1\ta\n");
    byte[] second = TestFiles.gzip("0\tb\n");
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(new TsvReader().read(file(both)).texts()).containsExactly("a", "b");
  }

  @Test
  void a_byte_order_mark_is_skipped() {
    assertThat(new TsvReader().read(file("\uFEFF1\tgood\n")).labels()).containsExactly("1");
  }

  @Test
  void columns_are_found_by_number() {
    Columns columns = Columns.numbered(2, 0).withGroup("1");
    assertThat(new TsvReader(columns).read(file("good\tfilm 7\tyes\n")).examples())
        .containsExactly(new LabelledText("good", "yes", "film 7"));
  }

  @Test
  void columns_are_found_by_name() {
    Columns columns = Columns.named("sentiment", "review").withGroup("film");
    assertThat(
            new TsvReader(columns).read(file("film\treview\tsentiment\n7\tgood\tyes\n")).examples())
        .containsExactly(new LabelledText("good", "yes", "7"));
  }

  @Test
  void a_header_can_be_passed_over_by_number() {
    Columns columns = Columns.numbered(0, 1).withHeader(true);
    assertThat(new TsvReader(columns).read(file("label\ttext\n1\tgood\n")).texts())
        .containsExactly("good");
  }

  @Test
  void characters_of_every_width_survive_every_buffer_border() {
    String text =
        IntStream.range(0, 40_000)
            .mapToObj(i -> List.of("a", "é", "€", "😀").get((i * 7 + i / 5) % 4))
            .collect(Collectors.joining());
    for (int shift = 0; shift < 4; shift++) {
      String shifted = "x".repeat(shift) + text;
      assertThat(new TsvReader().read(file("1\t" + shifted + "\n")).texts())
          .containsExactly(shifted);
    }
  }

  @Test
  void a_missing_file_is_named() {
    Path file = folder.resolve("nowhere.tsv");
    expectError(file, ": expected a file, got none of that name");
    assertThat(error(new TsvReader(), file).file()).isEqualTo(file.toString());
    assertThat(error(new TsvReader(), file).line()).isEmpty();
  }

  @Test
  void a_folder_is_no_file() {
    expectError(folder, ": expected a file, got a folder");
  }

  @Test
  void an_empty_file_is_refused() {
    expectError(file(""), ": expected at least one row, got an empty file");
    expectError(file("\uFEFF"), ": expected at least one row, got an empty file");
    expectError(file(TestFiles.gzip("")), ": expected at least one row, got an empty file");
  }

  @Test
  void a_header_alone_is_refused() {
    expectError(
        new TsvReader(Columns.named("label", "text")),
        file("label\ttext\n"),
        ": expected at least one row, got a header only");
  }

  @Test
  void the_line_with_too_few_or_too_many_columns_is_named() {
    expectError(
        file("1\ta\n0\tb\tc\n"),
        ", line 2: expected 2 columns separated by tabs, as in line 1, got 3");
    expectError(
        file("1\ta\n0\tb\n0 c\n"),
        ", line 3: expected 2 columns separated by tabs, as in line 1, got 1");
    expectError(
        file("1\ta\n\n0\tb\n"),
        ", line 2: expected 2 columns separated by tabs, as in line 1, got an empty line");
    DataException error = error(new TsvReader(), file("1\ta\n\n"));
    assertThat(error.line()).hasValue(2);
    assertThat(error.expected()).isEqualTo("2 columns separated by tabs, as in line 1");
    assertThat(error.actual()).isEqualTo("an empty line");
  }

  @Test
  void a_column_that_is_not_there_is_named() {
    expectError(
        file("1,good\n"),
        ", line 1: expected a column 1 (counted from 0) for the text, separated by tabs, got 1"
            + " column");
    expectError(
        new TsvReader(Columns.named("sentiment", "text")),
        file("label\ttext\n1\tgood\n"),
        ", line 1: expected a column named \"sentiment\" for the label, got the columns [label,"
            + " text]");
    expectError(
        new TsvReader(Columns.named("label", "text")),
        file("label\ttext\ttext\n1\tgood\tbad\n"),
        ", line 1: expected one column named \"text\" for the text, got the columns [label, text,"
            + " text]");
  }

  @Test
  void a_first_row_that_is_no_header_is_not_taken_for_names() {
    String told =
        ", line 1: expected a column named \"label\" for the label, got a first row that looks like"
            + " data; without a header give the column's number, counted from 0";
    TsvReader reader = new TsvReader(Columns.named("label", "text"));
    expectError(reader, file("1\tgood\n0\tbad\n"), told);
    expectError(reader, file("positive\ta film that I liked\nnegative\ta bad one\n"), told);
    expectError(reader, file("positive\t\nnegative\ta bad one\n"), told);
  }

  @Test
  void an_unknown_or_empty_label_is_named_with_its_line() {
    TsvReader reader = new TsvReader(Columns.numbered(0, 1).withLabels(List.of("0", "1")));
    expectError(
        reader, file("1\ta\n7\tb\n"), ", line 2: expected one of the labels [0, 1], got \"7\"");
    expectError(reader, file("1\ta\n\tb\n"), ", line 2: expected a label, got an empty one");
    expectError(file("1\ta\n\tb\n"), ", line 2: expected a label, got an empty one");
    assertThat(reader.read(file("1\ta\n")).labels()).containsExactly("0", "1");
  }

  @Test
  void a_label_column_that_holds_texts_is_noticed() {
    String content =
        IntStream.rangeClosed(0, 1000)
            .mapToObj(i -> "text " + i + "\t1\n")
            .collect(Collectors.joining());
    expectError(
        file(content),
        ", line 1001: expected at most 1000 different labels, got one more, \"text 1000\"; is the"
            + " label in another column?");
  }

  @Test
  void bytes_that_are_not_utf_8_are_named_with_line_and_offset() {
    expectError(
        file("1\tcaf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1)),
        ", line 1: expected UTF-8 text, got the bytes E9 at offset 5; is the file Latin-1 or"
            + " Windows-1252?");
    expectError(
        file("1\tgood\n".getBytes(StandardCharsets.UTF_16)),
        ", line 1: expected UTF-8 text, got the bytes FE at offset 0; is the file UTF-16?");
    byte[] late = ("1\ta\n".repeat(30_000) + "1\t?\n").getBytes(StandardCharsets.UTF_8);
    late[late.length - 2] = (byte) 0xC3;
    expectError(
        file(late),
        ", line 30001: expected UTF-8 text, got the bytes C3 at offset 120002; is the file Latin-1"
            + " or Windows-1252?");
    byte[] cut = "1\t€".getBytes(StandardCharsets.UTF_8);
    expectError(
        file(Arrays.copyOf(cut, cut.length - 1)),
        ", line 1: expected UTF-8 text, got the bytes E2 82 at offset 2; is the file Latin-1 or"
            + " Windows-1252?");
  }

  @Test
  void surrogates_and_overlong_forms_are_not_utf_8() {
    byte[] surrogate = {'1', '\t', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'};
    assertThat(error(new TsvReader(), file(surrogate)).expected()).isEqualTo("UTF-8 text");
    byte[] overlong = {'1', '\t', (byte) 0xC0, (byte) 0x80, '\n'};
    assertThat(error(new TsvReader(), file(overlong)).expected()).isEqualTo("UTF-8 text");
  }

  @Test
  void a_gzip_file_that_is_cut_off_is_refused_wherever_the_cut_is() {
    String content =
        IntStream.range(0, 2000)
            .mapToObj(i -> i % 2 + "\treview number " + i * 7919L + "\n")
            .collect(Collectors.joining());
    byte[] whole = TestFiles.gzip(content);
    for (int length = 2; length < whole.length; length += length < 40 ? 1 : 997) {
      assertThat(error(new TsvReader(), file(Arrays.copyOf(whole, length))))
          .as("%d of %d bytes", length, whole.length)
          .hasMessageContaining("expected a whole gzip stream, got one that is cut off");
    }
    DataException last = error(new TsvReader(), file(Arrays.copyOf(whole, whole.length - 9)));
    // Two thousand lines in some few blocks: the line is that of the last block decoded.
    assertThat(last.line().orElseThrow()).isBetween(1500L, 2001L);
  }

  @Test
  void a_gzip_file_with_a_wrong_byte_is_refused() {
    byte[] damaged = TestFiles.gzip("1\tgood film\n0\tbad film\n");
    damaged[damaged.length - 6] ^= 1;
    assertThatThrownBy(() -> new TsvReader().read(file(damaged)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a whole gzip stream, got one that is damaged");
  }

  @Test
  void messages_are_one_line_whatever_the_file_holds() {
    TsvReader reader = new TsvReader(Columns.numbered(0, 1).withLabels(List.of("0", "1")));
    assertThat(error(reader, file("a\u0085\r" + "b".repeat(99) + "\tx\n")))
        .hasMessageEndingWith("got \"a\\u0085\\u000D" + "b".repeat(57) + "…\"");
  }

  @Test
  void one_column_is_read_for_itself() {
    Path file = file("pos/1_9\t9\ttt01\nneg/2_3\t3\ttt02\n");
    assertThat(TsvReader.readColumn(file, 2)).containsExactly("tt01", "tt02");
    assertThatThrownBy(() -> TsvReader.readColumn(file, 3))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ", line 1: expected a column 3 (counted from 0)");
  }

  @Test
  void groups_come_from_a_companion_file_row_by_row() {
    LabelledTexts texts =
        LabelledTexts.of(List.of(new LabelledText("a", "1"), new LabelledText("b", "0")));
    assertThat(TsvReader.withGroups(texts, file("x\ttt01\ny\ttt02\n"), 1).examples())
        .containsExactly(new LabelledText("a", "1", "tt01"), new LabelledText("b", "0", "tt02"));
    Path longer = file("x\tg\nx\tg\nx\tg\n");
    assertThatThrownBy(() -> TsvReader.withGroups(texts, longer, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            longer
                + ": expected one row for each of 2 texts, got 3 rows; does it belong to another"
                + " file?");
  }
}
