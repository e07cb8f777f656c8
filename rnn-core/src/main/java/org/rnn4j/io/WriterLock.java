package org.rnn4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The right to be the only one who writes a file, among all programs that ask for it. It is held
 * until it is closed or the process ends, however it ends.
 *
 * <p>Beside the file stands an empty one, {@code .name.lock}, on which the operating system holds
 * the lock. It stays when the lock is given back: another process may be about to lock it, and
 * would lock a file that nobody else sees. It may be deleted when nobody writes the file any more.
 *
 * <p>Whoever holds the lock writes the file with {@link AtomicFiles}. What writers that were killed
 * have left of it, {@code .name.number.tmp}, is deleted when the lock is taken.
 */
public final class WriterLock implements AutoCloseable {
  /**
   * The locks of this process. The operating system gives a process a lock that it has already, and
   * takes all its locks on a file when one of its channels to it is closed.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path lock;
  private final FileChannel channel;

  private WriterLock(Path lock, FileChannel channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * Takes the lock, or nothing where another thread or process has it.
   *
   * @param file the file to be written, which need not exist; its folder must
   * @throws IOException if the folder is missing or not writable, if something that is no regular
   *     file stands there, if what a killed writer left cannot be deleted, or if the file system
   *     has no locks
   */
  public static Optional<WriterLock> take(Path file) throws IOException {
    Path target = AtomicFiles.target(file);
    Path folder = target.resolveSibling("").toRealPath();
    Path lock = folder.resolve("." + target.getFileName() + ".lock");
    if (!HELD.add(lock)) {
      return Optional.empty();
    }
    boolean isTaken = false;
    try {
      FileChannel channel = open(lock);
      if (!isLocked(channel)) {
        return Optional.empty();
      }
      try {
        deleteLeftovers(folder, String.valueOf(target.getFileName()));
        isTaken = true;
        return Optional.of(new WriterLock(lock, channel));
      } finally {
        if (!isTaken) {
          channel.close();
        }
      }
    } finally {
      if (!isTaken) {
        HELD.remove(lock);
      }
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    try {
      return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      if (Files.exists(lock)) {
        throw e; // somebody else's
      }
      throw AtomicFiles.notWritable(String.valueOf(lock.getParent()), e);
    }
  }

  /** Whether the channel's file could be locked; else the channel is closed. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    boolean isLocked = false;
    try {
      isLocked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this class, loaded once more in this process
    } finally {
      if (!isLocked) {
        channel.close();
      }
    }
    return isLocked;
  }

  private static void deleteLeftovers(Path folder, String name) throws IOException {
    Pattern leftover = Pattern.compile("\\." + Pattern.quote(name) + "\\.\\d+-\\d+\\.tmp");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, path -> leftover.matcher(path.getFileName().toString()).matches())) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The lock " + lock + " could not be given back", e);
    } finally {
      HELD.remove(lock);
    }
  }
}
