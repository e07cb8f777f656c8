package org.rnn4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.testing.RunsOnce;

@RunsOnce
class ReportTest {
  @TempDir Path folder;

  @Test
  void texts_are_never_taken_for_html() {
    String html = ReportCases.full().html();

    assertThat(html).doesNotContain("<img").doesNotContain("<script");
    assertThat(html)
        .contains(
            "&lt;img src=&quot;http://example.org/x.png&quot; onerror=&quot;alert(1)&quot;&gt;");
  }

  @Test
  void what_there_is_not_has_no_section() {
    String html = ReportCases.least().html();

    assertThat(html).contains("<h1>Nothing</h1>").doesNotContain("<h2").doesNotContain("<section");
  }

  @Test
  void the_same_report_gives_the_same_bytes() {
    assertThat(ReportCases.full().html()).isEqualTo(ReportCases.full().html());
  }

  @Test
  void the_most_certain_mistakes_come_first_and_long_texts_are_cut() {
    Section mistakes =
        Sections.mistakes(
            List.of(
                new Sections.Mistake("a", "no", "yes", 0.6),
                new Sections.Mistake("b".repeat(700), "no", "yes", 0.9),
                new Sections.Mistake("c", "yes", "no", 0.8)),
            10,
            2);

    assertThat(((Block.Table) mistakes.blocks().get(1)).rows())
        .containsExactly(
            List.of("no", "yes", "90.0 %", "b".repeat(600) + " …"),
            List.of("yes", "no", "80.0 %", "c"));
    assertThat(mistakes.blocks().get(0))
        .isEqualTo(
            new Block.Paragraph(
                "3 of 10 texts were judged wrongly. Those that the model was most certain of come"
                    + " first."));
  }

  @Test
  void a_row_of_another_length_is_refused() {
    assertThatThrownBy(() -> new Block.Table("Counts", List.of("a", ">b"), List.of(List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 cells in 'Counts', got [1]");
  }

  @Test
  void a_folder_that_holds_something_is_refused_unless_it_is_forced() throws IOException {
    Path report = folder.resolve("report");
    ReportFolder.prepare(report, false, Set.of());
    Files.writeString(report.resolve("search.journal"), "a trial");
    Files.writeString(report.resolve(".search.journal.4711-0.tmp"), "killed");
    Files.createFile(report.resolve(".search.journal.lock"));

    ReportFolder.prepare(report, false, Set.of("search.journal"));

    Files.writeString(report.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> ReportFolder.prepare(report, false, Set.of("search.journal")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("found notes.txt in it; --force replaces a report");
    ReportFolder.prepare(report, true, Set.of());
    assertThat(report.resolve("notes.txt")).content().isEqualTo("mine");
  }

  @Test
  void a_file_or_a_missing_parent_is_refused_before_any_work() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> ReportFolder.prepare(file, true, Set.of()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("expected a folder or nothing, found a file");
    assertThatThrownBy(() -> ReportFolder.prepare(folder.resolve("a/b"), true, Set.of()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("to stand in, found none");
  }
}
