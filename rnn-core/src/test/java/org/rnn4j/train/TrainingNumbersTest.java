package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.Schedule;
import org.rnn4j.sequence.Batch;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/** The numbers of a history and the weights after it, against the same steps taken by hand. */
class TrainingNumbersTest {
  private static final int VOCABULARY = 12;
  private static final int CLASSES = 3;
  private static final int BATCH = 8;
  private static final long SEED = 21;

  private final Adam adam = Adam.withDefaults().learningRate(0.01);
  private final List<Example> examples =
      Draw.examples(new RandomStream(1), 29, 7, VOCABULARY, CLASSES);
  private final List<Example> held = Draw.examples(new RandomStream(2), 17, 7, VOCABULARY, CLASSES);

  private static Sequential model() {
    return Sequential.builder(5)
        .type(DType.FLOAT64)
        .embedding(VOCABULARY, 4)
        .dropout(0.3)
        .gru(5)
        .lastState()
        .dense(CLASSES, Activation.SOFTMAX)
        .build();
  }

  private Trainer trainer(Sequential model) {
    return Trainer.of(model).optimizer(adam).batchSize(BATCH).seed(SEED);
  }

  /** What one epoch by hand gave. */
  private record ByHand(double loss, double accuracy, long tokens) {}

  private ByHand epochByHand(
      Sequential model, Optimizer.Run run, int epoch, GradientClipping clipping) {
    RandomStream random = new RandomStream(SEED).derive(epoch);
    List<int[]> batches = new Batcher(BATCH).shuffled(examples, random.derive("shuffle"));
    List<Parameter> parameters = List.copyOf(model.parameters().values());
    double loss = 0;
    int right = 0;
    long tokens = 0;
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = Batch.of(Arrays.stream(batches.get(i)).mapToObj(examples::get).toList());
      parameters.forEach(Parameter::clearGradient);
      Tape tape = new Tape();
      Pass pass =
          Pass.training(
              ReferenceBackend.INSTANCE,
              new Workspace(DType.FLOAT64),
              tape,
              random.derive("batch").derive(i));
      Variable logits = model.logits(pass, batch.sequences());
      Variable mean = SoftmaxCrossEntropy.softmaxCrossEntropy().apply(pass, logits, batch.labels());
      tape.backward(mean);
      loss += mean.value().get(0) * batch.size();
      for (int row = 0; row < batch.size(); row++) {
        right += Accuracy.predicted(logits.value(), row) == batch.labels()[row] ? 1 : 0;
      }
      tokens += batch.sequences().tokens();
      double norm = GradientClipping.globalNorm(ReferenceBackend.INSTANCE, parameters);
      clipping.apply(ReferenceBackend.INSTANCE, parameters, norm);
      run.step(ReferenceBackend.INSTANCE);
    }
    return new ByHand(loss / examples.size(), (double) right / examples.size(), tokens);
  }

  @Test
  void two_epochs_are_those_taken_by_hand() {
    Sequential trained = model();
    Sequential byHand = model();
    GradientClipping clipping = GradientClipping.byGlobalNorm(0.2);

    History history = trainer(trained).clipping(clipping).epochs(2).fit(examples);

    Optimizer.Run run = adam.start(byHand.parameters());
    for (Epoch epoch : history.epochs()) {
      ByHand expected = epochByHand(byHand, run, epoch.number(), clipping);
      assertThat(epoch.training().examples()).isEqualTo(29);
      assertThat(epoch.training().loss()).isEqualTo(expected.loss());
      assertThat(epoch.training().metric("accuracy")).isEqualTo(expected.accuracy());
      assertThat(epoch.tokens()).isEqualTo(expected.tokens());
    }
    assertThat(Bits.sha256(trained)).isEqualTo(Bits.sha256(byHand));
  }

  @Test
  void validation_scores_are_those_of_texts_predicted_one_by_one_after_the_epoch() {
    Sequential model = model();

    Scores scores = trainer(model).epochs(1).validation(held).fit(examples).last().validation();

    double loss = 0;
    int right = 0;
    for (Example example : held) {
      Tensor probabilities = model.predict(Sequences.pack(example.ids()));
      loss -= Math.log(probabilities.get(0, example.label()));
      right += Accuracy.predicted(probabilities, 0) == example.label() ? 1 : 0;
    }
    assertThat(scores.examples()).isEqualTo(17);
    assertThat(scores.loss()).isCloseTo(loss / 17, within(1e-12));
    assertThat(scores.metric("accuracy")).isEqualTo(right / 17.0);
  }

  @Test
  void the_schedule_is_asked_before_every_step_and_scales_the_learning_rate() {
    List<Long> asked = new ArrayList<>();
    Sequential halved = model();
    Sequential slower = model();

    trainer(halved)
        .schedule(
            (step, steps) -> {
              asked.add(step);
              assertThat(steps).isEqualTo(8);
              return 0.5;
            })
        .epochs(2)
        .fit(examples);
    trainer(slower).optimizer(adam.learningRate(0.005)).epochs(2).fit(examples);

    assertThat(asked).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(Bits.sha256(halved)).isEqualTo(Bits.sha256(slower));
    assertThat(Schedule.constant().factor(3, 8)).isEqualTo(1);
    assertThat(Schedule.linear().factor(0, 8)).isEqualTo(1);
    assertThat(Schedule.linear().factor(6, 8)).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.5, Double.POSITIVE_INFINITY})
  void a_factor_that_is_no_number_leaves_the_weights_of_before_the_step(double factor) {
    Sequential model = model();
    Sequential oneStep = model();
    String[] before = new String[1];
    TrainingListener firstStep =
        new TrainingListener() {
          @Override
          public void batchEnded(Progress progress) {
            before[0] = Bits.sha256(oneStep);
          }
        };
    String initial = Bits.sha256(model);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(model).schedule((step, steps) -> factor).fit(examples))
        .withMessage(
            "Expected a factor of 0 or more from the schedule, got %s at step 0 of 20", factor);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trainer(oneStep)
                    .schedule((step, steps) -> step == 1 ? factor : 1)
                    .listener(firstStep)
                    .fit(examples))
        .withMessageEndingWith("at step 1 of 20");

    assertThat(Bits.sha256(model)).isEqualTo(initial);
    assertThat(Bits.sha256(oneStep)).isEqualTo(before[0]).isNotEqualTo(initial);
  }
}
