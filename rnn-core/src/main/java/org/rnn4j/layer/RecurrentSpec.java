package org.rnn4j.layer;

/** What a recurrent layer is: a cell that is carried from token to token, and how it reads. */
public sealed interface RecurrentSpec extends LayerSpec
    permits Lstm.Spec, Gru.Spec, SimpleRnn.Spec {
  /** How it reads; see there for the defaults. */
  RecurrentOptions options();

  /** The width of its outputs. */
  int outputs();

  /** The same, reading each text from its last token to its first, or not. */
  RecurrentSpec backwards(boolean backwards);

  /** The same with recurrent dropout of a rate from 0 to less than 1. */
  RecurrentSpec recurrentDropout(double rate);

  /** The same with gradients that flow through at most so many tokens; 0 for all. */
  RecurrentSpec truncation(int tokens);

  @Override
  default Signal output(Signal input) {
    input.require(Signal.Form.TOKENS, type());
    return Signal.tokens(outputs());
  }

  @Override
  RecurrentLayer create(Signal input, Weights weights);
}
