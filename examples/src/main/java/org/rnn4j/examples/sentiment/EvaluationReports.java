package org.rnn4j.examples.sentiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.metric.ClassRates;
import org.rnn4j.metric.ConfusionMatrix;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.CrossValidation;
import org.rnn4j.text.classify.Evaluation;

/**
 * How well classifiers judge, as the values of a JSON object: the numbers of {@link
 * EvaluationTables}, unrounded.
 */
final class EvaluationReports {
  private EvaluationReports() {}

  /** How well a model judged some texts, by all metrics. */
  static Map<String, Object> metrics(Evaluation evaluation, Map<String, Interval> intervals) {
    Map<String, Object> report = Reports.evaluation(evaluation);
    report.put("withoutTokens", evaluation.withoutTokens());
    report.put("level", Interval.STANDARD_LEVEL);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", interval(evaluation.accuracyInterval()));
    intervals.forEach((name, value) -> metrics.put(name, interval(value)));
    report.put("metrics", metrics);
    ConfusionMatrix matrix = evaluation.confusion();
    report.put("labels", evaluation.labels());
    List<Object> classes = new ArrayList<>();
    List<Object> confusion = new ArrayList<>();
    for (int label = 0; label < matrix.classes(); label++) {
      classes.add(rates(evaluation.labels().get(label), matrix.rates(label)));
      List<Object> row = new ArrayList<>();
      for (int predicted = 0; predicted < matrix.classes(); predicted++) {
        row.add(matrix.count(label, predicted));
      }
      confusion.add(row);
    }
    report.put("classes", classes);
    ConfusionMatrix.Macro macro = matrix.macro();
    report.put("macro", rates(macro.precision(), macro.recall(), macro.f1()));
    ClassRates micro = matrix.micro();
    report.put("micro", rates(micro.precision(), micro.recall(), micro.f1()));
    report.put("confusion", confusion);
    return report;
  }

  private static Map<String, Object> rates(String label, ClassRates rates) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("label", label);
    report.putAll(rates(rates.precision(), rates.recall(), rates.f1()));
    report.put("examples", rates.support());
    report.put("predicted", rates.predicted());
    return report;
  }

  private static Map<String, Object> rates(double precision, double recall, double f1) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("precision", precision);
    report.put("recall", recall);
    report.put("f1", f1);
    return report;
  }

  private static Map<String, Object> interval(Interval interval) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("value", interval.estimate());
    report.put("lower", interval.lower());
    report.put("upper", interval.upper());
    return report;
  }

  /** Classifiers on the same texts, the first against the others. */
  static Map<String, Object> comparison(Comparison comparison) {
    Map<String, Object> report = new LinkedHashMap<>();
    List<Object> classifiers = new ArrayList<>();
    for (Comparison.Entry entry : comparison.entries()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("name", entry.name());
      values.put("loss", entry.evaluation().loss());
      values.put("accuracy", interval(entry.evaluation().accuracyInterval()));
      if (!entry.equals(comparison.first())) {
        McNemar test = entry.againstFirst();
        values.put("difference", interval(test.difference(Interval.STANDARD_LEVEL)));
        values.put("onlyFirst", test.onlyFirst());
        values.put("onlyThis", test.onlySecond());
        values.put("pValue", test.pValue());
      }
      classifiers.add(values);
    }
    report.put("examples", comparison.first().evaluation().examples());
    report.put("classifiers", classifiers);
    report.put("verdict", comparison.verdict());
    return report;
  }

  /** Classifiers on the same folds. */
  static Map<String, Object> crossValidation(CrossValidation result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("folds", result.folds().stream().map(EvaluationReports::comparison).toList());
    List<Object> spreads = new ArrayList<>();
    List<Comparison.Entry> entries = result.pooled().entries();
    for (int i = 0; i < entries.size(); i++) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("name", entries.get(i).name());
      values.put("accuracy", spread(result.accuracy(i)));
      if (i > 0) {
        values.put("difference", spread(result.difference(i)));
      }
      spreads.add(values);
    }
    report.put("overFolds", spreads);
    report.put("pooled", comparison(result.pooled()));
    return report;
  }

  private static Map<String, Object> spread(CrossValidation.Spread spread) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("mean", spread.mean());
    report.put("deviation", spread.deviation());
    return report;
  }
}
