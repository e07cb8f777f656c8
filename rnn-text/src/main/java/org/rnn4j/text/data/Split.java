package org.rnn4j.text.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Labelled texts in three parts: to train on, to choose by, to be judged by. Every text stands in
 * exactly one part, each part keeps the order of the whole, and the same seed gives the same split.
 *
 * @param train the texts to learn from, never empty
 * @param validation the texts to choose settings by; empty if its share was 0
 * @param test the texts for the final judgement; empty if its share was 0
 */
public record Split(LabelledTexts train, LabelledTexts validation, LabelledTexts test) {

  /** Numbers of the parts, in the order of the record. */
  static final int PARTS = 3;

  private static final List<String> NAMES = List.of("training", "validation", "test");

  /**
   * Checks that the parts agree on the classes.
   *
   * @throws IllegalArgumentException if their labels differ
   */
  public Split {
    if (!validation.labels().equals(train.labels()) || !test.labels().equals(train.labels())) {
      throw new IllegalArgumentException(
          "Expected parts of the same labels, got train "
              + train.labels()
              + ", validation "
              + validation.labels()
              + ", test "
              + test.labels());
    }
  }

  /**
   * Splits at random so that every class has its share in every part, exact to within one text.
   *
   * @param validationShare the share of the validation part, from 0 to below 1
   * @param testShare the share of the test part, likewise; what is left is for training
   * @throws IllegalArgumentException if a share is outside its range or nothing is left for
   *     training
   * @throws DataException if there are too few texts for a part that was asked for
   */
  public static Split stratified(
      LabelledTexts texts, double validationShare, double testShare, long seed) {
    double[] shares = shares(validationShare, testShare);
    return parts(texts, shares, StratifiedSplit.assign(texts, shares, seed), "texts");
  }

  /**
   * Splits at random so that no group stands in two parts; the sizes of the parts and of the
   * classes in them are as near to their shares as whole groups allow to find. A part that was
   * asked for has at least one group.
   *
   * @param validationShare the share of the validation part, from 0 to below 1
   * @param testShare the share of the test part, likewise; what is left is for training
   * @throws IllegalArgumentException if a share is outside its range or nothing is left for
   *     training
   * @throws DataException if a text has no group, or there are fewer groups than parts
   */
  public static Split grouped(
      LabelledTexts texts, double validationShare, double testShare, long seed) {
    double[] shares = shares(validationShare, testShare);
    return parts(texts, shares, new GroupedSplit(texts, shares, seed).assign(), "groups");
  }

  /** The texts that stand in more than one part. */
  public Overlap overlap() {
    return Overlap.of(List.of(train, validation, test));
  }

  private static double[] shares(double validationShare, double testShare) {
    requireShare("validationShare", validationShare);
    requireShare("testShare", testShare);
    double trainShare = 1 - validationShare - testShare;
    if (trainShare <= 0) {
      throw new IllegalArgumentException(
          "Expected validationShare and testShare to leave texts for training, got "
              + validationShare
              + " and "
              + testShare);
    }
    return new double[] {trainShare, validationShare, testShare};
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("Expected a " + name + " from 0 to below 1, got " + share);
    }
  }

  private static Split parts(LabelledTexts texts, double[] shares, int[] assigned, String units) {
    LabelledTexts[] parts = new LabelledTexts[PARTS];
    for (int part = 0; part < PARTS; part++) {
      int number = part;
      parts[part] =
          texts.select(
              IntStream.range(0, assigned.length).filter(i -> assigned[i] == number).toArray());
      if (parts[part].isEmpty() && shares[part] > 0) {
        throw DataException.of(
            "enough " + units + " for a " + NAMES.get(part) + " part of share " + shares[part],
            texts.size() + " texts");
      }
    }
    return new Split(parts[0], parts[1], parts[2]);
  }
}
