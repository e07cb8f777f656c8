package org.rnn4j.text.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text and the name of its class.
 *
 * @param text the text as it was read; it may be empty
 * @param label the name of its class, not empty
 * @param group what the text belongs to, such as a film or an author, or null: texts of one group
 *     resemble each other, so {@linkplain Split#grouped a grouped split} keeps them together
 */
public record LabelledText(String text, String label, @Nullable String group) {

  /**
   * Checks the text and its label.
   *
   * @throws IllegalArgumentException if the label is empty
   */
  public LabelledText {
    Objects.requireNonNull(text, "text");
    if (label.isEmpty()) {
      throw new IllegalArgumentException("Expected a label, got an empty one");
    }
  }

  /** A text that belongs to no group. */
  public LabelledText(String text, String label) {
    this(text, label, null);
  }
}
