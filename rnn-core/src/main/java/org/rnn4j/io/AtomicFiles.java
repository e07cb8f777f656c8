package org.rnn4j.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file whole or not at all. The content goes to a temporary file in the same folder,
 * {@code .name.number.tmp}, is forced to the disk, and only then takes the name of the file. When
 * anything fails on the way (no such folder, a full disk, an exception of the caller's own) the old
 * file is as it was and the temporary file is removed; when the process is killed, the old file is
 * as it was and the temporary file is left behind, and may be deleted; a {@link WriterLock} does.
 *
 * <p>Where the file is a symbolic link, the file it points to is replaced and the link stays.
 * Several threads or processes may write one file at the same time: it then holds the content of
 * the one that finished last.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of the content; the stream is buffered, and flushed and closed by the caller.
     *
     * @throws IOException if the content cannot be written; the old file then stays
     */
    void writeTo(OutputStream stream) throws IOException;
  }

  /** Writes the content of a file at places of its choice. */
  @FunctionalInterface
  interface ChannelContent {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param file the file to make or replace; its folder must exist
   * @throws IOException if the folder is missing or not writable, if something that is no regular
   *     file stands there, if the disk is full, or if the content throws it
   */
  public static void write(Path file, Content content) throws IOException {
    writeChannel(
        file,
        channel -> {
          // Not closed: that would close the channel before it is forced.
          OutputStream stream =
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          content.writeTo(stream);
          stream.flush();
        });
  }

  /**
   * Writes the given bytes to a file.
   *
   * @throws IOException as {@link #write(Path, Content)}
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, stream -> stream.write(content));
  }

  /**
   * Writes a text to a file as UTF-8.
   *
   * @throws IOException as {@link #write(Path, Content)}
   */
  public static void writeString(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens a file to read it and write to it in place, and makes it, empty, where there is none. Its
   * name is on the disk when this returns.
   *
   * @throws IOException if the folder is missing or not writable, or if something that is no
   *     regular file stands there
   */
  public static FileChannel openOrCreate(Path file) throws IOException {
    Path target = target(file);
    try {
      FileChannel channel =
          FileChannel.open(
              target, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      forceFolder(target);
      return channel;
    } catch (AccessDeniedException e) {
      throw Files.exists(target) ? e : notWritable(String.valueOf(target.getParent()), e);
    }
  }

  static void writeChannel(Path file, ChannelContent content) throws IOException {
    Path target = target(file);
    Path temporary = create(target);
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(temporary, target);
    } catch (Throwable failure) {
      remove(temporary, failure);
      throw failure;
    }
    forceFolder(target);
  }

  /** The absolute path behind links, once it is certain that a file may stand there. */
  static Path target(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || absolute.getFileName() == null) {
      throw new FileSystemException(file.toString(), null, "expected a file, got the root folder");
    }
    if (Files.notExists(folder)) {
      throw new NoSuchFileException(
          folder.toString(), null, "expected a folder, found none; create it or check the path");
    }
    if (!Files.isDirectory(folder)) {
      throw new FileSystemException(
          folder.toString(), null, "expected a folder, found a file; check the path");
    }
    if (!Files.exists(absolute)) {
      return absolute;
    }
    // Renaming over a device such as /dev/null would succeed, and would end the device.
    if (!Files.isRegularFile(absolute)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "expected a regular file or none, found "
              + (Files.isDirectory(absolute) ? "a folder" : "something else"));
    }
    return absolute.toRealPath();
  }

  /** Makes an empty temporary file with the permissions that any new file gets. */
  private static Path create(Path target) throws IOException {
    for (int number = 0; ; number++) {
      Path temporary =
          target.resolveSibling(
              "."
                  + target.getFileName()
                  + "."
                  + ProcessHandle.current().pid()
                  + "-"
                  + number
                  + ".tmp");
      try {
        return Files.createFile(temporary);
      } catch (FileAlreadyExistsException e) {
        // Another thread is at work, or a killed process of the same number has left it: next.
      } catch (AccessDeniedException e) {
        throw notWritable(String.valueOf(target.getParent()), e);
      }
    }
  }

  static AccessDeniedException notWritable(String folder, AccessDeniedException cause) {
    AccessDeniedException named =
        new AccessDeniedException(
            folder, null, "expected a folder that can be written to, got no permission");
    named.initCause(cause);
    return named;
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Makes the renaming last through a loss of power, on systems that can force a folder. */
  private static void forceFolder(Path target) {
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the file itself is complete and in its place.
      return;
    }
  }
}
