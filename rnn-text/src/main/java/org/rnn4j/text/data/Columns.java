package org.rnn4j.text.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table hold the text, its label and, if wanted, its group. A column is named by
 * the header in the first row, or counted from 0.
 *
 * @param label the column of the label: a name, or a number counted from 0
 * @param text the column of the text, likewise
 * @param group the column of the group, likewise, or null for none
 * @param header whether the first row holds the names of the columns
 * @param labels the labels that may occur, in the order that numbers the classes; empty to take
 *     those that do occur
 */
public record Columns(
    String label, String text, @Nullable String group, boolean header, List<String> labels) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a column is named but there is no header, or the label and
   *     the text are the same column
   */
  public Columns {
    if (label.equals(text)) {
      throw new IllegalArgumentException(
          "Expected different columns for label and text, got \"" + label + "\" for both");
    }
    labels = List.copyOf(labels);
    requireNumberWithoutHeader(label, header);
    requireNumberWithoutHeader(text, header);
    if (group != null) {
      requireNumberWithoutHeader(group, header);
    }
  }

  /** Columns counted from 0, in a table without a header. */
  public static Columns numbered(int label, int text) {
    return new Columns(String.valueOf(label), String.valueOf(text), null, false, List.of());
  }

  /** Columns named by the first row. A name that no column has counts as a number if it is one. */
  public static Columns named(String label, String text) {
    return new Columns(label, text, null, true, List.of());
  }

  /** The same columns with one for the group, named or counted as the others are. */
  public Columns withGroup(String column) {
    return new Columns(label, text, Objects.requireNonNull(column, "column"), header, labels);
  }

  /** The same columns; a first row that is a header or, being data, not. */
  public Columns withHeader(boolean present) {
    return new Columns(label, text, group, present, labels);
  }

  /** The same columns; labels other than the given ones are errors. */
  public Columns withLabels(List<String> labels) {
    return new Columns(label, text, group, header, labels);
  }

  static boolean isNumber(String column) {
    return column.matches("[0-9]{1,9}");
  }

  private static void requireNumberWithoutHeader(String column, boolean header) {
    if (!header && !isNumber(column)) {
      throw new IllegalArgumentException(
          "Expected columns counted from 0 in a table without a header, got \"" + column + "\"");
    }
  }
}
