package org.rnn4j.examples.report;

import org.rnn4j.examples.chart.Digits;

/**
 * Another classifier on the same texts, with McNemar's test between the two.
 *
 * @param name of the other, a baseline for instance
 * @param accuracy of the other
 * @param onlyModel how many texts only the model has right
 * @param onlyOther how many texts only the other has right
 * @param probability how probable a difference at least as great would be by chance (p)
 */
public record Comparison(
    String name, Measure accuracy, long onlyModel, long onlyOther, double probability) {
  private static final double SIGNIFICANT = 0.05;
  private static final double LEAST = 0.0001;

  /** What follows for a model of a name and an accuracy, in one sentence. */
  public String sentence(String model, double modelAccuracy) {
    String numbers =
        " ("
            + Digits.percent(modelAccuracy, 1)
            + " against "
            + accuracy.written()
            + ", McNemar "
            + written()
            + ").";
    if (!(probability < SIGNIFICANT)) {
      return model
          + " and "
          + name
          + " cannot be told apart on these texts: the difference is within what chance gives"
          + numbers;
    }
    return onlyModel > onlyOther
        ? model + " is better than " + name + numbers
        : model + " does not reach " + name + ", which is better" + numbers;
  }

  /** The probability as it is written. */
  String written() {
    if (Double.isNaN(probability)) {
      return "p undefined";
    }
    return probability < LEAST
        ? "p < " + Digits.significant(LEAST, 1)
        : "p = " + Digits.significant(probability, 2);
  }
}
