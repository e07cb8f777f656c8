package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.Loss;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.Adam;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * A loss or gradient that is not finite ends the training, names layer, epoch and batch, and leaves
 * the weights of before the step.
 */
class NotFiniteTest {
  private static final List<Example> EXAMPLES =
      Draw.examples(new RandomStream(3), 20, 6, 9, 2).stream()
          .filter(example -> example.ids().length > 0)
          .toList();

  private static Sequential model(DType type) {
    return Sequential.builder(1)
        .type(type)
        .embedding(9, 4)
        .dropout(0.2)
        .lstm(5)
        .gru(4)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model).batchSize(100).epochs(3);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "FLOAT32, lstm.bias, lstm",
    "FLOAT64, lstm.bias, lstm",
    "FLOAT32, gru.recurrent_weights, gru",
    "FLOAT64, gru.input_weights, gru",
    "FLOAT32, dense.weights, dense",
    "FLOAT64, dense.bias, dense"
  })
  void a_weight_that_is_not_a_number_is_blamed_on_its_layer(
      DType type, String parameter, String layer) {
    Sequential model = model(type);
    model.parameter(parameter).value().set(0, Double.NaN);
    model.parameter(parameter).value().changed();
    String before = Bits.sha256(model);

    assertThatThrownBy(() -> trainer(model).fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("The loss is NaN in epoch 1, batch 1 of 1: ")
        .hasMessageContaining("the first layer whose output is not finite is " + layer)
        .hasMessageContaining("smaller learning rate");
    assertThat(Bits.sha256(model)).isEqualTo(before);
  }

  @Test
  void a_weight_that_is_not_a_number_in_the_embedding_is_found_where_its_token_stands() {
    Sequential model = model(DType.FLOAT32);
    model.parameter("embedding.table").value().fill(Double.NaN);

    assertThatThrownBy(() -> trainer(model).fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("is not finite is embedding");
  }

  /** Remembers the weights after each step. */
  private static final class Snapshots implements TrainingListener {
    private final Sequential model;
    private int steps;
    private String last;

    Snapshots(Sequential model) {
      this.model = model;
      this.last = Bits.sha256(model);
    }

    @Override
    public void batchEnded(Progress progress) {
      steps++;
      last = Bits.sha256(model);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_learning_rate_far_too_high_ends_with_the_weights_of_before_the_step(long seed) {
    Sequential model =
        Sequential.builder(seed)
            .embedding(9, 4)
            .meanOverTime()
            .dense(8, Activation.RELU)
            .dense(2, Activation.SOFTMAX)
            .build();
    Snapshots snapshots = new Snapshots(model);

    assertThatThrownBy(
            () ->
                Trainer.of(model)
                    .optimizer(Adam.withDefaults().learningRate(1e29))
                    .batchSize(3)
                    .epochs(50)
                    .listener(snapshots)
                    .fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("The .* is .* in epoch \\d+, batch \\d+ of 6: .* is .*dense.*");

    assertThat(snapshots.steps).isPositive();
    assertThat(Bits.sha256(model)).isEqualTo(snapshots.last);
    model
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(Arrays.stream(parameter.value().toArray()))
                    .as(name)
                    .allMatch(Double::isFinite));
  }

  /** Softmax cross-entropy whose gradient, and value if wanted, is not finite from some step on. */
  private static final class BrokenLoss implements Loss {
    private final int brokenFrom;
    private final double addedToGradient;
    private final double addedToValue;
    private int calls;

    BrokenLoss(int brokenFrom, double addedToGradient, double addedToValue) {
      this.brokenFrom = brokenFrom;
      this.addedToGradient = addedToGradient;
      this.addedToValue = addedToValue;
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public void check(Activation head, int outputs) {}

    @Override
    public Variable apply(Pass pass, Variable logits, int[] labels, double[] shares) {
      Variable value =
          SoftmaxCrossEntropy.softmaxCrossEntropy().apply(pass, logits, labels, shares);
      calls++;
      if (calls >= brokenFrom) {
        value.value().set(0, value.value().get(0) + addedToValue);
        pass.record(value, () -> pass.target(logits).set(0, addedToGradient));
      }
      return value;
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void a_gradient_that_is_not_finite_is_blamed_on_the_parameter_nearest_the_loss(DType type) {
    Sequential model = model(type);
    Snapshots snapshots = new Snapshots(model);

    assertThatThrownBy(
            () ->
                trainer(model)
                    .loss(new BrokenLoss(3, Double.POSITIVE_INFINITY, 0))
                    .listener(snapshots)
                    .fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("The norm of the gradients is ")
        .hasMessageContaining("in epoch 3, batch 1 of 1: ")
        .hasMessageContaining("is that of dense.bias");
    assertThat(snapshots.steps).isEqualTo(2);
    assertThat(Bits.sha256(model)).isEqualTo(snapshots.last);
  }

  @Test
  void a_loss_that_alone_is_not_finite_is_said_to_be_so() {
    Sequential model = model(DType.FLOAT32);

    assertThatThrownBy(
            () -> trainer(model).loss(new BrokenLoss(2, 0, Double.POSITIVE_INFINITY)).fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "The loss is Infinity in epoch 2, batch 1 of 1: every layer's output is finite");
  }
}
