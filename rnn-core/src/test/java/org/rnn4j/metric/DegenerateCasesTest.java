package org.rnn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.testing.RunsOnce;

/** What metrics say where there is little to say: a documented value or an error, never NaN. */
@RunsOnce
class DegenerateCasesTest {
  private static final Predictions ONE_ROW = Predictions.binary(new double[] {0.75}, 1);
  private static final Predictions NO_CLASS_ONE =
      Predictions.binary(new double[] {0.1, 0.8, 0.3}, 0, 0, 0);

  @Test
  void one_row_has_every_metric_but_the_areas() {
    assertThat(ConfusionMatrix.of(ONE_ROW).macro()).isEqualTo(new ConfusionMatrix.Macro(1, 1, 1));
    assertThat(CollectedMetric.f1().of(ONE_ROW)).isEqualTo(1);
    assertThat(CollectedMetric.logLoss().of(ONE_ROW)).isEqualTo(-StrictMath.log(0.75));
    assertThat(CollectedMetric.brierScore().of(ONE_ROW)).isEqualTo(0.0625);
    assertThat(CollectedMetric.calibrationError().of(ONE_ROW)).isEqualTo(0.25);
    assertThat(Bootstrap.standard().interval(ONE_ROW, CollectedMetric.brierScore()::of))
        .isEqualTo(new Interval(0.0625, 0.0625, 0.0625, 0.95));
    assertThat(PrecisionRecallCurve.of(ONE_ROW).averagePrecision()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RocCurve.of(ONE_ROW))
        .withMessage(
            "Expected rows with and without class 1 for a ROC curve, got 1 with it and 0 without");
  }

  @Test
  void a_class_that_is_absent_or_never_predicted_has_rates_of_zero_and_says_why() {
    ClassRates absent = ConfusionMatrix.of(NO_CLASS_ONE).rates(1);
    assertThat(absent).isEqualTo(new ClassRates(0, 1, 0));
    assertThat(absent.recall()).isZero();
    assertThat(absent.f1()).isZero();
    assertThat(absent.isPresent()).isFalse();
    assertThat(absent.isPredicted()).isTrue();

    ClassRates neither = new ClassRates(0, 0, 0);
    assertThat(neither.precision()).isZero();
    assertThat(neither.f1()).isZero();
    assertThat(neither.isPredicted()).isFalse();
  }

  @Test
  void curves_of_an_absent_class_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RocCurve.of(NO_CLASS_ONE))
        .withMessage(
            "Expected rows with and without class 1 for a ROC curve, got 0 with it and 3 without");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrecisionRecallCurve.of(NO_CLASS_ONE))
        .withMessage("Expected rows of class 1 for a precision-recall curve, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectedMetric.rocAuc().of(NO_CLASS_ONE))
        .withMessage("Expected rows of every class for the metric rocAuc, got none of class 1");
  }

  @Test
  void a_class_that_there_is_not_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RocCurve.of(NO_CLASS_ONE, 2))
        .withMessage("Expected a class from 0 to 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrecisionRecallCurve.of(NO_CLASS_ONE, -1))
        .withMessage("Expected a class from 0 to 1, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.ofClass(NO_CLASS_ONE, 2, 10))
        .withMessage("Expected a class from 0 to 1, got 2");
  }

  @Test
  void metrics_of_class_one_of_two_are_refused_for_three() {
    Predictions three = Predictions.of(new double[][] {{0.5, 0.25, 0.25}}, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectedMetric.f1().of(three))
        .withMessage("Expected two classes for the metric f1, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RocCurve.of(three))
        .withMessage("Expected two classes for a curve of class 1, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrecisionRecallCurve.of(three))
        .withMessage("Expected two classes for a curve of class 1, got 3");
  }

  @Test
  void a_label_that_was_called_impossible_costs_a_finite_loss() {
    Predictions wrong = Predictions.binary(new double[] {0}, 1);

    assertThat(CollectedMetric.logLoss().of(wrong)).isCloseTo(36.0437, within(1e-4));
  }

  @Test
  void ends_of_bins_belong_to_the_bin_below() {
    Predictions predictions =
        Predictions.binary(
            new double[] {0, 0.1, 0.3, 0.7, 0.6999999999999999, 1}, 0, 1, 0, 1, 1, 1);

    List<Calibration.Bin> bins = Calibration.ofClass(predictions, 1, 10).bins();

    assertThat(bins).extracting(Calibration.Bin::lower).containsExactly(0.0, 0.2, 0.6, 0.9);
    assertThat(bins).extracting(Calibration.Bin::upper).containsExactly(0.1, 0.3, 0.7, 1.0);
    assertThat(bins).extracting(Calibration.Bin::count).containsExactly(2, 1, 2, 1);
    assertThat(bins.get(0).frequency()).isEqualTo(0.5);
    assertThat(bins.get(0).error()).isCloseTo(0.45, within(1e-15));
    assertThat(Calibration.ofClass(predictions, 1, 10).maximumError())
        .isCloseTo(0.45, within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.ofConfidence(predictions, 0))
        .withMessage("Expected 1 bin or more, got 0");
  }

  @Test
  void every_end_of_every_number_of_bins_is_told_by_comparing_not_by_dividing() {
    for (int bins = 1; bins <= 50; bins++) {
      for (int end = 1; end < bins; end++) {
        double edge = (double) end / bins;
        Predictions at = Predictions.binary(new double[] {edge}, 1);
        Predictions above = Predictions.binary(new double[] {Math.nextUp(edge)}, 1);
        assertThat(Calibration.ofClass(at, 1, bins).bins().get(0).upper()).isEqualTo(edge);
        assertThat(Calibration.ofClass(above, 1, bins).bins().get(0).lower()).isEqualTo(edge);
      }
    }
  }

  @Test
  void tests_and_intervals_without_rows_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interval.wilson(0, 0, 0.95))
        .withMessage("Expected successes from 0 to a number of trials of 1 or more, got 0 of 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interval.wilson(1, 2, 1))
        .withMessage("Expected a level between 0 and 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new McNemar(3, 2, 2))
        .withMessageContaining("got 2 and 2 of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(0, 0.95, 1))
        .withMessage("Expected 1 replicate or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(10, Double.NaN, 1))
        .withMessage("Expected a level between 0 and 1, got NaN");
  }
}
