package org.rnn4j.layer;

import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Variable;
import org.rnn4j.sequence.Sequences;

/**
 * The values that flow between two layers in one pass: token ids, a row of features for each token,
 * or a row for each text.
 */
public final class Activations {
  private final @Nullable Sequences sequences;
  private final @Nullable Variable values;

  private Activations(@Nullable Sequences sequences, @Nullable Variable values) {
    this.sequences = sequences;
    this.values = values;
  }

  /** The token ids of a packed batch. */
  public static Activations ids(Sequences sequences) {
    return new Activations(sequences, null);
  }

  /**
   * A row of features for each token.
   *
   * @throws IllegalArgumentException if there are more or fewer rows than tokens
   */
  public static Activations tokens(Sequences sequences, Variable values) {
    if (values.value().rows() != sequences.tokens()) {
      throw new IllegalArgumentException(
          "Expected " + sequences.tokens() + " rows, one a token, got " + values.value().shape());
    }
    return new Activations(sequences, values);
  }

  /** A row of features for each text, in original order. */
  public static Activations texts(Variable values) {
    return new Activations(null, values);
  }

  /** The same form with other values. */
  public Activations with(Variable changed) {
    return sequences == null ? texts(changed) : tokens(sequences, changed);
  }

  /**
   * The packed layout.
   *
   * @throws IllegalArgumentException if there is one row a text
   */
  public Sequences sequences() {
    if (sequences == null) {
      throw new IllegalArgumentException("Expected values for each token, got one row a text");
    }
    return sequences;
  }

  /**
   * The values.
   *
   * @throws IllegalArgumentException if there are only token ids
   */
  public Variable values() {
    if (values == null) {
      throw new IllegalArgumentException(
          "Expected rows of features, got token ids; an embedding must come first");
    }
    return values;
  }

  /**
   * The values, checked to be of a width.
   *
   * @param layer who asks, for the message
   * @throws IllegalArgumentException if they are of another width
   */
  public Variable values(int width, String layer) {
    Variable checked = values();
    if (checked.value().columns() != width) {
      throw new IllegalArgumentException(
          "Expected "
              + layer
              + " to be given rows of width "
              + width
              + ", got "
              + checked.value().shape());
    }
    return checked;
  }
}
