package org.rnn4j.layer;

/**
 * What flows between two layers: known when a network is put together, before any data.
 *
 * @param form whether there is a value for each token or one for each text
 * @param width the features of a value; 0 for token ids
 */
public record Signal(Form form, int width) {
  /** The forms that values take on their way through a network. */
  public enum Form {
    /** Token ids: what a network is given. */
    IDS,
    /** A row of features for each token, packed. */
    TOKENS,
    /** A row of features for each text, in original order. */
    TEXTS
  }

  /** What a network is given: token ids. */
  public static Signal ids() {
    return new Signal(Form.IDS, 0);
  }

  /** A row of features for each token. */
  public static Signal tokens(int width) {
    return new Signal(Form.TOKENS, width);
  }

  /** A row of features for each text. */
  public static Signal texts(int width) {
    return new Signal(Form.TEXTS, width);
  }

  /**
   * Checks the form.
   *
   * @param layer the type of the layer that reads the signal
   * @throws IllegalArgumentException if the form is another
   */
  public Signal require(Form expected, String layer) {
    if (form != expected) {
      throw new IllegalArgumentException(
          "Expected " + layer + " to follow a layer that gives " + expected + ", got " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    return form == Form.IDS ? "IDS" : form + " of width " + width;
  }
}
