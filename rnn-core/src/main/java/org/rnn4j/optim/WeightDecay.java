package org.rnn4j.optim;

/**
 * Decoupled decay of weights (Loshchilov and Hutter 2019): before each step {@code w = w −
 * α·rate·w}, where α is the learning rate at this step. Unlike {@link L2}, an adaptive optimiser
 * does not divide it by the size of the gradients.
 *
 * @param rate how much, for example 0.01, PyTorch's default; 0 for none
 * @param on of which parameters; {@link ParameterSelection#weights} unless told
 */
public record WeightDecay(double rate, ParameterSelection on) {
  private static final WeightDecay NONE = new WeightDecay(0, ParameterSelection.weights());

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is negative or not less than 1
   */
  public WeightDecay {
    Numbers.requireShare("the rate of weight decay", rate);
  }

  /** No decay. */
  public static WeightDecay none() {
    return NONE;
  }

  /** Decay of weights, without biases and tables. */
  public static WeightDecay of(double rate) {
    return new WeightDecay(rate, ParameterSelection.weights());
  }

  /** The same on other parameters. */
  public WeightDecay on(ParameterSelection parameters) {
    return new WeightDecay(rate, parameters);
  }
}
