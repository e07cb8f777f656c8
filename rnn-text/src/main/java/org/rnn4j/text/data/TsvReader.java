package org.rnn4j.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads labelled texts from a file of tab-separated values in UTF-8, one example a line, plain or
 * gzip (told by its first bytes, not by its name). Nothing is quoted or escaped, so a text holds
 * neither tabs nor line feeds. Every row must have as many columns as the first.
 */
public final class TsvReader {
  private final Columns columns;

  /** A reader of lines {@code label TAB text} without a header. */
  public TsvReader() {
    this(Columns.numbered(0, 1));
  }

  /** A reader of the given columns. */
  public TsvReader(Columns columns) {
    this.columns = Objects.requireNonNull(columns, "columns");
  }

  /**
   * Reads a file.
   *
   * @throws DataException if the file is missing, empty or damaged, holds bytes that are not UTF-8,
   *     lacks a column, or holds a label that is empty or not one of the expected
   */
  public LabelledTexts read(Path file) {
    try (TsvRows rows = new TsvRows(file)) {
      return new Table(file, rows).read(columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one column of a file without a header, for instance the films that go with the reviews of
   * another file.
   *
   * @param column the column, counted from 0
   * @throws DataException as {@link #read}
   */
  public static List<String> readColumn(Path file, int column) {
    try (TsvRows rows = new TsvRows(file)) {
      return new Table(file, rows).readColumn(column);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the groups of texts from a companion file, a TSV without a header whose rows go with the
   * texts one by one.
   *
   * @param column the column of the group, counted from 0
   * @throws DataException as {@link #read}, and if the file has more or fewer rows than there are
   *     texts
   */
  public static LabelledTexts withGroups(LabelledTexts texts, Path file, int column) {
    List<String> groups = readColumn(file, column);
    if (groups.size() != texts.size()) {
      throw DataException.inFile(
          file,
          "one row for each of " + texts.size() + " texts",
          groups.size() + " rows; does it belong to another file?");
    }
    return texts.withGroups(groups);
  }
}
