package org.rnn4j.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads labelled texts from a file of comma-separated values (RFC 4180) in UTF-8, plain or gzip
 * (told by its first bytes, not by its name). Quoted fields may hold commas, doubled quotes and
 * line ends. Every row must have as many columns as the first; errors name the line a row starts
 * at.
 */
public final class CsvReader {
  private final Columns columns;

  /** A reader of the columns {@code label} and {@code text}, as the first row names them. */
  public CsvReader() {
    this(Columns.named("label", "text"));
  }

  /** A reader of the given columns. */
  public CsvReader(Columns columns) {
    this.columns = Objects.requireNonNull(columns, "columns");
  }

  /**
   * Reads a file.
   *
   * @throws DataException if the file is missing, empty or damaged, holds bytes that are not UTF-8
   *     or a quote that is never closed, lacks a column, or holds a label that is empty or not one
   *     of the expected
   */
  public LabelledTexts read(Path file) {
    try (CsvRows rows = new CsvRows(file)) {
      return new Table(file, rows).read(columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
