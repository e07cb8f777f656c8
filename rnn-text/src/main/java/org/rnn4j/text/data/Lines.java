package org.rnn4j.text.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file. A line ends at LF or CR LF and nowhere else: reviews hold lone CR, NEL and
 * other characters that some readers take for line ends. The file is plain or gzip, as its first
 * bytes tell, and read piece by piece. For readers of further formats.
 */
public final class Lines implements Closeable {
  /** Longer lines are refused: a file without line ends should not fill the memory. */
  private static final int LONGEST_LINE = 1 << 24;

  private final Path file;
  private final DecodingReader reader;
  private final char[] buffer = new char[1 << 14];
  private int position;
  private int limit;
  private long number;

  /**
   * Opens a file.
   *
   * @throws DataException if it is missing, no file, unreadable or empty
   */
  public Lines(Path file, Charset charset) {
    this.file = file;
    this.reader = DecodingReader.open(file, charset);
  }

  /**
   * The next line without its end, or null behind the last.
   *
   * @throws DataException if the bytes are not of the charset, a gzip stream is damaged, or a line
   *     is longer than 16 million characters
   */
  public @Nullable String next() throws IOException {
    if (position == limit && !refill()) {
      return null;
    }
    number++;
    StringBuilder line = new StringBuilder();
    do {
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      line.append(buffer, position, end - position);
      position = Math.min(end + 1, limit);
      if (end < limit) {
        break;
      }
      if (line.length() > LONGEST_LINE) {
        throw DataException.atLine(
            file, number, "lines of at most " + LONGEST_LINE + " characters", "a longer one");
      }
    } while (refill());
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return line.toString();
  }

  /** The number of the line that {@link #next} gave last, counted from 1. */
  public long number() {
    return number;
  }

  private boolean refill() throws IOException {
    position = 0;
    limit = Math.max(0, reader.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
