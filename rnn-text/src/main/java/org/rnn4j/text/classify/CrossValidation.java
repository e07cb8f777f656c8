package org.rnn4j.text.classify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.Fold;
import org.rnn4j.text.data.LabelledTexts;

/**
 * Several ways to learn a classifier, compared on the same folds: each learns from every fold's
 * training part and is judged by the part held out. Whatever is fitted, a vocabulary too, is fitted
 * by the learner on what it is given, and so within the fold.
 *
 * <pre>{@code
 * Map<String, CrossValidation.Learner> learners = new LinkedHashMap<>();
 * learners.put("network", train -> builder().fit(train).classifier());
 * learners.put("NB-SVM", train -> NbSvm.train(train, NbSvm.Options.standard()));
 * CrossValidation result =
 *     CrossValidation.run(Folds.stratified(5).of(texts, seed), learners, comparison -> {});
 * System.out.println(result.pooled().verdict());
 * }</pre>
 *
 * <p>Each text is judged once by each way, and {@link #pooled} counts all of them together. The
 * classifiers of two folds share most of what they learned from, so that the spread over folds says
 * less than it seems to (Dietterich 1998), and the pooled interval is that for texts, not for other
 * trainings.
 */
public final class CrossValidation {
  private final List<Comparison> folds;
  private final Comparison pooled;

  private CrossValidation(List<Comparison> folds, Comparison pooled) {
    this.folds = List.copyOf(folds);
    this.pooled = pooled;
  }

  /** A way to learn a classifier. */
  public interface Learner {
    /** Fits all there is to fit on texts, and on nothing else. */
    Classifier learn(LabelledTexts train);
  }

  /** Is told of each fold when it is done. */
  public interface Listener {
    /** A fold was judged by all classifiers. */
    void judged(Comparison fold);
  }

  /**
   * The mean and the standard deviation of some numbers, with n − 1 in the denominator; of one
   * number the deviation is 0.
   *
   * @param mean the mean
   * @param deviation the standard deviation
   */
  public record Spread(double mean, double deviation) {
    static Spread of(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double deviation = values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
      return new Spread(mean, deviation);
    }
  }

  /**
   * Learns and judges, fold after fold.
   *
   * @param folds of one repeat, so that no text is judged twice
   * @param learners by name, in a map that keeps its order; the first is compared with the others
   * @throws DataException if a learner cannot learn from the texts of a fold
   * @throws IllegalArgumentException if there is no fold, the folds are of more than one repeat, or
   *     there are fewer than two learners
   */
  public static CrossValidation run(
      List<Fold> folds, Map<String, Learner> learners, Listener listener) {
    if (folds.isEmpty() || folds.stream().anyMatch(fold -> fold.repeat() > 0)) {
      throw new IllegalArgumentException(
          "Expected the folds of one repeat, so that each text is judged once, got "
              + folds.size()
              + " folds of "
              + folds.stream().map(Fold::repeat).distinct().count()
              + " repeats");
    }
    Comparison.requireTwo(learners.size());
    List<Comparison> comparisons = new ArrayList<>();
    Map<String, List<Evaluation>> judged = new LinkedHashMap<>();
    for (Fold fold : folds) {
      Map<String, Classifier> classifiers = new LinkedHashMap<>();
      learners.forEach((name, learner) -> classifiers.put(name, learner.learn(fold.train())));
      Comparison comparison = Comparison.of(classifiers, fold.heldOut());
      comparison
          .entries()
          .forEach(
              entry ->
                  judged
                      .computeIfAbsent(entry.name(), name -> new ArrayList<>())
                      .add(entry.evaluation()));
      comparisons.add(comparison);
      listener.judged(comparison);
    }
    Map<String, Evaluation> all = new LinkedHashMap<>();
    judged.forEach((name, evaluations) -> all.put(name, Evaluation.joined(evaluations)));
    return new CrossValidation(comparisons, Comparison.ofEvaluations(all));
  }

  /** What came out of each fold, in order. */
  public List<Comparison> folds() {
    return folds;
  }

  /** The comparison over the texts of all folds together. */
  public Comparison pooled() {
    return pooled;
  }

  /** The accuracy of a classifier over the folds, each fold counting the same. */
  public Spread accuracy(int classifier) {
    return Spread.of(
        folds.stream()
            .mapToDouble(fold -> fold.entries().get(classifier).evaluation().accuracy())
            .toArray());
  }

  /** The accuracy of the first classifier less that of another, over the folds. */
  public Spread difference(int classifier) {
    return Spread.of(
        folds.stream()
            .mapToDouble(
                fold ->
                    fold.first().evaluation().accuracy()
                        - fold.entries().get(classifier).evaluation().accuracy())
            .toArray());
  }
}
