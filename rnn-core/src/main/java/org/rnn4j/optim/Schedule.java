package org.rnn4j.optim;

/** How the learning rate goes down while a training runs. */
@FunctionalInterface
public interface Schedule {
  /**
   * What the learning rate is multiplied by: a finite number, 0 or more.
   *
   * @param step the batch about to be learned, counted from 0 over all epochs
   * @param steps how many there will be
   */
  double factor(long step, long steps);

  /** The same rate all the time. */
  static Schedule constant() {
    return (step, steps) -> 1;
  }

  /** From the full rate towards zero along a straight line: {@code 1 − step / steps}. */
  static Schedule linear() {
    return (step, steps) -> 1 - (double) step / steps;
  }
}
