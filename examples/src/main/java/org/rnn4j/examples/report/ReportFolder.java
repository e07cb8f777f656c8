package org.rnn4j.examples.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a report is written to. A folder that holds something already is refused, unless it is
 * forced; then the files of the report replace those of the same names, and all others stay. Files
 * that are there to go on from do not count.
 */
public final class ReportFolder {
  /** What stands beside a file for its writer, and when one was killed. */
  private static final Pattern BESIDE = Pattern.compile("^\\.(.+)\\.(?:lock|[0-9]+-[0-9]+\\.tmp)$");

  private ReportFolder() {}

  /**
   * Makes the folder, or makes certain that it may be used, before any work is done.
   *
   * @param folder the folder; the one that it is to stand in must exist
   * @param force whether what is in it may be replaced
   * @param goneOnFrom names of files that may be there
   * @throws IOException if it is a file, holds something and is not forced, or cannot be written to
   */
  public static void prepare(Path folder, boolean force, Set<String> goneOnFrom)
      throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FileSystemException(
          folder.toString(), null, "expected a folder or nothing, found a file");
    }
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new FileSystemException(
          folder.toString(), null, "expected the folder " + parent + " to stand in, found none");
    }
    if (Files.isDirectory(folder) && !force) {
      requireEmpty(folder, goneOnFrom);
    }
    Files.createDirectories(folder);
    try {
      // Asking for permissions alone is not enough: a file system may be mounted read-only.
      Files.delete(Files.createTempFile(folder, ".probe", ".tmp"));
    } catch (IOException e) {
      FileSystemException failure =
          new FileSystemException(
              folder.toString(), null, "expected a folder that can be written to, got: " + e);
      failure.initCause(e);
      throw failure;
    }
  }

  private static void requireEmpty(Path folder, Set<String> goneOnFrom) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      String found =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !goneOnFrom.contains(BESIDE.matcher(name).replaceFirst("$1")))
              .sorted()
              .findFirst()
              .orElse("");
      if (!found.isEmpty()) {
        throw new FileAlreadyExistsException(
            folder.toString(),
            null,
            "expected a folder that is new or empty, found "
                + found
                + " in it; --force replaces a report");
      }
    }
  }
}
