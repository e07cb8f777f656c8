package org.rnn4j.examples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.design.Design;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;

class StudyCheckpointsTest {
  private static final LabelledTexts TEXTS =
      LabelledTexts.of(List.of(new LabelledText("good", "1"), new LabelledText("bad", "0")));

  @TempDir Path report;

  private StudyCheckpoints checkpoints() {
    return new StudyCheckpoints(
        report,
        Study.IMDB,
        new StudyData("two texts", false, new Split(TEXTS, TEXTS, TEXTS)),
        Map.of("lstm", Design.standard()));
  }

  @Test
  void all_that_is_of_the_study_is_deleted_and_nothing_else() throws Exception {
    StudyCheckpoints checkpoints = checkpoints();
    checkpoints.begin();
    Path folder = report.resolve("trainings");
    Path kept = checkpoints.of("bidirectional lstm, attention").file();
    assertThat(kept).isEqualTo(folder.resolve("bidirectional-lstm-attention.checkpoint"));
    List<String> others = List.of("notes", "mine.checkpoint", ".mine.checkpoint.lock");
    for (String other : others) {
      Files.writeString(folder.resolve(other), "mine");
    }
    // As a process leaves them that is killed.
    Files.writeString(folder.resolve(".study.json.12-0.tmp"), "{");
    Files.writeString(folder.resolve("." + kept.getFileName() + ".12-3.tmp"), "");
    Files.writeString(folder.resolve("." + kept.getFileName() + ".lock"), "");
    Files.writeString(kept, "weights");

    checkpoints.delete();

    assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(others);
    for (String other : others) {
      Files.delete(folder.resolve(other));
    }
    StudyCheckpoints again = checkpoints();
    again.begin();
    again.delete();
    assertThat(report).isEmptyDirectory();
  }
}
