package org.rnn4j.tune;

/** How the numbers of a range are spread. */
public enum Scale {
  /** Equal differences are equally likely. */
  LINEAR,

  /** Equal ratios are equally likely: as many between 0.001 and 0.01 as between 0.01 and 0.1. */
  LOG;

  /** The place on the scale; strict, since the same bits are wanted on every machine. */
  double forward(double value) {
    return this == LOG ? StrictMath.log(value) : value;
  }

  /** The value at a place on the scale. */
  double backward(double place) {
    return this == LOG ? StrictMath.exp(place) : place;
  }
}
