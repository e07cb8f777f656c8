package org.rnn4j.text.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.tensor.RandomStream;

/**
 * How texts are parted for a cross-validation: into {@code count} folds, each of which is held out
 * once while the others are learned from, all of it {@code repeats} times with other folds. The
 * same texts and seed give the same folds.
 *
 * <ul>
 *   <li>{@link #stratified}: at random, such that the numbers of texts of a class differ by at most
 *       one between any two folds, and so do the folds' sizes.
 *   <li>{@link #grouped}: whole groups, such as all reviews of one film, so that no group is both
 *       learned from and held out; sizes and classes are as even as whole groups allow to find.
 * </ul>
 *
 * <p>In a nested cross-validation the training part of each outer fold is parted once more, and
 * nothing that is chosen by the inner folds has seen the outer part held out:
 *
 * <pre>{@code
 * for (Fold outer : Folds.stratified(5).of(texts, seed)) {
 *   List<Fold> inner = Folds.stratified(3).of(outer.train(), seed);
 *   …
 * }
 * }</pre>
 *
 * @param count folds a repeat, 2 or more
 * @param repeats how often the whole is parted, 1 or more
 * @param grouped whether groups are kept together
 */
public record Folds(int count, int repeats, boolean grouped) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are fewer than 2 folds, or no repeat
   */
  public Folds {
    if (count < 2) {
      throw new IllegalArgumentException(
          "Expected 2 folds or more, since each is held out once from the others, got " + count);
    }
    if (repeats < 1) {
      throw new IllegalArgumentException("Expected 1 repeat or more, got " + repeats);
    }
  }

  /**
   * Folds with the classes of the whole.
   *
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public static Folds stratified(int count) {
    return new Folds(count, 1, false);
  }

  /**
   * Folds of whole groups.
   *
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public static Folds grouped(int count) {
    return new Folds(count, 1, true);
  }

  /**
   * The same, parted several times at random.
   *
   * @throws IllegalArgumentException if there is no repeat
   */
  public Folds repeated(int times) {
    return new Folds(count, times, grouped);
  }

  /** How many folds there are over all repeats. */
  public int total() {
    return Math.multiplyExact(count, repeats);
  }

  /**
   * Parts texts.
   *
   * @return the folds of the first repeat, of the second, and so on
   * @throws DataException if a class that occurs has fewer texts than there are folds; if folds are
   *     grouped and a text has no group, there are fewer groups than folds, or the texts of a class
   *     stand in one fold, which leaves none to learn from
   */
  public List<Fold> of(LabelledTexts texts, long seed) {
    requireEnoughTexts(texts);
    RandomStream random = new RandomStream(seed).derive("folds");
    List<Fold> folds = new ArrayList<>(total());
    for (int repeat = 0; repeat < repeats; repeat++) {
      int[] assigned = assign(texts, random.derive(repeat));
      for (int number = 0; number < count; number++) {
        folds.add(fold(texts, assigned, repeat, number));
      }
    }
    return List.copyOf(folds);
  }

  private void requireEnoughTexts(LabelledTexts texts) {
    if (texts.isEmpty()) {
      throw DataException.of("texts for " + count + " folds", "none");
    }
    for (Map.Entry<String, Integer> entry : texts.counts().entrySet()) {
      if (entry.getValue() > 0 && entry.getValue() < count) {
        throw DataException.of(
            "at least " + count + " texts of each class, one for each of " + count + " folds",
            entry.getValue() + " of class " + DataException.quote(entry.getKey()));
      }
    }
  }

  /** The fold of each text. */
  private int[] assign(LabelledTexts texts, RandomStream random) {
    if (grouped) {
      double[] shares = new double[count];
      Arrays.fill(shares, 1.0 / count);
      return new GroupedSplit(texts, shares, random.seed()).assign();
    }
    return deal(texts, random);
  }

  /**
   * Deals the texts of one class after the other like cards. The next class goes on where the last
   * one ended, so that what is left over does not pile up in the first folds.
   */
  private int[] deal(LabelledTexts texts, RandomStream random) {
    int[] assigned = new int[texts.size()];
    int dealt = 0;
    for (int label = 0; label < texts.labels().size(); label++) {
      int number = label;
      int[] rows =
          IntStream.range(0, texts.size()).filter(i -> texts.labelNumber(i) == number).toArray();
      // A stream for each class: more texts of one class do not move those of another.
      random.derive(texts.labels().get(label)).shuffle(rows);
      for (int row : rows) {
        assigned[row] = dealt++ % count;
      }
    }
    return assigned;
  }

  private Fold fold(LabelledTexts texts, int[] assigned, int repeat, int number) {
    int[] heldOut =
        IntStream.range(0, assigned.length).filter(i -> assigned[i] == number).toArray();
    int[] train = IntStream.range(0, assigned.length).filter(i -> assigned[i] != number).toArray();
    Fold fold =
        new Fold(
            repeat,
            number,
            texts.select(train),
            texts.select(heldOut),
            IntStream.of(heldOut).boxed().toList());
    requireEachClass(texts, fold);
    return fold;
  }

  private void requireEachClass(LabelledTexts texts, Fold fold) {
    Map<String, Integer> left = fold.train().counts();
    texts
        .counts()
        .forEach(
            (label, total) -> {
              if (total > 0 && left.getOrDefault(label, 0) == 0) {
                throw DataException.of(
                    "groups with texts of each class in two folds or more, so that each is learned",
                    "all of class "
                        + DataException.quote(label)
                        + " in fold "
                        + (fold.number() + 1)
                        + " of "
                        + count
                        + "; do its texts belong to one group, or are there too few groups?");
              }
            });
  }
}
