package org.rnn4j.text.data;

import java.util.List;

/**
 * One way to part texts in a cross-validation: learn from one part, be judged by the other.
 *
 * @param repeat which repeat it belongs to, from 0
 * @param number its number within the repeat, from 0
 * @param train the texts to learn from: all that are not held out, in the order of the whole
 * @param heldOut the texts to be judged by, in the order of the whole; over one repeat every text
 *     is held out exactly once
 * @param heldOutRows where each text held out stands in the whole, from 0, ascending
 */
public record Fold(
    int repeat, int number, LabelledTexts train, LabelledTexts heldOut, List<Integer> heldOutRows) {

  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException if their labels differ or there is not one row for each text
   *     held out
   */
  public Fold {
    heldOutRows = List.copyOf(heldOutRows);
    if (!train.labels().equals(heldOut.labels()) || heldOut.size() != heldOutRows.size()) {
      throw new IllegalArgumentException(
          "Expected parts of the same labels and a row for each of "
              + heldOut.size()
              + " texts held out, got labels "
              + train.labels()
              + " and "
              + heldOut.labels()
              + " and "
              + heldOutRows.size()
              + " rows");
    }
  }
}
