package org.rnn4j.examples.design;

/**
 * Something that a {@link Design} has a value for.
 *
 * @param name what it is called, in small letters with hyphens; an option of the command line too
 * @param group what it is about
 * @param label what stands for its value in a description, such as <i>N</i>
 * @param description what it means, in a sentence
 * @param format which values there are, and how they are written
 * @param standard its value unless told
 * @param bare the text that its name alone stands for on a command line; empty if it needs a value
 * @param <T> its values
 */
public record Setting<T>(
    String name,
    Group group,
    String label,
    String description,
    Format<T> format,
    T standard,
    String bare) {
  /** What a setting is about. */
  public enum Group {
    /** How a text becomes words. */
    READING("What is read of a text"),
    /** How a word becomes numbers. */
    WORDS("Vectors of words"),
    /** What is between the words' vectors and the answer. */
    NETWORK("Network"),
    /** What keeps a network from learning its texts by heart. */
    DROPOUT("Dropout, each a probability in training"),
    /** What is made small, and what bounds weights. */
    REGULARISATION("Loss and limits"),
    /** How weights are found. */
    LEARNING("Learning");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** A heading. */
    public String title() {
      return title;
    }
  }

  /** Reads a value. */
  T read(String text) {
    return format.read(name, text);
  }
}
