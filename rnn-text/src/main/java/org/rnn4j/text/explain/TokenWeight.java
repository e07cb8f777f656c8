package org.rnn4j.text.explain;

import java.util.List;
import java.util.Objects;
import org.rnn4j.text.Token;

/**
 * A token of an explained text and its weight.
 *
 * @param token the token and where in the text it stands
 * @param reading what the network saw of it
 * @param weight its weight, as {@link Explanation.Method} says; 0 if the network did not read it
 * @param hops what each hop of attention gave it, {@code weight} being the mean; empty for
 *     occlusion and for tokens that were not read
 */
public record TokenWeight(Token token, Reading reading, double weight, List<Double> hops) {

  /** What the network saw of a token. */
  public enum Reading {
    /** The token itself. */
    KNOWN,
    /** That a token stood there which is not in the vocabulary. */
    UNKNOWN,
    /** Nothing: it is a stop word, or not in the vocabulary, and the pipeline leaves such out. */
    LEFT_OUT,
    /** Nothing: it lies beyond the tokens to which the pipeline cuts a text. */
    CUT_OFF
  }

  /** Keeps its own copy of the hops. */
  public TokenWeight {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(reading, "reading");
    hops = List.copyOf(hops);
  }

  /** Whether the network read the token, as itself or as unknown. */
  public boolean isRead() {
    return reading == Reading.KNOWN || reading == Reading.UNKNOWN;
  }
}
