package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class AclImdbReaderTest {
  @TempDir Path root;

  private final AclImdbReader reader = new AclImdbReader();

  @BeforeEach
  void layOut() {
    write("train/pos/10_7.txt", "p10");
    write("train/pos/9_10.txt", "p9");
    write("train/pos/0_9.txt", "p0<br />é");
    write("train/neg/2_1.txt", "n2");
    write("train/neg/1_4.txt", "n1\nsecond line");
    write("train/unsup/0_0.txt", "not read");
    write("test/pos/0_8.txt", "test p");
    write("test/neg/0_2.txt", "test n");
  }

  private void write(String name, String content) {
    TestFiles.write(root.resolve(name), content);
  }

  @Test
  void reviews_come_negative_first_by_ascending_id() {
    LabelledTexts texts = reader.readTrain(root);
    assertThat(texts.labels()).containsExactly("0", "1");
    assertThat(texts.examples())
        .containsExactly(
            new LabelledText("n1\nsecond line", "0"),
            new LabelledText("n2", "0"),
            new LabelledText("p0<br />é", "1"),
            new LabelledText("p9", "1"),
            new LabelledText("p10", "1"));
  }

  @Test
  void the_test_half_is_read_by_itself() {
    assertThat(reader.readTest(root).texts()).containsExactly("test n", "test p");
  }

  @Test
  void gzip_reviews_are_read() {
    TestFiles.write(root.resolve("test/pos/1_8.txt.gz"), TestFiles.gzip("packed"));
    assertThat(reader.readTest(root).texts()).containsExactly("test n", "test p", "packed");
  }

  @Test
  void films_are_the_groups_where_their_addresses_lie_beside() {
    String address = "http://www.imdb.com/title/tt00%d/usercomments\n";
    StringBuilder pos = new StringBuilder();
    for (int i = 0; i <= 10; i++) {
      pos.append(String.format(address, i));
    }
    write("train/urls_pos.txt", pos.toString());
    assertThat(reader.readTrain(root).examples())
        .containsExactly(
            new LabelledText("n1\nsecond line", "0", null),
            new LabelledText("n2", "0", null),
            new LabelledText("p0<br />é", "1", "tt000"),
            new LabelledText("p9", "1", "tt009"),
            new LabelledText("p10", "1", "tt0010"));
    write("train/urls_pos.txt", String.format(address, 1));
    assertThatThrownBy(() -> reader.readTrain(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root.resolve("train/urls_pos.txt")
                + ": expected a film at line 10 for 9_10.txt, got 1 lines");
    write("train/urls_pos.txt", "no film\n");
    assertThatThrownBy(() -> reader.readTrain(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root.resolve("train/urls_pos.txt")
                + ", line 1: expected an address with a film's tt number, got \"no film\"");
  }

  @Test
  void the_layout_is_recognised() throws IOException {
    assertThat(AclImdbReader.isAclImdb(root)).isTrue();
    assertThat(AclImdbReader.isAclImdb(root.resolve("test"))).isTrue();
    assertThat(AclImdbReader.isAclImdb(root.resolve("train/pos"))).isFalse();
    assertThat(AclImdbReader.isAclImdb(Files.createFile(root.resolve("file")))).isFalse();
  }

  @Test
  void a_missing_or_empty_folder_is_named() throws IOException {
    assertThatThrownBy(() -> reader.read(root))
        .isInstanceOf(DataException.class)
        .hasMessage(root.resolve("neg") + ": expected a folder of reviews, got none of that name");
    Files.createDirectories(root.resolve("neg"));
    assertThatThrownBy(() -> reader.read(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root.resolve("neg") + ": expected files named ID_RATING.txt, got an empty folder");
  }

  @Test
  void stray_files_are_refused_and_hidden_ones_passed_over() {
    write("test/neg/.DS_Store", "x");
    assertThat(reader.readTest(root).size()).isEqualTo(2);
    write("test/neg/notes.txt", "x");
    assertThatThrownBy(() -> reader.readTest(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root.resolve("test/neg")
                + ": expected files named ID_RATING.txt, got a file named \"notes.txt\"");
  }

  @Test
  void a_review_that_is_not_utf_8_or_empty_is_named() {
    Path file = root.resolve("test/neg/0_2.txt");
    TestFiles.write(file, "a\né".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> reader.readTest(root))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ", line 2: expected UTF-8 text, got the bytes E9");
    TestFiles.write(file, "");
    assertThatThrownBy(() -> reader.readTest(root))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": expected at least one row, got an empty file");
  }
}
