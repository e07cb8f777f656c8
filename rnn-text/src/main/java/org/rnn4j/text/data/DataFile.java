package org.rnn4j.text.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, plain or gzip as its first bytes tell. For readers of further formats. */
public final class DataFile {
  private static final int BUFFER = 1 << 16;

  private DataFile() {}

  /**
   * Opens a file, which is read piece by piece. Reading a gzip stream that is cut off or damaged
   * throws {@link EOFException} or {@link ZipException}.
   *
   * @throws DataException if it is missing, no file or unreadable, or a gzip stream whose header is
   *     damaged
   */
  public static InputStream open(Path file) {
    if (Files.isDirectory(file)) {
      throw DataException.inFile(file, "a file", "a folder");
    }
    try {
      return plainBytes(file);
    } catch (NoSuchFileException e) {
      throw DataException.inFile(file, "a file", "none of that name").causedBy(e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static DataException unreadable(Path file, Exception cause) {
    return DataException.inFile(file, "a readable file", cause.toString()).causedBy(cause);
  }

  private static InputStream plainBytes(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1F && raw.read() == 0x8B;
      raw.reset();
      return gzip ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (EOFException | ZipException e) {
      raw.close();
      throw DataException.inFile(
              file, "a whole gzip stream", "one that is cut off or damaged in its header")
          .causedBy(e);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }
}
