package org.rnn4j.examples.sentiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.examples.study.Measures;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.metric.ClassRates;
import org.rnn4j.metric.ConfusionMatrix;
import org.rnn4j.metric.Interval;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.CrossValidation;
import org.rnn4j.text.classify.Evaluation;

/** The tables that say how well a model judges, and whether better than others. */
final class EvaluationTables {
  private EvaluationTables() {}

  /** What was judged. */
  static String summary(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    text.append("examples  ").append(Tables.count(evaluation.examples()));
    if (evaluation.withoutTokens() > 0) {
      text.append(", ").append(Tables.count(evaluation.withoutTokens()));
      text.append(" of them without a token: judged without evidence");
    }
    text.append('\n');
    text.append(String.format(Locale.ROOT, "seconds   %.2f\n", evaluation.seconds()));
    return text.toString();
  }

  /**
   * A line that says so where a model is no better than always naming the most frequent class of
   * the texts; otherwise empty.
   */
  static String noBetterThanOneClass(Evaluation evaluation) {
    int[] counts = evaluation.predictions().counts();
    int most = 0;
    for (int label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    double share = (double) counts[most] / evaluation.examples();
    return evaluation.accuracy() > share
        ? ""
        : String.format(
            Locale.ROOT,
            "The model is no better than always saying %s: accuracy %s against %s.\n",
            evaluation.labels().get(most),
            Tables.percent(evaluation.accuracy()),
            Tables.percent(share));
  }

  /** A row for each metric, with its interval. */
  static String metrics(Evaluation evaluation, Map<String, Interval> intervals) {
    Table table = new Table("metric", ">value", "95 % interval");
    Interval accuracy = evaluation.accuracyInterval();
    table.row("accuracy", Tables.percent(accuracy.estimate()), percentRange(accuracy));
    intervals.forEach(
        (name, interval) ->
            table.row(
                Measures.title(name, evaluation.labels()),
                fraction(interval.estimate()),
                fraction(interval.lower()) + " to " + fraction(interval.upper())));
    List<String> absent = absent(evaluation);
    return absent.isEmpty()
        ? table.toString()
        : table
            + "Areas under curves are not defined: no text is labelled "
            + String.join(" or ", absent)
            + ".\n";
  }

  /** The labels that no text has. */
  static List<String> absent(Evaluation evaluation) {
    int[] counts = evaluation.predictions().counts();
    return IntStream.range(0, counts.length)
        .filter(label -> counts[label] == 0)
        .mapToObj(evaluation.labels()::get)
        .toList();
  }

  /** A row for each class, and the means. */
  static String classes(Evaluation evaluation) {
    ConfusionMatrix matrix = evaluation.confusion();
    Table table = new Table("class", ">precision", ">recall", ">F1", ">texts", ">predicted");
    for (int label = 0; label < matrix.classes(); label++) {
      ClassRates rates = matrix.rates(label);
      table.row(
          evaluation.labels().get(label),
          rates.isPredicted() ? fraction(rates.precision()) : "-",
          rates.isPresent() ? fraction(rates.recall()) : "-",
          rates.isPresent() || rates.isPredicted() ? fraction(rates.f1()) : "-",
          Tables.count(rates.support()),
          Tables.count(rates.predicted()));
    }
    ConfusionMatrix.Macro macro = matrix.macro();
    ClassRates micro = matrix.micro();
    table.row(
        "macro mean",
        fraction(macro.precision()),
        fraction(macro.recall()),
        fraction(macro.f1()),
        Tables.count(matrix.total()),
        Tables.count(matrix.total()));
    table.row(
        "micro mean",
        fraction(micro.precision()),
        fraction(micro.recall()),
        fraction(micro.f1()),
        Tables.count(matrix.total()),
        Tables.count(matrix.total()));
    return table.toString();
  }

  /** A row for each class, with what its texts are taken for. */
  static String confusion(Evaluation evaluation) {
    ConfusionMatrix matrix = evaluation.confusion();
    List<String> labels = evaluation.labels();
    String[] headings = new String[labels.size() + 1];
    headings[0] = "texts of";
    for (int label = 0; label < labels.size(); label++) {
      headings[label + 1] = ">taken for " + labels.get(label);
    }
    Table table = new Table(headings);
    for (int label = 0; label < labels.size(); label++) {
      Object[] cells = new Object[headings.length];
      cells[0] = labels.get(label);
      for (int predicted = 0; predicted < labels.size(); predicted++) {
        cells[predicted + 1] = Tables.count(matrix.count(label, predicted));
      }
      table.row(cells);
    }
    return table.toString();
  }

  /** A row for each classifier, with McNemar's test of the first against it. */
  static String comparison(Comparison comparison) {
    Table table =
        new Table(
            "classifier",
            ">accuracy",
            "95 % interval",
            ">only first right",
            ">only this right",
            ">McNemar's p");
    for (Comparison.Entry entry : comparison.entries()) {
      Interval accuracy = entry.evaluation().accuracyInterval();
      boolean isFirst = entry.equals(comparison.first());
      table.row(
          entry.name(),
          Tables.percent(accuracy.estimate()),
          percentRange(accuracy),
          isFirst ? "-" : Tables.count(entry.againstFirst().onlyFirst()),
          isFirst ? "-" : Tables.count(entry.againstFirst().onlySecond()),
          isFirst ? "-" : Digits.probability(entry.againstFirst().pValue()));
    }
    return table.toString();
  }

  /** A row for each fold, and what they have in common; the others are compared with the first. */
  static String folds(CrossValidation result) {
    List<Comparison.Entry> entries = result.pooled().entries();
    String[] headings = new String[2 + entries.size() + 2];
    headings[0] = "fold";
    headings[1] = ">texts";
    for (int i = 0; i < entries.size(); i++) {
      headings[2 + i] = ">" + entries.get(i).name();
    }
    headings[headings.length - 2] = ">" + entries.get(0).name() + " less " + entries.get(1).name();
    headings[headings.length - 1] = ">McNemar's p";
    Table table = new Table(headings);
    for (int fold = 0; fold < result.folds().size(); fold++) {
      row(table, String.valueOf(fold + 1), result.folds().get(fold));
    }
    spreads(table, "mean", "%+.2f", result, CrossValidation.Spread::mean);
    spreads(table, "deviation", "%.2f", result, CrossValidation.Spread::deviation);
    row(table, "all texts", result.pooled());
    return table.toString();
  }

  private static void row(Table table, String name, Comparison comparison) {
    List<Comparison.Entry> entries = comparison.entries();
    Object[] cells = new Object[2 + entries.size() + 2];
    cells[0] = name;
    cells[1] = Tables.count(comparison.first().evaluation().examples());
    for (int i = 0; i < entries.size(); i++) {
      cells[2 + i] = Tables.percent(entries.get(i).evaluation().accuracy());
    }
    Comparison.Entry second = entries.get(1);
    cells[cells.length - 2] =
        points(second.againstFirst().difference(Interval.STANDARD_LEVEL).estimate());
    cells[cells.length - 1] = Digits.probability(second.againstFirst().pValue());
    table.row(cells);
  }

  private interface Part {
    double of(CrossValidation.Spread spread);
  }

  private static void spreads(
      Table table, String name, String points, CrossValidation result, Part part) {
    int classifiers = result.pooled().entries().size();
    Object[] cells = new Object[2 + classifiers + 2];
    cells[0] = name;
    cells[1] = "";
    for (int i = 0; i < classifiers; i++) {
      cells[2 + i] = Tables.percent(part.of(result.accuracy(i)));
    }
    cells[cells.length - 2] =
        String.format(Locale.ROOT, points, 100 * part.of(result.difference(1)));
    cells[cells.length - 1] = "";
    table.row(cells);
  }

  private static String percentRange(Interval interval) {
    return String.format(
        Locale.ROOT, "%.2f to %.2f %%", 100 * interval.lower(), 100 * interval.upper());
  }

  private static String points(double difference) {
    return String.format(Locale.ROOT, "%+.2f", 100 * difference);
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
