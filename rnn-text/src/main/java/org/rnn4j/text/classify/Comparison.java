package org.rnn4j.text.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * Several classifiers on the same texts, and whether the first of them is better than the others:
 * usually a network beside the baselines that it has to beat.
 *
 * <pre>{@code
 * Map<String, Classifier> classifiers = new LinkedHashMap<>();
 * classifiers.put("the network", network);
 * classifiers.put("NB-SVM", NbSvm.train(split.train(), NbSvm.Options.standard()));
 * Comparison comparison = Comparison.of(classifiers, split.test());
 * System.out.println(comparison.verdict());
 * }</pre>
 */
public final class Comparison {
  private final List<Entry> entries;

  private Comparison(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * One of the classifiers.
   *
   * @param name what it is called
   * @param evaluation how it judged the texts
   * @param againstFirst McNemar's test of the first classifier against this one; for the first
   *     itself, where no text tells the two apart, its p-value is 1
   */
  public record Entry(String name, Evaluation evaluation, McNemar againstFirst) {}

  /**
   * Has each classifier judge the texts.
   *
   * @param classifiers by name, in a map that keeps its order; the first is compared with the
   *     others
   * @throws DataException if there is no text, or a text has a label that is not one of the
   *     classifiers'
   * @throws IllegalArgumentException if there are fewer than two classifiers, or they do not know
   *     the same labels
   */
  public static Comparison of(Map<String, ? extends Classifier> classifiers, LabelledTexts texts) {
    requireTwo(classifiers.keySet().size());
    List<String> labels = classifiers.values().iterator().next().labels();
    classifiers.forEach(
        (name, classifier) -> {
          if (!new HashSet<>(classifier.labels()).equals(new HashSet<>(labels))) {
            throw new IllegalArgumentException(
                "Expected classifiers of the same labels, got "
                    + labels
                    + " and, of "
                    + name
                    + ", "
                    + classifier.labels());
          }
        });
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    classifiers.forEach(
        (name, classifier) -> evaluations.put(name, Evaluation.of(classifier, labels, texts)));
    return ofEvaluations(evaluations);
  }

  /**
   * Compares evaluations of the same texts.
   *
   * @param evaluations by name, in a map that keeps its order; the first is compared with the
   *     others
   * @throws IllegalArgumentException if there are fewer than two, or they are not of the same
   *     labels and texts
   */
  public static Comparison ofEvaluations(Map<String, Evaluation> evaluations) {
    requireTwo(evaluations.size());
    Evaluation first = evaluations.values().iterator().next();
    List<Entry> entries = new ArrayList<>();
    evaluations.forEach(
        (name, evaluation) -> {
          if (!evaluation.labels().equals(first.labels())) {
            throw new IllegalArgumentException(
                "Expected evaluations of the same labels "
                    + first.labels()
                    + ", got, of "
                    + name
                    + ", "
                    + evaluation.labels());
          }
          McNemar test = McNemar.of(first.predictions(), evaluation.predictions());
          entries.add(new Entry(name, evaluation, test));
        });
    return new Comparison(entries);
  }

  static void requireTwo(int count) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "Expected two classifiers or more to compare, got " + count);
    }
  }

  /** The classifiers in the order given. */
  public List<Entry> entries() {
    return entries;
  }

  /** The one that is compared with the others. */
  public Entry first() {
    return entries.get(0);
  }

  /** The most accurate of the others, of equally accurate ones the first. */
  public Entry best() {
    return entries.stream()
        .skip(1)
        .sorted(Comparator.comparingDouble(entry -> -entry.evaluation().accuracy()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * One sentence that says whether the first beats the {@linkplain #best best of the others}: it
   * does if it is more accurate and McNemar's test finds a difference at the level of 5 %.
   */
  public String verdict() {
    return verdict(best());
  }

  /** The same sentence about each of the others, in the order given. */
  public List<String> verdicts() {
    return entries.stream().skip(1).map(this::verdict).toList();
  }

  private String verdict(Entry other) {
    McNemar test = other.againstFirst();
    Interval difference = test.difference(Interval.STANDARD_LEVEL);
    boolean isBetter = difference.estimate() > 0;
    String finding;
    if (!test.isSignificant()) {
      finding = " does not beat ";
    } else {
      finding = isBetter ? " beats " : " is beaten by ";
    }
    String reason =
        test.isSignificant()
            ? ""
            : difference.estimate() == 0
                ? ", both are equally accurate"
                : ", the difference may be chance";
    return first().name()
        + finding
        + other.name()
        + ": accuracy "
        + percent(first().evaluation().accuracy())
        + " against "
        + percent(other.evaluation().accuracy())
        + " of "
        + test.rows()
        + " texts, "
        + String.format(
            Locale.ROOT,
            "%+.2f points (%+.2f to %+.2f), McNemar's p %s",
            100 * difference.estimate(),
            100 * difference.lower(),
            100 * difference.upper(),
            pValue(test.pValue()))
        + reason
        + ".";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String pValue(double value) {
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", value);
  }
}
