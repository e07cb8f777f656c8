package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.examples.report.Block;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.examples.report.Section;
import org.rnn4j.metric.McNemar;
import org.rnn4j.text.classify.Comparison;

/** How a classifier stands beside others on the same texts, as a table and in a sentence each. */
final class ComparisonSection {
  private ComparisonSection() {}

  static Section of(Comparison comparison) {
    String first = comparison.first().name();
    List<List<String>> rows = new ArrayList<>();
    for (Comparison.Entry entry : comparison.entries()) {
      Measure accuracy = Measures.accuracy(entry.evaluation());
      McNemar test = entry.againstFirst();
      boolean isFirst = entry.equals(comparison.first());
      rows.add(
          List.of(
              entry.name(),
              accuracy.written(),
              accuracy.interval(),
              isFirst ? "" : Digits.count(test.onlyFirst()),
              isFirst ? "" : Digits.count(test.onlySecond()),
              isFirst ? "" : Digits.probability(test.pValue())));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            first + " beside others, on the same texts",
            List.of(
                "classifier",
                ">accuracy",
                ">interval",
                ">only " + first + " right",
                ">only it right",
                ">McNemar's p"),
            rows));
    comparison.verdicts().forEach(verdict -> blocks.add(new Block.Paragraph(verdict)));
    return new Section("Beside others", blocks);
  }
}
