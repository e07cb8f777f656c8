package org.rnn4j.optim;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.RowSet;

/**
 * Which parameters a regularisation or constraint is for. The usual choice is {@link #weights}: the
 * matrices that values are multiplied by, without biases, which are no source of overfitting, and
 * without tables such as an embedding's, of which a step uses few rows while a decay would shrink
 * all.
 */
public final class ParameterSelection {
  private static final ParameterSelection WEIGHTS = new ParameterSelection("weights", null);
  private static final ParameterSelection ALL = new ParameterSelection("all", null);

  private static final RowSet NO_ROWS = new RowSet(new int[0], 0);

  private final String description;
  private final @Nullable Pattern names;

  private ParameterSelection(String description, @Nullable Pattern names) {
    this.description = description;
    this.names = names;
  }

  /** All parameters of two dimensions but tables, whose name ends with {@code .table}. */
  public static ParameterSelection weights() {
    return WEIGHTS;
  }

  /** All parameters. */
  public static ParameterSelection all() {
    return ALL;
  }

  /**
   * The parameters whose full name, such as {@code gru_2.input_weights}, a regular expression
   * matches as a whole.
   *
   * @throws IllegalArgumentException if it is not a regular expression
   */
  public static ParameterSelection matching(String expression) {
    return new ParameterSelection("matching " + expression, Pattern.compile(expression));
  }

  /** Whether a parameter is among them. */
  public boolean includes(String name, Parameter parameter) {
    if (names != null) {
      return names.matcher(name).matches();
    }
    // Asking for no row leaves updates that were put off where they are.
    return this == ALL
        || (!isTable(name) && parameter.value(NO_ROWS).shape().dimensions().length == 2);
  }

  /** Whether a parameter is a table, whose rows are vectors of their own. */
  static boolean isTable(String name) {
    return name.equals("table") || name.endsWith(".table");
  }

  /**
   * Fails where something that is wanted would reach no trainable parameter.
   *
   * @param what it is, for the message
   * @param wanted whether it is wanted at all
   */
  void requireSome(Map<String, Parameter> parameters, String what, boolean wanted) {
    boolean some =
        parameters.entrySet().stream()
            .anyMatch(e -> e.getValue().isDifferentiable() && includes(e.getKey(), e.getValue()));
    if (wanted && !some) {
      throw new IllegalArgumentException(
          "Expected "
              + what
              + " on at least one trainable parameter of "
              + parameters.keySet()
              + ", got none: its selection is "
              + this);
    }
  }

  @Override
  public String toString() {
    return description;
  }
}
