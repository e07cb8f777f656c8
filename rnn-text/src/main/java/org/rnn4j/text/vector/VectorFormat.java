package org.rnn4j.text.vector;

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
  WORD2VEC_BINARY
}
