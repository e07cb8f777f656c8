package org.rnn4j.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.bench.accuracy.KerasTwin.Seconds;
import org.rnn4j.bench.accuracy.Outcome.Turn;
import org.rnn4j.json.Json;
import org.rnn4j.metric.Predictions;

class AccuracyReportTest {
  private static final int ROWS = 100;

  /** Predictions that say class 1 for the first so many rows, each with a probability of 0.9. */
  private static Predictions predictions(int[] labels, int ofClass1) {
    double[] second = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      second[row] = row < ofClass1 ? 0.9 : 0.1;
    }
    return Predictions.binary(second, labels);
  }

  private static Report report(int ours, int keras) {
    int[] labels = new int[ROWS];
    Arrays.fill(labels, 1);
    List<Turn> turns =
        List.of(
            new Turn(1, new Seconds(3, 5), new Seconds(5, 10), 0.8, 0.7),
            new Turn(2, new Seconds(1, 3), new Seconds(3, 6), 0.9, 0.8));
    Outcome outcome =
        new Outcome(
            7,
            "3.0",
            "no jit_compile",
            turns,
            predictions(labels, ours),
            predictions(labels, keras),
            1e-6);
    return new Report(Map.of("design", "a"), List.of(outcome), predictions(labels, 85));
  }

  @Test
  void the_tables_have_accuracies_with_intervals_and_times() {
    String text = report(90, 88).markdown();

    assertThat(text)
        .contains("| 7    | 90.00 % (82.56–94.48) | 88.00 % (80.19–93.00) |")
        .contains("| 2 / 0 ")
        .contains("| 7    | 1     | 3.0     | 5.0     | 1.67  |")
        .contains("| 7    | 2     | 1.0     | 3.0     | 3.00  |")
        .contains("rnn4j 2.0 s, Keras 4.0 s, 2.00 times as long; processor time 2.00 times as much")
        .contains("NB-SVM 85.00 %");
  }

  @Test
  void the_verdict_is_by_the_interval_of_the_difference() {
    assertThat(report(88, 90).markdown())
        .contains("accuracy is not lower than Keras' beyond the interval, in any seed.");
    assertThat(report(70, 90).markdown())
        .contains("accuracy is lower than Keras' beyond the interval in 1 of 1 seeds.");
  }

  @Test
  void json_has_what_the_tables_have() {
    Map<String, Object> json = Json.parseObject(Json.write(report(90, 88).json()));

    assertThat(json).containsEntry("rnn4jAccuracy", 0.9).containsEntry("kerasAccuracy", 0.88);
    assertThat(json).containsEntry("wallRatio", 2.0).containsEntry("processorRatio", 2.0);
  }

  @Test
  void each_text_has_a_line_with_the_probabilities_of_all() {
    Report report = report(90, 88);

    List<String> lines =
        report.predictions(report.outcomes().get(0), List.of("bad", "good")).lines().toList();

    assertThat(lines).hasSize(ROWS + 1);
    assertThat(lines.get(0))
        .isEqualTo(
            "row\tlabel\trnn4j bad\trnn4j good\tkeras bad\tkeras good\tnb-svm bad\tnb-svm good");
    assertThat(lines.get(90))
        .isEqualTo("89\tgood\t0.100000\t0.900000\t0.900000\t0.100000\t0.900000\t0.100000");
  }
}
