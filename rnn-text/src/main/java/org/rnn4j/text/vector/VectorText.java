package org.rnn4j.text.vector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.Lines;

/**
 * Reads rows of a word and its numbers, separated by single spaces. Words of a few published files
 * hold spaces themselves (<i>. . .</i>), so the numbers are counted from the end of the line; what
 * is left must not end in a number, which would be one too many.
 */
final class VectorText {
  private final Path file;
  private final VectorSink sink;
  private int dimension;
  private long firstRow = 1;

  VectorText(Path file, VectorSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Reads a file and returns the dimension. */
  int read(boolean withHeader) throws IOException {
    try (Lines lines = new Lines(file, StandardCharsets.UTF_8)) {
      @Nullable VectorHeader header = withHeader ? header(lines) : null;
      for (String line = lines.next(); line != null; line = lines.next()) {
        row(line, lines.number());
      }
      if (header != null && header.words() != sink.read()) {
        throw DataException.inFile(
            file, header.toString(), sink.read() + " rows; was it copied to its end?");
      }
    }
    return dimension;
  }

  private VectorHeader header(Lines lines) throws IOException {
    String line = lines.next();
    VectorHeader header = VectorHeader.parse(file, line == null ? "" : line);
    dimension = header.dimension();
    firstRow = 2;
    return header;
  }

  private void row(String line, long number) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    if (dimension == 0) {
      dimension = (int) line.substring(0, end).chars().filter(c -> c == ' ').count();
      if (dimension == 0) {
        throw DataException.atLine(
            file, number, "a word and its numbers, separated by spaces", DataException.quote(line));
      }
    }
    int wordEnd = wordEnd(line, end);
    if (wordEnd <= 0 || endsInNumber(line, wordEnd)) {
      throw ragged(line.substring(0, end), number);
    }
    String word = line.substring(0, wordEnd);
    boolean wanted = sink.wants(word);
    float[] numbers = wanted ? new float[dimension] : null;
    int start = wordEnd + 1;
    for (int i = 0; i < dimension; i++) {
      int next = line.indexOf(' ', start);
      int fieldEnd = next < 0 || next > end ? end : next;
      if (!isNumber(line, start, fieldEnd)) {
        throw notNumber(line.substring(start, fieldEnd), i, word, number);
      }
      if (numbers != null) {
        numbers[i] = Float.parseFloat(line.substring(start, fieldEnd));
        if (!Float.isFinite(numbers[i])) {
          throw notNumber(line.substring(start, fieldEnd), i, word, number);
        }
      }
      start = fieldEnd + 1;
    }
    if (numbers != null) {
      sink.put(word, numbers);
    }
  }

  /** The index behind the word, with as many spaces behind it as there are numbers, or -1. */
  private int wordEnd(String line, int end) {
    int index = end;
    for (int i = 0; i < dimension; i++) {
      index = line.lastIndexOf(' ', index - 1);
      if (index < 0) {
        return -1;
      }
    }
    return index;
  }

  private static boolean endsInNumber(String line, int wordEnd) {
    int space = line.lastIndexOf(' ', wordEnd - 1);
    return space >= 0 && isNumber(line, space + 1, wordEnd);
  }

  private DataException ragged(String row, long number) {
    long spaces = row.chars().filter(c -> c == ' ').count();
    String came = row.isEmpty() ? "an empty line" : spaces + " in " + DataException.quote(row);
    boolean header = firstRow == 1 && dimension == 1 && number == 2;
    return DataException.atLine(
        file,
        number,
        "a word and "
            + dimension
            + " numbers, as "
            + (firstRow == 1 ? "in line 1" : "the header says"),
        came + (header ? "; is the first line a header, and the file word2vec's?" : ""));
  }

  private DataException notNumber(String field, int index, String word, long number) {
    return DataException.atLine(
        file,
        number,
        "a finite number as number " + (index + 1) + " of " + DataException.quote(word),
        DataException.quote(field));
  }

  static boolean isNumber(String field) {
    return isNumber(field, 0, field.length());
  }

  /** Whether a part of a line is a decimal number: {@code -0.1}, {@code 3e-05}. */
  private static boolean isNumber(String line, int start, int end) {
    int i = start;
    i += i < end && isSign(line.charAt(i)) ? 1 : 0;
    int whole = digits(line, i, end);
    i += whole;
    int fraction = 0;
    if (i < end && line.charAt(i) == '.') {
      fraction = digits(line, i + 1, end);
      i += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (i < end && (line.charAt(i) == 'e' || line.charAt(i) == 'E')) {
      i++;
      i += i < end && isSign(line.charAt(i)) ? 1 : 0;
      int exponent = digits(line, i, end);
      i += exponent;
      return exponent > 0 && i == end;
    }
    return i == end;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private static int digits(String line, int start, int end) {
    int i = start;
    while (i < end && line.charAt(i) >= '0' && line.charAt(i) <= '9') {
      i++;
    }
    return i - start;
  }
}
