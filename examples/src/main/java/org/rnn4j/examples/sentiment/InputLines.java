package org.rnn4j.examples.sentiment;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rnn4j.text.data.DataException;

/**
 * The lines of standard input, each as soon as it has come. A line ends at LF or CR LF; the last
 * one may end with the input.
 */
final class InputLines {
  private static final Path NAME = Path.of("standard input");

  private final InputStream input;
  private long number;

  InputLines(InputStream input) {
    this.input = new BufferedInputStream(input);
  }

  /**
   * The next line without its end, or null behind the last.
   *
   * @throws DataException if the line is not UTF-8
   */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int value = input.read();
    if (value < 0) {
      return null;
    }
    number++;
    while (value >= 0 && value != '\n') {
      line.write(value);
      value = input.read();
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw DataException.atLine(NAME, number, "text in UTF-8", "bytes that are not");
    }
  }
}
