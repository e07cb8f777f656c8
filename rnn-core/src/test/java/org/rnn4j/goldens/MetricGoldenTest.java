package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.metric.Calibration;
import org.rnn4j.metric.ClassRates;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.metric.ConfusionMatrix;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.metric.PrecisionRecallCurve;
import org.rnn4j.metric.Predictions;
import org.rnn4j.metric.RocCurve;
import org.rnn4j.testing.RunsOnce;

/** Metrics against scikit-learn's, intervals and McNemar's test against SciPy's. */
@RunsOnce
class MetricGoldenTest {
  private static final Closeness CLOSE = new Closeness(1e-12, 1e-12);
  private static final Golden STATISTICS =
      Golden.resource("scipy_statistics.json").objects("cases").get(0);

  static Stream<Golden> cases() {
    return Golden.resource("sklearn_metrics.json").objects("cases").stream();
  }

  private static Predictions predictions(Golden golden) {
    return Predictions.of(golden.matrix("probabilities"), golden.integers("labels"));
  }

  @Test
  void there_are_cases_of_two_and_more_classes_with_all_that_is_compared() {
    assertThat(cases()).hasSize(13);
    assertThat(cases().filter(golden -> golden.has("curves"))).hasSize(7);
    assertThat(cases().filter(golden -> golden.has("rocAuc"))).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_confusion_matrix_and_its_rates(Golden golden) {
    ConfusionMatrix matrix = ConfusionMatrix.of(predictions(golden));

    int[][] counts = golden.integerRows("confusion");
    for (int label = 0; label < counts.length; label++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        assertThat(matrix.count(label, predicted)).isEqualTo(counts[label][predicted]);
      }
    }
    CLOSE.check("accuracy", matrix.accuracy(), golden.number("accuracy"));
    check(golden, "classes.precision", matrix, ClassRates::precision);
    check(golden, "classes.recall", matrix, ClassRates::recall);
    check(golden, "classes.f1", matrix, ClassRates::f1);
    check(golden, "classes.support", matrix, ClassRates::support);
    CLOSE.check("macro precision", matrix.macro().precision(), golden.number("macro.precision"));
    CLOSE.check("macro recall", matrix.macro().recall(), golden.number("macro.recall"));
    CLOSE.check("macro F1", matrix.macro().f1(), golden.number("macro.f1"));
    CLOSE.check("micro precision", matrix.micro().precision(), golden.number("micro.precision"));
    CLOSE.check("micro recall", matrix.micro().recall(), golden.number("micro.recall"));
    CLOSE.check("micro F1", matrix.micro().f1(), golden.number("micro.f1"));
  }

  private static void check(
      Golden golden, String path, ConfusionMatrix matrix, ToDoubleFunction<ClassRates> rate) {
    double[] actual = matrix.rates().stream().mapToDouble(rate).toArray();
    CLOSE.check(golden + ":" + path, actual, golden.vector(path));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void log_loss_brier_score_and_calibration_error(Golden golden) {
    Predictions predictions = predictions(golden);

    for (CollectedMetric metric :
        List.of(
            CollectedMetric.logLoss(),
            CollectedMetric.brierScore(),
            CollectedMetric.calibrationError())) {
      double actual = metric.of(predictions);
      CLOSE.check(golden + ":" + metric.name(), actual, golden.number(metric.name()));
    }
    if (golden.has("calibration")) {
      List<Calibration.Bin> bins =
          Calibration.ofClass(predictions, 1, golden.integer("calibration.bins")).bins();
      CLOSE.check(
          golden + ":frequencies",
          bins.stream().mapToDouble(Calibration.Bin::frequency).toArray(),
          golden.vector("calibration.frequencies"));
      CLOSE.check(
          golden + ":means",
          bins.stream().mapToDouble(Calibration.Bin::meanProbability).toArray(),
          golden.vector("calibration.means"));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areas_of_both_curves_and_their_points(Golden golden) {
    Predictions predictions = predictions(golden);
    String where = golden.has("curves") ? "curves." : "";
    if (!golden.has(where + "rocAuc")) {
      return;
    }

    for (CollectedMetric metric :
        List.of(CollectedMetric.rocAuc(), CollectedMetric.averagePrecision())) {
      double expected = golden.number(where + metric.name());
      CLOSE.check(golden + ":" + metric.name(), metric.of(predictions), expected);
    }
    if (golden.has("curves")) {
      List<RocCurve.Point> roc = RocCurve.of(predictions).points();
      assertThat(roc.get(0)).isEqualTo(new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0));
      CLOSE.check(
          golden + ":roc",
          roc.stream()
              .skip(1)
              .map(p -> row(p.threshold(), p.falsePositiveRate(), p.truePositiveRate()))
              .toArray(double[][]::new),
          golden.matrix("curves.roc"));
      CLOSE.check(
          golden + ":precisionRecall",
          PrecisionRecallCurve.of(predictions).points().stream()
              .map(p -> row(p.threshold(), p.recall(), p.precision()))
              .toArray(double[][]::new),
          golden.matrix("curves.precisionRecall"));
    }
  }

  private static double[] row(double... values) {
    return values;
  }

  @Test
  void wilson_intervals() {
    List<Golden> cases = STATISTICS.objects("wilson");
    assertThat(cases).hasSize(27);
    for (Golden golden : cases) {
      Interval interval =
          Interval.wilson(
              golden.integer("successes"), golden.integer("trials"), golden.number("level"));
      CLOSE.check(golden + ":lower", interval.lower(), golden.number("lower"));
      CLOSE.check(golden + ":upper", interval.upper(), golden.number("upper"));
    }
  }

  @Test
  void mcnemars_exact_test_and_the_interval_of_the_difference() {
    List<Golden> cases = STATISTICS.objects("mcnemar");
    assertThat(cases).hasSize(16);
    for (Golden golden : cases) {
      McNemar test =
          new McNemar(
              golden.integer("rows"), golden.integer("onlyFirst"), golden.integer("onlySecond"));
      // Small p-values must be right in relation to themselves.
      new Closeness(0, 1e-12).check(golden + ":p", test.pValue(), golden.number("pValue"));
      Interval difference = test.difference(0.95);
      CLOSE.check(golden + ":lower", difference.lower(), golden.number("lower"));
      CLOSE.check(golden + ":upper", difference.upper(), golden.number("upper"));
    }
  }

  /** A bootstrap whose replicates are given values: its bounds are their percentiles. */
  @Test
  void percentiles() {
    for (Golden golden : STATISTICS.objects("percentiles")) {
      double[] sorted = golden.vector("values");
      Arrays.sort(sorted);
      double[] shares = golden.vector("shares");
      double[] expected = golden.vector("percentiles");
      assertThat(shares).hasSize(7);
      for (int i = 0; i < shares.length; i++) {
        CLOSE.check(golden + ":" + shares[i], Interval.percentile(sorted, shares[i]), expected[i]);
      }
    }
  }
}
