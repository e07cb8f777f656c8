package org.rnn4j.layer;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * The values that flow between two layers in one pass: token ids, a row of features for each token,
 * or a row for each text.
 */
public final class Activations {
  private final @Nullable Sequences sequences;
  private final @Nullable Variable values;
  private final @Nullable Function<Pass, Variable> lastStates;

  private Activations(@Nullable Sequences sequences, @Nullable Variable values) {
    this(sequences, values, null);
  }

  private Activations(
      @Nullable Sequences sequences,
      @Nullable Variable values,
      @Nullable Function<Pass, Variable> lastStates) {
    this.sequences = sequences;
    this.values = values;
    this.lastStates = lastStates;
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

  /** The same form with other values, whose last states are the rows of the last tokens. */
  public Activations with(Variable changed) {
    return sequences == null ? texts(changed) : tokens(sequences, changed);
  }

  /**
   * The same values of a layer that has read some or all of its inputs from texts' ends, and whose
   * last states are therefore not the rows of the last tokens.
   *
   * @param states computes them, {@code [batch, width]} in original order, when they are asked for
   */
  public Activations lastStates(Function<Pass, Variable> states) {
    return new Activations(sequences, values, states);
  }

  /**
   * The state after the last token read of each text, {@code [batch, width]} in original order:
   * what the layer says of it, or else the row of the last token; zeros for a text without tokens.
   */
  public Variable lastStates(Pass pass) {
    return lastStates == null
        ? Operations.lastState(pass, sequences(), false, values())
        : lastStates.apply(pass);
  }

  /**
   * The same with other values, and other last states where they are not the rows of the last
   * tokens.
   *
   * @param ofStates what is made of the last states, if they are asked for
   */
  Activations with(Variable changed, UnaryOperator<Variable> ofStates) {
    Function<Pass, Variable> states = lastStates;
    return states == null
        ? with(changed)
        : with(changed).lastStates(pass -> withoutEmpty(pass, ofStates.apply(states.apply(pass))));
  }

  /** Whether the last states are others than the rows of the last tokens. */
  boolean hasLastStates() {
    return lastStates != null;
  }

  /** The same states, zeros for texts without tokens. */
  private Variable withoutEmpty(Pass pass, Variable states) {
    Sequences layout = sequences();
    if (layout.length(layout.batch() - 1) > 0) {
      return states;
    }
    Tensor mask = pass.workspace().uninitialised(states.value().shape().dimensions());
    for (int row = 0; row < layout.batch(); row++) {
      for (int j = 0; j < mask.columns(); j++) {
        mask.set(layout.original(row), j, layout.length(row) > 0 ? 1 : 0);
      }
    }
    return Operations.mask(pass, states, mask);
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
