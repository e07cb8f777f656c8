package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The weights of an LSTM layer, gates side by side in the order {@code i | f | g | o}:
 *
 * <pre>
 *   z = x·W + h₋₁·U + b           i = σ(z_i + p_i∘c₋₁)   f = σ(z_f + p_f∘c₋₁)   g = tanh(z_g)
 *   c = f∘c₋₁ + i∘g               o = σ(z_o + p_o∘c)     h = o∘tanh(c)
 *   with a projection             m = o∘tanh(c)          h = m·P
 * </pre>
 *
 * <p>(Hochreiter and Schmidhuber 1997; forget gate Gers et al. 2000; projection Sak et al. 2014.)
 * Elements of c beyond ±cellClip are set to that limit before o∘tanh(c), those of m·P beyond
 * ±projectionClip likewise; where a limit took effect no gradient passes. Forward and backward are
 * derived in docs/derivations/lstm.md. H, the width of h, is {@code hidden} without a projection.
 *
 * @param input W, {@code [input, 4·hidden]}
 * @param recurrent U, {@code [H, 4·hidden]}
 * @param bias b, {@code [4·hidden]}
 * @param peepholes {@code p_i | p_f | p_o}, {@code [3·hidden]}, or null for none (Gers and
 *     Schmidhuber 2000); not together with a limit on c
 * @param projection P, {@code [hidden, H]}, H at most hidden, or null for none
 * @param cellClip the limit of c, or infinity
 * @param projectionClip the limit of m·P, or infinity; only with a projection
 */
public record LstmWeights(
    Tensor input,
    Tensor recurrent,
    Tensor bias,
    @Nullable Tensor peepholes,
    @Nullable Tensor projection,
    double cellClip,
    double projectionClip) {
  /**
   * Checks the shapes against each other.
   *
   * @throws IllegalArgumentException if they do not fit, or a limit is not positive
   */
  public LstmWeights {
    int state = recurrent.rows();
    int hidden = projection == null ? state : projection.rows();
    RecurrentInput.requireShape("LSTM input weights", input, input.rows(), 4 * hidden);
    RecurrentInput.requireShape("LSTM recurrent weights", recurrent, state, 4 * hidden);
    RecurrentInput.requireShape("LSTM bias", bias, 1, 4 * hidden);
    if (peepholes != null) {
      RecurrentInput.requireShape("LSTM peepholes", peepholes, 1, 3 * hidden);
    }
    if (projection != null) {
      RecurrentInput.requireShape("LSTM projection", projection, hidden, state);
      if (state > hidden) {
        throw new IllegalArgumentException(
            "Expected an LSTM's projection to at most its " + hidden + " cells, got " + state);
      }
    }
    requireLimit("cell clip", cellClip, peepholes == null, "an LSTM without peepholes");
    requireLimit("projection clip", projectionClip, projection != null, "a projection");
  }

  /** The weights of an LSTM without projection and limits. */
  public LstmWeights(Tensor input, Tensor recurrent, Tensor bias, @Nullable Tensor peepholes) {
    this(
        input,
        recurrent,
        bias,
        peepholes,
        null,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY);
  }

  private static void requireLimit(String what, double limit, boolean allowed, String where) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("Expected a positive " + what + ", got " + limit);
    }
    if (!allowed && limit < Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "Expected a " + what + " with " + where + " only, got " + limit);
    }
  }

  /** The size of c. */
  public int hidden() {
    return bias.size() / 4;
  }

  /** The width of h: that of the projection, or else {@link #hidden}. */
  public int state() {
    return recurrent.rows();
  }

  /** Whether c has a limit. */
  boolean clipsCells() {
    return cellClip < Double.POSITIVE_INFINITY;
  }
}
