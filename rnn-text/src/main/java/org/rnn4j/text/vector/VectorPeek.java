package org.rnn4j.text.vector;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.DataFile;

/**
 * The first lines of a file of vectors, from which its form and dimension are seen without reading
 * on.
 *
 * @param first the first line, byte by byte
 * @param second the second line, or as much of it as was looked at
 */
record VectorPeek(String first, String second) {
  /** Longer first rows are not looked at to their end: a row of 1,000 numbers has some 12,000. */
  private static final int LONGEST = 1 << 20;

  static VectorPeek at(Path file) {
    byte[] start;
    try (InputStream input = DataFile.open(file)) {
      start = input.readNBytes(LONGEST);
    } catch (EOFException | ZipException e) {
      throw DataException.inFile(
              file,
              "a whole gzip stream",
              "one that is cut off or damaged (" + e.getMessage() + ")")
          .causedBy(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (start.length == 0) {
      throw DataException.inFile(file, "vectors", "an empty file");
    }
    String bytes = new String(start, StandardCharsets.ISO_8859_1);
    int end = endOfLine(bytes, 0);
    int next = Math.min(end + 1, bytes.length());
    return new VectorPeek(bytes.substring(0, end), bytes.substring(next, endOfLine(bytes, next)));
  }

  private static int endOfLine(String bytes, int start) {
    int end = bytes.indexOf('\n', start);
    return end < 0 ? bytes.length() : end;
  }

  /** The form that the lines are of. */
  VectorFormat format() {
    if (!VectorHeader.isHeader(first)) {
      return VectorFormat.GLOVE;
    }
    // Numbers as bytes hold some below a space sooner or later, numbers as text none.
    boolean binary = second.strip().chars().anyMatch(c -> c < ' ' && c != '\t');
    return binary ? VectorFormat.WORD2VEC_BINARY : VectorFormat.WORD2VEC_TEXT;
  }

  /** How many numbers a row without a header before it has: as many as spaces. */
  int numbersOfFirstRow() {
    return (int) first.stripTrailing().chars().filter(c -> c == ' ').count();
  }
}
