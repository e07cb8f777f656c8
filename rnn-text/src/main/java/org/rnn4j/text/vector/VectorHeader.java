package org.rnn4j.text.vector;

import java.nio.file.Path;
import org.rnn4j.text.data.DataException;

/**
 * The first line of word2vec's files.
 *
 * @param words how many words follow
 * @param dimension how many numbers each has
 */
record VectorHeader(long words, int dimension) {
  /** More numbers than this mean that the file is something else. */
  private static final int MOST_NUMBERS = 100_000;

  /** Whether a line is such a header, and no row: no word and its only number. */
  static boolean isHeader(String line) {
    String[] fields = line.strip().split(" ");
    return fields.length == 2 && isWhole(fields[0]) && isWhole(fields[1]);
  }

  /** Reads the line. */
  static VectorHeader parse(Path file, String line) {
    String[] fields = line.strip().split(" ");
    if (isHeader(line)) {
      long words = Long.parseLong(fields[0]);
      long dimension = Long.parseLong(fields[1]);
      if (words > 0 && dimension > 0 && dimension <= MOST_NUMBERS) {
        return new VectorHeader(words, (int) dimension);
      }
    }
    boolean glove = fields.length > 2 && VectorText.isNumber(fields[fields.length - 1]);
    throw DataException.atLine(
        file,
        1,
        "a header of two whole numbers, how many words and how many numbers each (at most "
            + MOST_NUMBERS
            + ")",
        DataException.quote(line) + (glove ? "; is it a GloVe file, which has no header?" : ""));
  }

  @Override
  public String toString() {
    return words + " words of " + dimension + " numbers, as the header says";
  }

  private static boolean isWhole(String field) {
    return field.matches("[0-9]{1,15}");
  }
}
