package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class WriterLockTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a.txt");
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_lock_is_had_once_at_a_time() throws Exception {
    for (int round = 0; round < 3; round++) {
      WriterLock lock = WriterLock.take(file()).orElseThrow();
      assertThat(WriterLock.take(file())).isEmpty();
      assertThat(WriterLock.take(folder.resolve(".").resolve("a.txt"))).isEmpty();
      lock.close();
    }
  }

  @Test
  void refusing_it_to_others_keeps_it_from_other_processes() throws Exception {
    WriterLock lock = WriterLock.take(file()).orElseThrow();
    assertThat(WriterLock.take(file())).isEmpty();
    assertThat(LockingProcess.take(file())).isEqualTo("refused");
    lock.close();
    assertThat(LockingProcess.take(file())).isEqualTo("taken");
  }

  @Test
  void what_killed_writers_left_is_deleted_and_nothing_else() throws Exception {
    List<String> kept =
        List.of(".a.txt.1-0.temp", ".a.txt.x-0.tmp", ".ab.txt.1-0.tmp", "a.txt", "a.txt.1-0.tmp");
    for (String name : kept) {
      Files.writeString(folder.resolve(name), name);
    }
    for (String name : List.of(".a.txt.1-0.tmp", ".a.txt.123456-17.tmp")) {
      Files.writeString(folder.resolve(name), "half a fi");
    }

    WriterLock.take(file()).orElseThrow().close();

    assertThat(names())
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(".a.txt.lock"), kept.stream()).sorted().toList());
    assertThat(file()).hasContent("a.txt");
  }

  @Test
  void a_leftover_that_cannot_be_deleted_is_told_and_the_lock_is_free_again() throws Exception {
    Path inTheWay = Files.createDirectories(folder.resolve(".a.txt.1-0.tmp").resolve("full"));

    assertThatThrownBy(() -> WriterLock.take(file()))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessageContaining(".a.txt.1-0.tmp");

    Files.delete(inTheWay);
    assertThat(LockingProcess.take(file())).isEqualTo("taken");
    WriterLock.take(file()).orElseThrow().close();
  }

  @Test
  void leftovers_stay_while_another_has_the_lock() throws Exception {
    WriterLock lock = WriterLock.take(file()).orElseThrow();
    Files.writeString(folder.resolve(".a.txt.1-0.tmp"), "under way");
    assertThat(WriterLock.take(file())).isEmpty();
    assertThat(names()).contains(".a.txt.1-0.tmp");
    lock.close();
  }

  @Test
  void where_no_file_can_stand_there_is_no_lock() {
    assertThatThrownBy(() -> WriterLock.take(folder.resolve("none").resolve("a.txt")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("expected a folder, found none; create it or check the path");
    assertThatThrownBy(() -> WriterLock.take(folder))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(folder + ": expected a regular file or none, found a folder");
  }
}
