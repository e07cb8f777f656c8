package org.rnn4j.text.data;

import java.util.List;

/**
 * What became of the rows of a file: nothing is left out silently.
 *
 * @param rows how many rows the file has
 * @param kept how many of them became examples
 * @param skipped the others, counted by reason; empty if there are none
 */
public record ReadReport(long rows, long kept, List<Skipped> skipped) {
  /**
   * Rows that were left out for one reason.
   *
   * @param reason why, in words
   * @param rows how many
   * @param firstLine the line of the first of them, counted from 1
   */
  public record Skipped(String reason, long rows, long firstLine) {}

  /** Keeps its own copy of the list. */
  public ReadReport {
    skipped = List.copyOf(skipped);
  }

  /** The report as one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kept + " of " + rows + " rows kept");
    for (Skipped skip : skipped) {
      text.append("; ").append(skip.rows()).append(" skipped: ").append(skip.reason());
      text.append(" (first at line ").append(skip.firstLine()).append(')');
    }
    return text.toString();
  }
}
