package org.rnn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class PredictionsTest {
  private static final double[][] THREE = {{0.2, 0.5, 0.3}, {0.4, 0.2, 0.4}, {0, 0, 1}};

  @Test
  void one_neuron_is_two_classes() {
    Tensor head = Tensor.matrix(DType.FLOAT32, new double[][] {{0.75}, {0.5}});

    Predictions predictions = Predictions.of(head, 1, 1);

    assertThat(predictions.classes()).isEqualTo(2);
    assertThat(predictions.probability(0, 0)).isEqualTo(0.25);
    assertThat(predictions.probability(0, 1)).isEqualTo(0.75);
    assertThat(predictions.predicted(0)).isEqualTo(1);
    assertThat(predictions.predicted(1)).as("one half is not above one half").isZero();
    assertThat(predictions.accuracy()).isEqualTo(0.5);
  }

  @Test
  void the_first_of_equally_probable_classes_is_predicted() {
    Predictions predictions = Predictions.of(THREE, 1, 2, 2);

    assertThat(predictions.predicted(0)).isEqualTo(1);
    assertThat(predictions.predicted(1)).isZero();
    assertThat(predictions.correct()).isEqualTo(2);
    assertThat(predictions.counts()).containsExactly(0, 1, 2);
  }

  @Test
  void rows_are_selected_and_parts_joined() {
    Predictions predictions = Predictions.of(THREE, 1, 2, 2);

    Predictions selected = predictions.select(2, 0, 2);
    assertThat(selected.rows()).isEqualTo(3);
    assertThat(selected.probability(0, 2)).isEqualTo(1);
    assertThat(selected.label(1)).isEqualTo(1);

    Predictions joined = Predictions.joined(List.of(predictions.select(0), predictions.select(2)));
    assertThat(joined.rows()).isEqualTo(2);
    assertThat(joined.probability(1, 2)).isEqualTo(1);
    assertThat(joined.label(0)).isEqualTo(1);
  }

  @Test
  void later_changes_of_what_it_was_given_change_nothing() {
    double[][] probabilities = {{0.9, 0.1}};
    int[] labels = {0};
    Predictions predictions = Predictions.of(probabilities, labels);

    probabilities[0][0] = 0;
    labels[0] = 1;

    assertThat(predictions.accuracy()).isEqualTo(1);
  }

  @Test
  void what_is_not_a_probability_is_refused_with_its_row() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.binary(new double[] {0.5, Double.NaN}, 0, 1))
        .withMessage("Expected probabilities from 0 to 1, got NaN for class 0 in row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.binary(new double[] {1.5}, 0))
        .withMessage("Expected probabilities from 0 to 1, got -0.5 for class 0 in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(new double[][] {{0.5, 0.25, 0}}, 0))
        .withMessageStartingWith(
            "Expected the probabilities of all classes to add up to 1, got 0.75 in row 0");
  }

  @Test
  void labels_and_rows_that_do_not_fit_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(THREE, 0, 1, 3))
        .withMessage("Expected labels from 0 to 2, got 3 in row 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(THREE, 0, -1, 1))
        .withMessage("Expected labels from 0 to 2, got -1 in row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(THREE, 0, 1))
        .withMessage("Expected one label for each row of probabilities, got 2 labels for 3 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(new double[][] {{0.5, 0.5}, {1}}, 0, 1))
        .withMessage("Expected 2 probabilities, got 1 in row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(new double[][] {{1}}, 0))
        .withMessage("Expected probabilities of two classes or more, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(new double[0][]))
        .withMessage("Expected at least one row of predictions, got none");
  }
}
