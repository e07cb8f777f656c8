package org.rnn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class AccuracyTest {
  private static Tensor rows(double[]... rows) {
    return Tensor.matrix(DType.FLOAT32, rows);
  }

  @Test
  void the_most_probable_class_is_predicted_and_of_equals_the_first() {
    Tensor probabilities = rows(new double[] {0.2, 0.5, 0.3}, new double[] {0.4, 0.2, 0.4});

    assertThat(Accuracy.predicted(probabilities, 0)).isEqualTo(1);
    assertThat(Accuracy.predicted(probabilities, 1)).isZero();
  }

  @Test
  void one_neuron_predicts_class_one_above_one_half() {
    Tensor probabilities = rows(new double[] {0.5}, new double[] {0.51}, new double[] {0.1});

    assertThat(Accuracy.predicted(probabilities, 0)).isZero();
    assertThat(Accuracy.predicted(probabilities, 1)).isEqualTo(1);
    assertThat(Accuracy.predicted(probabilities, 2)).isZero();
  }

  @Test
  void it_is_the_share_of_right_predictions_over_all_batches() {
    Metric.Tally tally = Accuracy.accuracy().start();

    tally.add(rows(new double[] {0.9, 0.1}, new double[] {0.2, 0.8}), new int[] {0, 0});
    assertThat(tally.value()).isEqualTo(0.5);
    tally.add(rows(new double[] {0.6, 0.4}), new int[] {0});
    assertThat(tally.value()).isEqualTo(2.0 / 3);
  }

  @Test
  void of_nothing_it_is_not_a_number() {
    assertThat(Accuracy.accuracy().start().value()).isNaN();
    assertThat(Accuracy.accuracy().name()).isEqualTo("accuracy");
  }

  @Test
  void tallies_do_not_disturb_each_other() {
    Metric.Tally right = Accuracy.accuracy().start();
    Metric.Tally wrong = Accuracy.accuracy().start();
    right.add(rows(new double[] {1, 0}), new int[] {0});
    wrong.add(rows(new double[] {1, 0}), new int[] {1});

    assertThat(right.value()).isEqualTo(1);
    assertThat(wrong.value()).isZero();
  }
}
