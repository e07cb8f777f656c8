package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes certain that a file can be written, before hours are spent on what shall stand in it. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that a file may be made or replaced.
   *
   * @throws IOException if its folder is missing or cannot be written to, or a folder stands in its
   *     place
   */
  static void requireWritable(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw failure(file, "expected the name of a file to write, got a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw failure(
          file,
          "expected a folder "
              + folder
              + " to write to, found "
              + (Files.exists(folder) ? "a file of that name" : "none"));
    }
    try {
      // Asking for permissions alone is not enough: a file system may be mounted read-only.
      Files.delete(Files.createTempFile(folder, ".probe", ".tmp"));
    } catch (IOException e) {
      FileSystemException failure =
          failure(file, "expected a folder " + folder + " that can be written to, got: " + e);
      failure.initCause(e);
      throw failure;
    }
  }

  /**
   * Checks that a file may be made, or replaced if that is wanted.
   *
   * @throws IOException as {@link #requireWritable}, and if a file stands there and is not to be
   *     replaced
   */
  static void requireNew(Path file, boolean force) throws IOException {
    requireWritable(file);
    if (!force && Files.exists(file)) {
      throw failure(file, "expected the name of a file to make, found one; --force replaces it");
    }
  }

  /** Whether a file that is to be written is one that is read, by whatever path. */
  static boolean isSame(Path output, @Nullable Path input) throws IOException {
    return input != null
        && Files.exists(output)
        && Files.exists(input)
        && Files.isSameFile(output, input);
  }

  private static FileSystemException failure(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
