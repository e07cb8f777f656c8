package org.rnn4j.text.vector;

import java.nio.file.Path;
import org.rnn4j.text.data.DataException;

/** How word vectors lie in a file. All of them may be plain or gzip. */
public enum VectorFormat {
  /** A line for each word, {@code word number number …}, without a header: GloVe's text files. */
  GLOVE,
  /**
   * The same behind a header line {@code words dimension}: word2vec's text files and fastText's
   * {@code .vec}.
   */
  WORD2VEC_TEXT,
  /**
   * The same header, then each word, a space and its numbers as 32-bit floats, low byte first, with
   * or without a line feed behind them: word2vec's {@code -binary 1}, such as the Google News
   * vectors.
   */
  WORD2VEC_BINARY;

  /**
   * The format that a file seems to be of, by its first two lines: without a header GloVe's, else
   * word2vec's as text or, where the first row holds control characters, as bytes.
   *
   * @throws DataException if the file is missing, empty or a damaged gzip stream
   */
  public static VectorFormat of(Path file) {
    return VectorPeek.at(file).format();
  }

  /**
   * How many numbers the vectors of a file of this format have, by its first line.
   *
   * @throws DataException if the file is missing, empty or a damaged gzip stream, or has no header
   *     where the format has one
   */
  public int dimension(Path file) {
    VectorPeek peek = VectorPeek.at(file);
    return this == GLOVE
        ? peek.numbersOfFirstRow()
        : VectorHeader.parse(file, peek.first()).dimension();
  }
}
