package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class AtomicFilesTest {

  private static final String OLD = "the old content";

  @TempDir Path folder;

  @Test
  void a_new_file_holds_the_content_and_nothing_stands_beside_it() throws Exception {
    Path file = folder.resolve("a.txt");

    AtomicFiles.writeString(file, "grüße");

    assertThat(file).hasContent("grüße");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void an_old_file_is_replaced_even_by_a_shorter_one() throws Exception {
    Path file = old();

    AtomicFiles.write(file, new byte[] {1, 2});

    assertThat(file).hasBinaryContent(new byte[] {1, 2});
    assertThat(names()).containsExactly("old.txt");
  }

  @Test
  void a_file_without_a_folder_in_its_path_goes_to_the_working_folder() throws Exception {
    Path file = Path.of("atomic-files-test-" + ProcessHandle.current().pid() + ".txt");
    try {
      AtomicFiles.writeString(file, "here");

      assertThat(file).hasContent("here");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void content_that_fails_on_the_way_leaves_the_old_file() throws Exception {
    Path file = old();

    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    stream -> {
                      stream.write(new byte[1_000_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");

    assertThat(file).hasContent(OLD);
    assertThat(names()).containsExactly("old.txt");
  }

  @Test
  void an_error_of_any_kind_leaves_the_old_file() throws Exception {
    Path file = old();

    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    stream -> {
                      throw new OutOfMemoryError("simulated");
                    }))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(file).hasContent(OLD);
    assertThat(names()).containsExactly("old.txt");
  }

  @Test
  void a_missing_folder_is_named() {
    Path missing = folder.resolve("none");

    assertThatThrownBy(() -> AtomicFiles.writeString(missing.resolve("a.txt"), "x"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing + ": expected a folder, found none; create it or check the path");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_named() throws Exception {
    Path file = old();

    assertThatThrownBy(() -> AtomicFiles.writeString(file.resolve("a.txt"), "x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": expected a folder, found a file; check the path");
  }

  @Test
  void a_folder_in_the_place_of_the_file_is_named_and_stays() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));

    assertThatThrownBy(() -> AtomicFiles.writeString(place, "x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(place + ": expected a regular file or none, found a folder");
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void the_root_is_no_file() {
    Path root = folder.getRoot();

    assertThatThrownBy(() -> AtomicFiles.writeString(root, "x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(root + ": expected a file, got the root folder");
  }

  @Test
  void a_device_is_not_replaced() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "/dev/null exists");

    assertThatThrownBy(() -> AtomicFiles.writeString(device, "x"))
        .hasMessage("/dev/null: expected a regular file or none, found something else");
  }

  @Test
  void a_folder_without_permission_is_named() throws Exception {
    assumeTrue(posix(), "the file system has permissions");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(folder), "permissions bind this user");

      assertThatThrownBy(() -> AtomicFiles.writeString(folder.resolve("a.txt"), "x"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(folder + ": expected a folder that can be written to, got no permission");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_file_gets_the_permissions_that_any_new_file_gets() throws Exception {
    assumeTrue(posix(), "the file system has permissions");
    Path plain = Files.createFile(folder.resolve("plain.txt"));
    Path file = folder.resolve("a.txt");

    AtomicFiles.writeString(file, "x");

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void a_link_stays_and_the_file_behind_it_is_replaced() throws Exception {
    assumeTrue(posix(), "the file system has links");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("a.txt"), OLD);
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);

    AtomicFiles.writeString(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(file).isRegularFile().hasContent("new");
  }

  @Test
  void what_a_killed_process_left_behind_does_not_stand_in_the_way() throws Exception {
    long process = ProcessHandle.current().pid();
    Path left = Files.writeString(folder.resolve(".a.txt." + process + "-0.tmp"), "left");

    AtomicFiles.writeString(folder.resolve("a.txt"), "x");

    assertThat(folder.resolve("a.txt")).hasContent("x");
    assertThat(left).hasContent("left");
  }

  @Test
  void threads_that_write_one_file_leave_the_content_of_one_of_them() throws Exception {
    Path file = folder.resolve("a.txt");
    List<String> contents =
        IntStream.range(0, 32).mapToObj(i -> Integer.toString(i).repeat(5000)).toList();

    contents.parallelStream().forEach(content -> writeUnchecked(file, content));

    assertThat(contents).contains(Files.readString(file));
    assertThat(names()).containsExactly("a.txt");
  }

  private static void writeUnchecked(Path file, String content) {
    try {
      AtomicFiles.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path old() throws IOException {
    return Files.writeString(folder.resolve("old.txt"), OLD);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private boolean posix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
