package org.rnn4j.examples.report;

import java.util.List;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.text.explain.Explanation;

/** A piece of a section. All texts are plain: what looks like HTML is shown as it is. */
public sealed interface Block {

  /** A paragraph. */
  record Paragraph(String text) implements Block {}

  /** Lines to be typed, or read as they are. */
  record Code(String text) implements Block {}

  /** A picture with its description below it. */
  record Figure(Picture picture) implements Block {}

  /**
   * A table.
   *
   * @param caption what it shows
   * @param headings of the columns; one that begins with {@code >} holds numbers, which stand to
   *     the right
   * @param rows as many cells each as there are headings; the first names the row
   */
  record Table(String caption, List<String> headings, List<List<String>> rows) implements Block {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a row has not as many cells as there are headings
     */
    public Table {
      headings = List.copyOf(headings);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != headings.size()) {
          throw new IllegalArgumentException(
              "Expected " + headings.size() + " cells in '" + caption + "', got " + row);
        }
      }
    }
  }

  /** What the colours of words mean that were weighed by a method. */
  record Legend(Explanation.Method method) implements Block {}

  /**
   * A text with the weight of each word.
   *
   * @param title what was judged of it
   * @param explanation the text and its words
   */
  record Words(String title, Explanation explanation) implements Block {}
}
