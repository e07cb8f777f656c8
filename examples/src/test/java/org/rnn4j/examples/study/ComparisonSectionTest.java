package org.rnn4j.examples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.examples.report.Block;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.examples.testing.RunsOnce;
import org.rnn4j.metric.Predictions;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.Evaluation;

/** What a report says of classifiers is what the library says of them. */
@RunsOnce
class ComparisonSectionTest {

  /** Of texts that are negative, as many are taken for positive. */
  private static Evaluation evaluation(int texts, int wrong) {
    double[] positive = new double[texts];
    Arrays.fill(positive, 0, wrong, 0.9);
    return new Evaluation(
        List.of("negative", "positive"), Predictions.binary(positive, new int[texts]), 0, 0);
  }

  @Test
  void each_classifier_has_a_row_and_each_but_the_first_the_verdict_of_the_library() {
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    evaluations.put("gru", evaluation(1000, 100));
    evaluations.put("lstm", evaluation(1000, 106));
    evaluations.put("majority class", evaluation(1000, 500));
    Comparison comparison = Comparison.ofEvaluations(evaluations);

    List<Block> blocks = ComparisonSection.of(comparison).blocks();

    Block.Table table = (Block.Table) blocks.get(0);
    assertThat(table.headings().get(3)).isEqualTo(">only gru right");
    assertThat(table.rows())
        .containsExactly(
            List.of("gru", "90.0 %", "88.0 % to 91.7 %", "", "", ""),
            List.of("lstm", "89.4 %", "87.3 % to 91.2 %", "6", "0", "0.031"),
            List.of("majority class", "50.0 %", "46.9 % to 53.1 %", "400", "0", "< 0.001"));
    assertThat(blocks.subList(1, 3))
        .isEqualTo(comparison.verdicts().stream().map(Block.Paragraph::new).toList());
  }

  @Test
  void a_metric_that_the_texts_do_not_define_has_no_number_and_all_have_words() {
    List<Measure> measures = Measures.of(evaluation(50, 10));

    assertThat(measures)
        .extracting(measure -> Measures.title(measure.name(), List.of("negative", "positive")))
        .containsExactly(
            "accuracy",
            "F1 of positive",
            "macro F1",
            "area under ROC curve",
            "average precision",
            "log loss",
            "Brier score",
            "calibration error");
    assertThat(measures)
        .extracting(measure -> Double.isNaN(measure.value()))
        .containsExactly(false, false, false, true, true, false, false, false);
    assertThat(measures.get(0)).isEqualTo(Measures.accuracy(evaluation(50, 10)));
  }
}
