package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class CsvReaderTest {
  @TempDir Path folder;

  private Path file(String content) {
    return TestFiles.write(folder.resolve("data.csv"), content);
  }

  private void expectError(CsvReader reader, Path file, String message) {
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + message);
  }

  @Test
  void columns_are_found_by_name_in_any_order() {
    LabelledTexts texts =
        new CsvReader().read(file("id,text,label\n1,good,yes\n2,\"bad, very bad\",no\n"));
    assertThat(texts.examples())
        .containsExactly(new LabelledText("good", "yes"), new LabelledText("bad, very bad", "no"));
    assertThat(texts.labels()).containsExactly("no", "yes");
  }

  @Test
  void columns_are_found_by_number() {
    CsvReader reader = new CsvReader(Columns.numbered(1, 0));
    assertThat(reader.read(file("good,1\nbad,0\n")).examples())
        .containsExactly(new LabelledText("good", "1"), new LabelledText("bad", "0"));
  }

  @Test
  void quoted_fields_hold_commas_quotes_and_line_ends() {
    CsvReader reader = new CsvReader(Columns.numbered(0, 1));
    assertThat(reader.read(file("1,\"say \"\"no\"\",\nthen\"\r\n0,\"\"\n")).texts())
        .containsExactly("say \"no\",\nthen", "");
  }

  @Test
  void gzip_and_a_byte_order_mark_are_read() {
    Path file =
        TestFiles.write(folder.resolve("data.csv"), TestFiles.gzip("\uFEFFlabel,text\n1,good\n"));
    assertThat(new CsvReader().read(file).texts()).containsExactly("good");
  }

  @Test
  void characters_of_every_width_survive_every_buffer_border() {
    String text =
        IntStream.range(0, 60_000)
            .mapToObj(i -> List.of("a", "é", "€", "😀").get((i * 7 + i / 5) % 4))
            .collect(Collectors.joining());
    for (int shift = 0; shift < 2; shift++) {
      String shifted = "x".repeat(shift) + text;
      assertThat(new CsvReader().read(file("label,text\n1," + shifted + "\n")).texts())
          .containsExactly(shifted);
    }
  }

  @Test
  void errors_name_the_line_a_row_starts_at() {
    expectError(
        new CsvReader(),
        file("label,text\n1,\"two\nlines\"\n1\n"),
        ", line 4: expected 2 columns separated by commas, as in line 1, got 1");
    expectError(
        new CsvReader(Columns.named("label", "text").withLabels(List.of("0", "1"))),
        file("label,text\n1,\"two\nlines\"\n2,x\n"),
        ", line 4: expected one of the labels [0, 1], got \"2\"");
    expectError(
        new CsvReader(),
        file("label,text\n1,a\n\n1,b\n"),
        ", line 3: expected 2 columns separated by commas, as in line 1, got an empty line");
  }

  @Test
  void a_missing_column_is_named_with_those_there_are() {
    expectError(
        new CsvReader(),
        file("sentiment,text\n1,a\n"),
        ", line 1: expected a column named \"label\" for the label, got the columns [sentiment,"
            + " text]");
  }

  @Test
  void a_quote_that_is_not_closed_is_refused() {
    Path file = file("label,text\n1,\"good\n0,bad\n");
    assertThatThrownBy(() -> new CsvReader().read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ", line 2: expected well-formed CSV, got ")
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void text_behind_a_closing_quote_is_refused() {
    Path file = file("label,text\n1,\"two\nlines\"\n1,\"good\" film\n");
    assertThatThrownBy(() -> new CsvReader().read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ", line 4: expected well-formed CSV, got ");
  }

  @Test
  void an_unreadable_file_is_refused_as_any_other() {
    expectError(new CsvReader(), file(""), ": expected at least one row, got an empty file");
    expectError(
        new CsvReader(), folder.resolve("x.csv"), ": expected a file, got none of that name");
    expectError(
        new CsvReader(), file("label,text\n"), ": expected at least one row, got a header only");
    expectError(
        new CsvReader(),
        TestFiles.write(
            folder.resolve("latin.csv"), "label,text\n1,é\n".getBytes(StandardCharsets.ISO_8859_1)),
        ", line 2: expected UTF-8 text, got the bytes E9 at offset 13; is the file Latin-1 or"
            + " Windows-1252?");
  }
}
