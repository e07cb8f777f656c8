package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;

/** A training whose weights are averaged over its steps. */
class AveragedTrainingTest {
  private static final List<Example> EXAMPLES = Draw.examples(new RandomStream(2), 20, 6, 6, 2);

  private static Sequential model() {
    return Sequential.builder(1)
        .type(DType.FLOAT64)
        .embedding(6, 4)
        .gru(5)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  /** Keeps one weight's value after every step. */
  private static final class Watch implements TrainingListener {
    private final Sequential model;
    private final List<Double> afterSteps = new ArrayList<>();

    Watch(Sequential model) {
      this.model = model;
    }

    @Override
    public void batchEnded(Progress progress) {
      afterSteps.add(model.parameter("gru.input_weights").value().get(3));
    }
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model).batchSize(4).epochs(3).validation(EXAMPLES);
  }

  @Test
  void what_is_left_is_the_average_over_the_steps() {
    Sequential model = model();
    Watch watch = new Watch(model);
    trainer(model).averaging(WeightAveraging.exponential(0.9)).listener(watch).fit(EXAMPLES);
    assertThat(watch.afterSteps).hasSize(15);
    double sum = 0;
    double weights = 0;
    for (int step = 1; step <= 15; step++) {
      double weight = Math.pow(0.9, 15 - step);
      sum += weight * watch.afterSteps.get(step - 1);
      weights += weight;
    }
    assertThat(model.parameter("gru.input_weights").value().get(3))
        .isCloseTo(sum / weights, within(1e-14));
  }

  @Test
  void the_steps_go_on_from_the_weights_and_the_average_is_what_is_validated() {
    Sequential plain = model();
    Watch plainSteps = new Watch(plain);
    History plainHistory = trainer(plain).listener(plainSteps).fit(EXAMPLES);
    Sequential averaged = model();
    Watch averagedSteps = new Watch(averaged);
    Trainer trainer =
        trainer(averaged).averaging(WeightAveraging.exponential(0.9)).listener(averagedSteps);
    History averagedHistory = trainer.fit(EXAMPLES);

    assertThat(averagedSteps.afterSteps).isEqualTo(plainSteps.afterSteps);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(averagedHistory.epochs().get(epoch).training())
          .isEqualTo(plainHistory.epochs().get(epoch).training());
      assertThat(averagedHistory.epochs().get(epoch).validation())
          .isNotEqualTo(plainHistory.epochs().get(epoch).validation());
    }
    assertThat(averagedHistory.last().validation()).isEqualTo(trainer.evaluate(EXAMPLES));
  }
}
