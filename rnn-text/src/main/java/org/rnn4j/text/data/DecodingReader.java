package org.rnn4j.text.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * The characters of a file, plain or gzip as its first bytes tell. Bytes that are not of the
 * charset, a gzip stream that ends early or is damaged, and a file without any content are {@link
 * DataException}s that name the line. A UTF-8 byte order mark is skipped.
 */
final class DecodingReader extends Reader {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Charset charset;
  private final InputStream input;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private long lines = 1;
  private long consumed;
  private boolean ended;

  private DecodingReader(Path file, Charset charset, InputStream input) {
    this.file = file;
    this.charset = charset;
    this.input = input;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it is missing, no file, unreadable or empty
   */
  static DecodingReader open(Path file, Charset charset) {
    DecodingReader reader = new DecodingReader(file, charset, DataFile.open(file));
    try {
      reader.start();
      return reader;
    } catch (DataException | IOException e) {
      reader.closeAfter(e);
      throw e instanceof DataException wrong ? wrong : DataFile.unreadable(file, e);
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Reads the first bytes, skips a byte order mark and makes sure that something is left. */
  private void start() throws IOException {
    while (bytes.remaining() < 3 && !ended) {
      fill();
    }
    boolean mark =
        charset.equals(StandardCharsets.UTF_8)
            && bytes.remaining() >= 3
            && bytes.get(0) == (byte) 0xEF
            && bytes.get(1) == (byte) 0xBB
            && bytes.get(2) == (byte) 0xBF;
    if (mark) {
      bytes.position(3);
      consumed = 3;
    }
    while (!bytes.hasRemaining() && !ended) {
      fill();
    }
    if (!bytes.hasRemaining()) {
      throw DataException.inFile(file, "at least one row", "an empty file");
    }
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    CharBuffer decoded = CharBuffer.wrap(target, offset, length);
    while (length > 0) {
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, decoded, ended);
      consumed += bytes.position() - before;
      if (result.isError()) {
        count(target, offset, decoded.position());
        throw malformed(result.length());
      }
      // The decoder moves on only when the target has room for a whole code point.
      if (decoded.position() > offset) {
        count(target, offset, decoded.position());
        return decoded.position() - offset;
      }
      if (ended) {
        return -1;
      }
      if (result.isOverflow()) {
        throw new IOException("Expected room for two characters, got " + length);
      }
      fill();
    }
    return 0;
  }

  /**
   * Reads some bytes behind those that are left; notes the end if there are none. One read at a
   * time, so that everything before a damaged place is decoded, and its lines counted, before the
   * damage is met.
   */
  private void fill() throws IOException {
    bytes.compact();
    try {
      int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0));
    } catch (EOFException e) {
      throw damaged("one that is cut off here; was it copied to its end?", e);
    } catch (ZipException e) {
      throw damaged("one that is damaged near here (" + e.getMessage() + ")", e);
    }
    bytes.flip();
  }

  private DataException damaged(String actual, IOException cause) {
    return DataException.atLine(file, lines, "a whole gzip stream", actual).causedBy(cause);
  }

  private DataException malformed(int length) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < length; i++) {
      hex.append(String.format(" %02X", bytes.get(bytes.position() + i)));
    }
    int first = bytes.get(bytes.position()) & 0xFF;
    String likely = consumed == 0 && first >= 0xFE ? "UTF-16" : "Latin-1 or Windows-1252";
    return DataException.atLine(
        file,
        lines,
        charset + " text",
        "the bytes" + hex + " at offset " + consumed + "; is the file " + likely + "?");
  }

  private void count(char[] target, int start, int end) {
    for (int i = start; i < end; i++) {
      if (target[i] == '\n') {
        lines++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
