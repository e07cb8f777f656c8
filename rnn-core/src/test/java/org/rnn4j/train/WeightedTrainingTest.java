package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.MaxNorm;
import org.rnn4j.optim.ParameterSelection;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.Sgd;
import org.rnn4j.optim.WeightDecay;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;

/** Weights of classes and examples, and regularisation of chosen parameters, in a training. */
class WeightedTrainingTest {
  private static final Example FIRST = new Example(new int[] {1, 2}, 0);
  private static final Example SECOND = new Example(new int[] {3}, 1);

  private static Sequential model() {
    return Sequential.builder(1)
        .type(DType.FLOAT64)
        .embedding(5, 3)
        .lstm(4)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model).optimizer(Sgd.withDefaults().learningRate(0.3)).batchSize(8).epochs(1);
  }

  private static void assertClose(Sequential expected, Sequential actual) {
    expected
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(actual.parameter(name).value().toArray())
                    .as(name)
                    .containsExactly(parameter.value().toArray(), within(1e-14)));
  }

  @Test
  void a_weight_of_three_counts_as_an_example_that_stands_there_three_times() {
    Sequential repeated = model();
    History expected = trainer(repeated).fit(List.of(FIRST, SECOND, SECOND, SECOND));
    Sequential byClass = model();
    History weighted =
        trainer(byClass).classWeights(ClassWeights.of(2, 6)).fit(List.of(FIRST, SECOND));
    Sequential byExample = model();
    trainer(byExample).sampleWeights(0.5, 1.5).fit(List.of(FIRST, SECOND));
    Sequential byBoth = model();
    trainer(byBoth)
        .classWeights(ClassWeights.of(1, 6))
        .sampleWeights(2, 1)
        .fit(List.of(FIRST, SECOND));

    assertClose(repeated, byClass);
    assertClose(repeated, byExample);
    assertClose(repeated, byBoth);
    assertThat(weighted.last().training().loss())
        .isCloseTo(expected.last().training().loss(), within(1e-14));
  }

  @Test
  void balanced_weights_are_those_of_the_formula() {
    ClassWeights weights = ClassWeights.balanced(List.of(FIRST, SECOND, SECOND, SECOND), 2);
    assertThat(weights.of(0)).isEqualTo(2);
    assertThat(weights.of(1)).isEqualTo(4 / 6.0);
    assertThatThrownBy(() -> ClassWeights.balanced(List.of(FIRST, FIRST), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected examples of each of 2 classes, got none of class 1");
  }

  @Test
  void weights_of_a_wrong_count_or_size_are_refused_before_work_starts() {
    Sequential model = model();
    String weights = Bits.sha256(model);
    List<Example> examples = List.of(FIRST, SECOND);
    assertThatThrownBy(() -> trainer(model).sampleWeights(1, 2, 3).fit(examples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 sample weights, one a training example, got 3");
    assertThatThrownBy(() -> trainer(model).sampleWeights(1, Double.NaN).fit(examples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Expected sample weights that are finite and more than 0, got NaN for training example"
                + " 1");
    assertThatThrownBy(() -> trainer(model).classWeights(ClassWeights.of(1, 2, 3)).fit(examples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 class weights, one a class, got 3");
    assertThatThrownBy(() -> ClassWeights.of(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Expected a weight that is finite and more than 0, got 0.0 for class 1");
    assertThat(Bits.sha256(model)).isEqualTo(weights);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
  void label_smoothing_outside_of_zero_to_one_is_refused(double smoothing) {
    String message = "Expected label smoothing to be at least 0 and less than 1, got " + smoothing;
    assertThatThrownBy(() -> SoftmaxCrossEntropy.softmaxCrossEntropy().labelSmoothing(smoothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> BinaryCrossEntropy.binaryCrossEntropy().labelSmoothing(smoothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void decay_spares_biases_and_tables_unless_they_are_chosen() {
    // Without gradients worth speaking of, what a step leaves is what decay leaves.
    for (boolean all : new boolean[] {false, true}) {
      Sequential model = model();
      Sequential before = model();
      model.parameter("dense.bias").value().fill(2);
      before.parameter("dense.bias").value().fill(2);
      WeightDecay decay = WeightDecay.of(0.5);
      trainer(model)
          .optimizer(
              new Adam(0.1, 0.9, 0.999, 1e20, Adam.Form.PYTORCH)
                  .weightDecay(all ? decay.on(ParameterSelection.all()) : decay))
          .fit(List.of(FIRST));
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                boolean spared = name.endsWith("bias") || name.equals("embedding.table");
                double left = spared && !all ? 1 : 0.95;
                double[] expected =
                    Arrays.stream(before.parameter(name).value().toArray())
                        .map(w -> left * w)
                        .toArray();
                assertThat(parameter.value().toArray())
                    .as(name)
                    .containsExactly(expected, within(1e-15));
              });
    }
  }

  @Test
  void norms_are_limited_after_every_step_in_chosen_parameters() {
    Sequential model = model();
    trainer(model)
        .maxNorm(new MaxNorm(0.4, ParameterSelection.matching("embedding.table|lstm.*weights")))
        .epochs(3)
        .fit(List.of(FIRST, SECOND));
    Tensor weights = model.parameter("lstm.input_weights").value();
    double greatest = 0;
    for (int column = 0; column < weights.columns(); column++) {
      double squares = 0;
      for (int row = 0; row < weights.rows(); row++) {
        squares += Math.pow(weights.get(row, column), 2);
      }
      greatest = Math.max(greatest, Math.sqrt(squares));
    }
    assertThat(greatest).isBetween(0.3999, 0.4);
    assertThat(Arrays.stream(model.parameter("dense.weights").value().toArray()))
        .anyMatch(w -> Math.abs(w) > 0.4);
  }

  @Test
  void a_selection_that_reaches_no_parameter_is_refused_before_work_starts() {
    ParameterSelection none = ParameterSelection.matching("gru.*");
    List<Trainer> trainers =
        List.of(
            trainer(model()).l2(L2.of(0.1).on(none)),
            trainer(model()).maxNorm(MaxNorm.of(2).on(none)),
            trainer(model())
                .optimizer(Adam.withDefaults().weightDecay(WeightDecay.of(0.1).on(none))));
    for (Trainer trainer : trainers) {
      assertThatThrownBy(() -> trainer.fit(List.of(FIRST)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("on at least one trainable parameter of [embedding.table, ")
          .hasMessageEndingWith("got none: its selection is matching gru.*");
    }
  }

  @Test
  void a_warm_up_as_long_as_the_training_is_refused_before_a_weight_moves() {
    Sequential model = model();
    String weights = Bits.sha256(model);
    assertThatThrownBy(
            () ->
                trainer(model).schedule(Schedule.constant().warmUp(1)).fit(List.of(FIRST, SECOND)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a warm-up shorter than the training of 1 steps, got 1");
    assertThat(Bits.sha256(model)).isEqualTo(weights);
  }
}
