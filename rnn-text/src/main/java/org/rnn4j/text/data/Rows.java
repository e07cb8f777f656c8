package org.rnn4j.text.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one after the other. */
interface Rows extends Closeable {
  /** One row: the line it starts at, counted from 1, and its fields. */
  record Row(long line, List<String> fields) {}

  /**
   * The next row, or null behind the last.
   *
   * @throws DataException if the file is damaged or not of its format
   */
  @Nullable Row next() throws IOException;

  /** What separates the columns, for messages. */
  String separator();
}
