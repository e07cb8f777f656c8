package org.rnn4j.optim;

/**
 * How the learning rate changes while a training runs, by the number of the step. Schedules are put
 * together: {@code Schedule.cosine(0.01).warmUp(500)}. What depends on how well the training goes
 * is no schedule, see {@code ReduceOnPlateau}.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * What the learning rate is multiplied by: a finite number, 0 or more.
   *
   * @param step the step about to be taken, counted from 0 over all epochs
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

  /**
   * In stairs: after every so many steps the rate is multiplied by a factor, {@code factor^⌊step /
   * every⌋}, as PyTorch's {@code StepLR}.
   *
   * @throws IllegalArgumentException if the factor is not in (0, 1] or there is no step
   */
  static Schedule step(double factor, long every) {
    requireDecay(factor, every);
    return (step, steps) -> StrictMath.pow(factor, Math.floorDiv(step, every));
  }

  /**
   * Smoothly, so that it has been multiplied by a factor after every so many steps: {@code
   * factor^(step / every)}, as Keras' {@code ExponentialDecay} and PyTorch's {@code ExponentialLR}.
   *
   * @throws IllegalArgumentException if the factor is not in (0, 1] or there is no step
   */
  static Schedule exponential(double factor, long every) {
    requireDecay(factor, every);
    return (step, steps) -> StrictMath.pow(factor, (double) step / every);
  }

  /**
   * From the full rate to a share of it along half a cosine (Loshchilov and Hutter 2017): {@code
   * least + (1 − least)·(1 + cos(π·step / steps)) / 2}.
   *
   * @throws IllegalArgumentException if the share is not in [0, 1)
   */
  static Schedule cosine(double least) {
    Numbers.requireShare("the least rate of a cosine schedule", least);
    return (step, steps) -> least + (1 - least) * (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
  }

  /**
   * The same behind a warm-up: the rate rises along a straight line, {@code (step + 1) / warmUp},
   * and then this schedule runs over the steps that are left.
   *
   * @param warmUp how many steps it takes to the full rate
   * @throws IllegalArgumentException if it is less than one step, or, when the training begins, if
   *     it is not shorter than the training
   */
  default Schedule warmUp(long warmUp) {
    Numbers.require("a warm-up", "of at least 1 step", warmUp, warmUp >= 1);
    return (step, steps) -> {
      if (warmUp >= steps) {
        throw new IllegalArgumentException(
            "Expected a warm-up shorter than the training of " + steps + " steps, got " + warmUp);
      }
      return step < warmUp ? (step + 1.0) / warmUp : factor(step - warmUp, steps - warmUp);
    };
  }

  private static void requireDecay(double factor, long every) {
    Numbers.require(
        "the factor of a schedule", "more than 0 and at most 1", factor, factor > 0 && factor <= 1);
    Numbers.require("every", "at least 1 step", every, every >= 1);
  }
}
