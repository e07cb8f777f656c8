package org.rnn4j.examples.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of plain text: a heading, a rule, and rows, with columns as wide as their widest cell.
 * Columns whose heading begins with {@code >} stand to the right, as numbers should.
 *
 * <pre>
 * layer    output shape  parameters
 * -------  ------------  ----------
 * dense    [batch, 2]            66
 * </pre>
 */
public final class Table {
  private static final String GAP = "  ";

  private final String[] heading;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /** An empty table with the given headings. */
  public Table(String... headings) {
    heading = headings.clone();
    right = new boolean[heading.length];
    for (int i = 0; i < heading.length; i++) {
      right[i] = heading[i].startsWith(">");
      heading[i] = right[i] ? heading[i].substring(1) : heading[i];
    }
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as there are headings
   */
  public Table row(Object... cells) {
    if (cells.length != heading.length) {
      throw new IllegalArgumentException(
          "Expected " + heading.length + " cells, got " + Arrays.toString(cells));
    }
    rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
    return this;
  }

  /** The table's lines, each without trailing blanks and ended by a newline. */
  @Override
  public String toString() {
    int[] widths = new int[heading.length];
    String[] rule = new String[heading.length];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = heading[column].length();
      for (String[] row : rows) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
      rule[column] = "-".repeat(widths[column]);
    }
    StringBuilder text = new StringBuilder();
    append(text, heading, widths);
    append(text, rule, widths);
    rows.forEach(row -> append(text, row, widths));
    return text.toString();
  }

  private void append(StringBuilder text, String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.length; column++) {
      String padding = " ".repeat(widths[column] - cells[column].length());
      line.append(column == 0 ? "" : GAP);
      line.append(right[column] ? padding + cells[column] : cells[column] + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
