package org.rnn4j.text.vector;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.DataFile;

/** Reads word2vec's binary form. */
final class VectorBinary {
  /** Longer words mean that the file is of another form, or its header tells another dimension. */
  private static final int LONGEST_WORD = 10_000;

  private static final int LONGEST_HEADER = 64;

  private final Path file;
  private final VectorSink sink;

  VectorBinary(Path file, VectorSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Reads a file and returns the dimension. */
  int read() throws IOException {
    try (InputStream input = new BufferedInputStream(DataFile.open(file), 1 << 16)) {
      VectorHeader header = header(input);
      byte[] bytes = new byte[header.dimension() * Float.BYTES];
      for (long place = 1; place <= header.words(); place++) {
        row(input, header, place, bytes);
      }
      int after = input.read();
      if (after == '\n') {
        after = input.read();
      }
      if (after >= 0) {
        throw DataException.inFile(file, header.toString(), "more bytes behind the last of them");
      }
      return header.dimension();
    } catch (EOFException | ZipException e) {
      throw DataException.inFile(
              file,
              "a whole gzip stream",
              "one that is cut off or damaged (" + e.getMessage() + ")")
          .causedBy(e);
    }
  }

  private VectorHeader header(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = input.read();
    while (next >= 0 && next != '\n' && line.length() < LONGEST_HEADER) {
      line.append((char) next);
      next = input.read();
    }
    return VectorHeader.parse(file, line.toString());
  }

  private void row(InputStream input, VectorHeader header, long place, byte[] bytes)
      throws IOException {
    String word = word(input, header, place);
    if (input.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw cutOff(header, place, " (" + DataException.quote(word) + ")");
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < header.dimension(); i++) {
      float number = numbers.getFloat(i * Float.BYTES);
      if (!Float.isFinite(number)) {
        throw DataException.inFile(
            file,
            "a finite number as number " + (i + 1) + " of word " + place,
            number + " for " + DataException.quote(word) + "; is the file word2vec's binary form?");
      }
    }
    if (sink.wants(word)) {
      float[] row = new float[header.dimension()];
      numbers.asFloatBuffer().get(row);
      sink.put(word, row);
    }
  }

  private String word(InputStream input, VectorHeader header, long place) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = input.read();
    if (next == '\n') {
      next = input.read();
    }
    while (next >= 0 && next != ' ') {
      bytes.write(next);
      if (bytes.size() > LONGEST_WORD) {
        throw DataException.inFile(
            file,
            "words of at most " + LONGEST_WORD + " bytes",
            "a longer one as word " + place + "; is the file word2vec's binary form?");
      }
      next = input.read();
    }
    if (next < 0) {
      throw cutOff(header, place, "");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw DataException.inFile(
              file,
              "words in UTF-8",
              "other bytes in word " + place + "; is the file word2vec's binary form?")
          .causedBy(e);
    }
  }

  private DataException cutOff(VectorHeader header, long place, String word) {
    return DataException.inFile(
        file,
        header.toString(),
        "the end of the file in word " + place + word + "; was it copied to its end?");
  }
}
