package org.rnn4j.text.data;

import java.util.stream.IntStream;
import org.rnn4j.tensor.RandomStream;

/** Parts texts class by class, so that each class has its share in each part. */
final class StratifiedSplit {
  private StratifiedSplit() {}

  /** The part of each text. */
  static int[] assign(LabelledTexts texts, double[] shares, long seed) {
    int[] assigned = new int[texts.size()];
    double[] owed = new double[shares.length];
    RandomStream random = new RandomStream(seed).derive("split");
    for (int label = 0; label < texts.labels().size(); label++) {
      int number = label;
      int[] rows =
          IntStream.range(0, texts.size()).filter(i -> texts.labelNumber(i) == number).toArray();
      // A stream for each class: more texts of one class do not move those of another.
      random.derive(texts.labels().get(label)).shuffle(rows);
      int[] sizes = sizes(rows.length, shares, owed);
      int next = 0;
      for (int part = 0; part < sizes.length; part++) {
        for (int i = 0; i < sizes[part]; i++) {
          assigned[rows[next++]] = part;
        }
      }
    }
    return assigned;
  }

  /**
   * How many of a class's texts go to each part: every share rounded down, the texts left over one
   * by one to the parts that are owed most. What rounding takes from a part in one class is owed to
   * it in the next, so that the parts' totals stay near their shares too.
   */
  private static int[] sizes(int count, double[] shares, double[] owed) {
    int[] sizes = new int[shares.length];
    boolean[] roundedUp = new boolean[shares.length];
    int left = count;
    for (int part = 0; part < shares.length; part++) {
      double exact = count * shares[part];
      // A share such as 0.3 is not exact in binary: 299.99999999999994 means 300.
      double nearest = Math.rint(exact);
      boolean whole = Math.abs(exact - nearest) < 1e-9 * Math.max(1, count);
      sizes[part] = (int) (whole ? nearest : Math.floor(exact));
      roundedUp[part] = whole;
      left -= sizes[part];
      owed[part] += exact - sizes[part];
    }
    for (; left > 0; left--) {
      int most = -1;
      for (int part = 0; part < shares.length; part++) {
        if (!roundedUp[part] && (most < 0 || owed[part] > owed[most])) {
          most = part;
        }
      }
      sizes[most]++;
      roundedUp[most] = true;
      owed[most]--;
    }
    return sizes;
  }
}
