package org.rnn4j.layer;

import java.util.Map;

/**
 * How a recurrent layer reads, whatever its cell.
 *
 * @param backwards whether each text is read from its last token to its first. Outputs stay at
 *     their tokens' places, in the text's own order (Keras' {@code go_backwards} gives them in
 *     reading order), and the last state is the one after the first token
 * @param recurrentDropout the probability, from 0 to less than 1, with which training drops an
 *     element of h₋₁ from a gate's recurrent product, for all tokens of a text at once; each gate
 *     has a mask of its own, and what is kept is divided by 1 − p (Gal and Ghahramani 2016; Keras'
 *     {@code recurrent_dropout})
 * @param truncation truncated backpropagation through time: a text falls into pieces of so many
 *     tokens, in reading order, and no gradient flows from one piece into the one before, as if
 *     each began from given states; 0 for none. Outputs do not change
 */
public record RecurrentOptions(boolean backwards, double recurrentDropout, int truncation) {
  /** Forwards, without dropout, gradients through whole texts. */
  static final RecurrentOptions DEFAULT = new RecurrentOptions(false, 0, 0);

  /** Checks the ranges. */
  public RecurrentOptions {
    if (!(recurrentDropout >= 0 && recurrentDropout < 1)) {
      throw new IllegalArgumentException(
          "Expected recurrent dropout to be at least 0 and less than 1, got " + recurrentDropout);
    }
    if (truncation < 0) {
      throw new IllegalArgumentException(
          "Expected truncation of 1 token or more, or 0 for none, got " + truncation);
    }
  }

  RecurrentOptions backwards(boolean changed) {
    return new RecurrentOptions(changed, recurrentDropout, truncation);
  }

  RecurrentOptions recurrentDropout(double changed) {
    return new RecurrentOptions(backwards, changed, truncation);
  }

  RecurrentOptions truncation(int changed) {
    return new RecurrentOptions(backwards, recurrentDropout, changed);
  }

  /** Writes what is not as it is unless told. */
  void write(Map<String, Object> settings) {
    if (backwards) {
      settings.put("backwards", true);
    }
    if (recurrentDropout != 0) {
      settings.put("recurrent_dropout", recurrentDropout);
    }
    if (truncation != 0) {
      settings.put("truncation", truncation);
    }
  }

  static RecurrentOptions read(Settings settings) {
    return new RecurrentOptions(
        settings.truth("backwards", false),
        settings.number("recurrent_dropout", 0),
        settings.whole("truncation", 0));
  }
}
