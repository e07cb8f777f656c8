package org.rnn4j.bench.compare;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, its columns as wide as their widest cell so that it reads as plain text. */
public final class MarkdownTable {
  private final List<List<String>> lines = new ArrayList<>();

  /** A table without lines. */
  public MarkdownTable(List<String> head) {
    lines.add(List.copyOf(head));
  }

  /**
   * Adds a line.
   *
   * @throws IllegalArgumentException if it has not as many cells as the head
   */
  public void add(List<String> cells) {
    if (cells.size() != lines.get(0).size()) {
      throw new IllegalArgumentException(
          "Expected " + lines.get(0).size() + " cells, got " + cells.size());
    }
    lines.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
  }

  @Override
  public String toString() {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(Math.max(widths[i], 3), line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      append(text, lines.get(i), widths);
      if (i == 0) {
        for (int width : widths) {
          text.append("| ").append("-".repeat(width)).append(' ');
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> line, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String cell = line.get(i);
      text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length())).append(' ');
    }
    text.append("|\n");
  }
}
