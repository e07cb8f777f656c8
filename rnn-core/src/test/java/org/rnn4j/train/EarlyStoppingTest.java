package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.metric.Metric;
import org.rnn4j.optim.Sgd;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/** Trainings that watch a validation score. */
class EarlyStoppingTest {
  private static final List<Example> EXAMPLES = Draw.examples(new RandomStream(2), 12, 6, 30, 2);

  /** A score that is what a test says it is, once an epoch. */
  private static final class Said implements Metric {
    private final double[] scores;
    private int next;

    Said(double... scores) {
      this.scores = scores;
    }

    @Override
    public String name() {
      return "said";
    }

    @Override
    public Tally start() {
      return new Tally() {
        private boolean isValidation;

        @Override
        public void add(Tensor probabilities, int[] labels) {
          isValidation |= labels.length == 1;
        }

        @Override
        public double value() {
          return isValidation ? scores[next++] : 0;
        }
      };
    }
  }

  private static Sequential model() {
    return Sequential.builder(1)
        .type(DType.FLOAT32)
        .embedding(30, 4)
        .gru(5)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  /** Batches of 4 and one validation example: so the score knows what it is asked for. */
  private static Trainer trainer(Sequential model, double... scores) {
    return Trainer.of(model)
        .metrics(new Said(scores))
        .validation(EXAMPLES.subList(0, 1))
        .batchSize(4)
        .epochs(scores.length);
  }

  /** Keeps the digests of the weights after each epoch, and what it is told of the best. */
  private static final class Watching implements TrainingListener {
    private final Sequential model;
    private final List<String> digests = new ArrayList<>();
    private final List<Integer> improved = new ArrayList<>();
    private final List<History> ended = new ArrayList<>();

    Watching(Sequential model) {
      this.model = model;
    }

    @Override
    public void epochEnded(Epoch epoch) {
      digests.add(Bits.sha256(model));
    }

    @Override
    public void improved(Epoch epoch) {
      improved.add(epoch.number());
    }

    @Override
    public void ended(History history) {
      ended.add(history);
    }
  }

  @Test
  void it_stops_after_its_patience_and_leaves_the_best_weights() {
    Sequential model = model();
    Watching watching = new Watching(model);
    Monitor said = Monitor.metric("said");
    History history =
        trainer(model, 0.5, 0.7, 0.7, 0.69, 0.6, 0.9)
            .earlyStopping(EarlyStopping.on(said).patience(3))
            .listener(watching)
            .fit(EXAMPLES);

    assertThat(history.epochs()).hasSize(5);
    assertThat(history.ending()).isEqualTo(History.Ending.STOPPED_EARLY);
    assertThat(history.bestEpoch()).isEqualTo(2);
    assertThat(history.best()).isSameAs(history.epochs().get(1));
    assertThat(watching.improved).containsExactly(1, 2);
    assertThat(watching.ended).containsExactly(history);
    assertThat(watching.digests).doesNotHaveDuplicates();
    assertThat(Bits.sha256(model)).isEqualTo(watching.digests.get(1));
  }

  @Test
  void the_best_weights_are_left_where_all_epochs_were_done_too_unless_the_last_are_wanted() {
    for (boolean last : new boolean[] {false, true}) {
      Sequential model = model();
      Watching watching = new Watching(model);
      EarlyStopping stopping = EarlyStopping.on(Monitor.metric("said").smallerIsBetter());
      History history =
          trainer(model, 3, 1, 2, 1.5)
              .earlyStopping(last ? stopping.keepingLast() : stopping)
              .listener(watching)
              .fit(EXAMPLES);
      assertThat(history.ending()).isEqualTo(History.Ending.COMPLETED);
      assertThat(history.bestEpoch()).isEqualTo(2);
      assertThat(Bits.sha256(model)).isEqualTo(watching.digests.get(last ? 3 : 1));
    }
  }

  @Test
  void what_is_not_better_by_more_than_the_least_difference_is_no_improvement() {
    Sequential model = model();
    History history =
        trainer(model, 0.5, 0.55, 0.6, 0.625, 0.62)
            .earlyStopping(EarlyStopping.on(Monitor.metric("said")).patience(2).minDelta(0.0999))
            .fit(EXAMPLES);
    assertThat(history.bestEpoch()).isEqualTo(3);
    assertThat(history.epochs()).hasSize(5);
    assertThat(history.ending()).isEqualTo(History.Ending.COMPLETED);
  }

  @Test
  void the_rate_goes_down_on_a_plateau_as_in_pytorch() {
    // torch_schedules.json: patience 1 there, threshold 0.02, factor 0.5, least 0.2
    double[] scores = {
      1.0, 0.9, 0.95, 0.91, 0.89, 0.6, 0.595, 0.61, 0.7, 0.8, 0.5, 0.49, 0.495, 0.5
    };
    double[] expected = {1, 1, 1, 1, .5, .5, .5, .5, .25, .25, .2, .2, .2, .2};
    Sequential model = model();
    TrainingSteps steps = new TrainingSteps(model);
    trainer(model, scores)
        .batchSize(12)
        .optimizer(Sgd.withDefaults().learningRate(1e-3))
        .reduceOnPlateau(
            ReduceOnPlateau.on(Monitor.metric("said").smallerIsBetter())
                .factor(0.5)
                .patience(2)
                .minDelta(0.02)
                .least(0.2))
        .listener(steps)
        .fit(EXAMPLES);
    // Steps this small move the bias along one gradient: their lengths are as the rates.
    for (int i = 0; i < expected.length; i++) {
      assertThat(steps.lengths.get(i) / steps.lengths.get(0))
          .as("epoch " + (i + 1))
          .isBetween(expected[i] * 0.97, expected[i] * 1.03);
    }
  }

  /** How far the head's bias moved at each step. */
  private static final class TrainingSteps implements TrainingListener {
    private final Sequential model;
    private final List<Double> lengths = new ArrayList<>();
    private double before;

    TrainingSteps(Sequential model) {
      this.model = model;
    }

    @Override
    public void batchEnded(Progress progress) {
      double now = model.parameter("dense.bias").value().get(0);
      lengths.add(Math.abs(now - before));
      before = now;
    }
  }

  @Test
  void watching_without_validation_or_an_unknown_score_is_refused_before_work_starts() {
    Sequential model = model();
    String weights = Bits.sha256(model);
    Trainer blind = Trainer.of(model).earlyStopping(EarlyStopping.on(Monitor.loss()));
    assertThatThrownBy(() -> blind.fit(EXAMPLES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected validation examples for early stopping, which watches their loss, got none");
    Trainer unknown =
        Trainer.of(model)
            .validation(EXAMPLES)
            .reduceOnPlateau(ReduceOnPlateau.on(Monitor.metric("f1")));
    assertThatThrownBy(() -> unknown.fit(EXAMPLES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected ReduceOnPlateau to watch the loss or a metric of [accuracy], got f1");
    assertThat(Bits.sha256(model)).isEqualTo(weights);
  }

  @Test
  void a_watched_score_that_is_not_finite_ends_the_training_and_says_so() {
    Trainer trainer =
        trainer(model(), 0.5, Double.NaN).earlyStopping(EarlyStopping.on(Monitor.metric("said")));
    assertThatThrownBy(() -> trainer.fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The watched said is NaN after epoch 2");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "1, -0.1", "1, NaN", "1, Infinity"})
  void a_patience_or_difference_out_of_range_is_refused(int patience, double minDelta) {
    assertThatThrownBy(() -> EarlyStopping.on(Monitor.loss()).patience(patience).minDelta(minDelta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of early stopping to be");
    assertThatThrownBy(
            () -> ReduceOnPlateau.on(Monitor.loss()).patience(patience).minDelta(minDelta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of ReduceOnPlateau to be");
  }
}
