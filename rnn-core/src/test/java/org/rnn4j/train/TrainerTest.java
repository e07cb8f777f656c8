package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/** What the trainer refuses, what it learns, and whom it tells. */
class TrainerTest {
  private static final int VOCABULARY = 6;

  private static Sequential model(int outputs) {
    return model(outputs, DType.FLOAT32);
  }

  private static Sequential model(int outputs, DType type) {
    return Sequential.builder(1)
        .type(type)
        .embedding(VOCABULARY, 4)
        .lstm(5)
        .lastState()
        .dense(outputs, outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX)
        .build();
  }

  private static List<Example> examples(int count, int classes) {
    return Draw.examples(new RandomStream(2), count, 6, VOCABULARY, classes);
  }

  private static List<Example> withLast(Example last) {
    List<Example> examples = new ArrayList<>(examples(7, 2));
    examples.add(last);
    return examples;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void counts_that_are_not_positive_are_refused_by_name(int count) {
    Trainer trainer = Trainer.of(model(2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.batchSize(count))
        .withMessage("Expected batchSize of 1 or more, got " + count);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epochs(count))
        .withMessage("Expected epochs of 1 or more, got " + count);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.threads(count))
        .withMessage("Expected threads of 1 or more, got " + count);
  }

  static Stream<Arguments> badExamples() {
    return Stream.of(
        Arguments.of(List.of(), "Expected at least one %s example, got none"),
        Arguments.of(
            withLast(new Example(new int[] {1}, 2)),
            "Expected labels from 0 to 1 for a head of 2, got 2 in %s example 7"),
        Arguments.of(
            withLast(new Example(new int[] {1, VOCABULARY}, 0)),
            "Expected token ids from 0 to 5, got 6 in %s example 7; "
                + "was the text encoded with another vocabulary?"),
        Arguments.of(
            withLast(new Example(new int[] {-3}, 0)),
            "Expected token ids from 0 to 5, got -3 in %s example 7; "
                + "was the text encoded with another vocabulary?"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("badExamples")
  void bad_examples_are_refused_before_anything_is_learned(List<Example> bad, String message) {
    Sequential model = model(2);
    String before = Bits.sha256(model);
    List<String> told = new ArrayList<>();
    Trainer trainer =
        Trainer.of(model)
            .listener(
                new TrainingListener() {
                  @Override
                  public void started(Progress progress) {
                    told.add("started");
                  }
                });

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(bad))
        .withMessage(message.formatted("training"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.evaluate(bad))
        .withMessage(message.formatted("evaluation"));
    if (!bad.isEmpty()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.validation(bad).fit(examples(8, 2)))
          .withMessage(message.formatted("validation"));
    }
    assertThat(Bits.sha256(model)).isEqualTo(before);
    assertThat(told).isEmpty();
  }

  @Test
  void a_loss_that_does_not_fit_the_head_is_refused_before_anything_is_learned() {
    Sequential three = model(3);
    String before = Bits.sha256(three);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Trainer.of(three).loss(BinaryCrossEntropy.binaryCrossEntropy()).fit(examples(8, 3)))
        .withMessageEndingWith("got 3 SOFTMAX");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Trainer.of(model(1))
                    .loss(SoftmaxCrossEntropy.softmaxCrossEntropy())
                    .evaluate(examples(8, 2)))
        .withMessageEndingWith("got 1 SIGMOID");
    assertThat(Bits.sha256(three)).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0} outputs")
  @ValueSource(ints = {1, 2, 3})
  void the_default_loss_fits_the_head(int outputs) {
    Sequential model = model(outputs);

    History history = Trainer.of(model).epochs(1).fit(examples(8, model.classes()));

    assertThat(history.last().training().loss()).isBetween(0.5, 1.3);
  }

  /** The label hangs on whether exactly one end of the text is a 0: no word alone tells it. */
  private static List<Example> orderTask(long seed, int count) {
    RandomStream random = new RandomStream(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = Draw.ids(random, Draw.between(random, 2, 6), 2);
      examples.add(new Example(ids, ids[0] == 0 ^ ids[ids.length - 1] == 0 ? 1 : 0));
    }
    return examples;
  }

  private enum Kind {
    LSTM_TWO_NEURONS,
    GRU_ONE_NEURON
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void an_order_that_no_word_alone_tells_is_learned_completely(Kind kind) {
    Sequential.Builder builder = Sequential.builder(3).embedding(2, 4);
    Sequential model =
        kind == Kind.LSTM_TWO_NEURONS
            ? builder.lstm(12).lastState().dense(2, Activation.SOFTMAX).build()
            : builder.gru(12).lastState().dense(1, Activation.SIGMOID).build();
    Trainer trainer =
        Trainer.of(model)
            .optimizer(Adam.withDefaults().learningRate(0.02))
            .clipping(GradientClipping.byGlobalNorm(5))
            .batchSize(16)
            .epochs(30)
            .validation(orderTask(8, 50));

    History history = trainer.fit(orderTask(7, 250));

    assertThat(history.last().validation().metric("accuracy")).isEqualTo(1);
    assertThat(history.last().training().metric("accuracy")).isEqualTo(1);
    assertThat(trainer.evaluate(orderTask(9, 200)).metric("accuracy")).isEqualTo(1);
    assertThat(history.last().training().loss())
        .isLessThan(0.05)
        .isLessThan(history.epochs().get(0).training().loss());
  }

  @Test
  void a_frozen_embedding_is_not_changed_and_the_rest_is() {
    Tensor vectors = Draw.tensor(DType.FLOAT32, new RandomStream(4), 1, VOCABULARY, 4);
    Sequential model =
        Sequential.builder(1)
            .layer(Embedding.spec(vectors).trainable(false))
            .gru(3)
            .lastState()
            .dense(2, Activation.SOFTMAX)
            .build();
    double[] before = model.parameter("gru.bias").value().toArray();

    Trainer.of(model).epochs(2).fit(examples(20, 2));

    Bits.requireSame("table", vectors, model.parameter("embedding.table").value());
    assertThat(model.parameter("gru.bias").value().toArray()).isNotEqualTo(before);
  }

  @Test
  void a_set_smaller_than_a_batch_one_class_and_empty_texts_are_learned() {
    Sequential model = model(2);
    List<Example> examples = List.of(new Example(new int[0], 1), new Example(new int[] {1}, 1));

    History history =
        Trainer.of(model)
            .optimizer(Adam.withDefaults().learningRate(0.1))
            .batchSize(1000)
            .epochs(20)
            .fit(examples);

    assertThat(history.epochs()).hasSize(20);
    assertThat(history.last().training().examples()).isEqualTo(2);
    assertThat(history.last().training().metric("accuracy")).isEqualTo(1);
    assertThat(model.predict(Sequences.pack(new int[0])).get(0, 1)).isGreaterThan(0.9);
  }

  @Test
  void nothing_but_empty_texts_can_be_learned() {
    for (DType type : DType.values()) {
      Sequential model = model(2, type);
      List<Example> examples = List.of(new Example(new int[0], 1), new Example(new int[0], 1));

      History history = Trainer.of(model).epochs(3).fit(examples);

      assertThat(history.last().tokens()).isZero();
      assertThat(history.last().training().loss())
          .isLessThan(history.epochs().get(0).training().loss());
    }
  }

  private static final class Diary implements TrainingListener {
    private final String name;
    private final List<String> entries;

    Diary(String name, List<String> entries) {
      this.name = name;
      this.entries = entries;
    }

    @Override
    public void started(Progress p) {
      entries.add("%s started %d/%d".formatted(name, p.epoch(), p.epochs()));
      assertThat(p.batch()).isZero();
      assertThat(p.running().examples()).isZero();
    }

    @Override
    public void batchEnded(Progress p) {
      entries.add(
          "%s batch %d/%d of epoch %d/%d, %d examples"
              .formatted(
                  name, p.batch(), p.batches(), p.epoch(), p.epochs(), p.running().examples()));
      assertThat(p.tokens()).isBetween(0L, p.allTokens());
      assertThat(p.running().loss()).isPositive();
    }

    @Override
    public void epochEnded(Epoch epoch) {
      String validated = epoch.validation() == null ? "" : " with validation";
      entries.add("%s epoch %d%s".formatted(name, epoch.number(), validated));
    }
  }

  @Test
  void listeners_are_told_everything_in_order() {
    List<String> entries = new ArrayList<>();

    History history =
        Trainer.of(model(2))
            .batchSize(4)
            .epochs(2)
            .validation(examples(3, 2))
            .listener(new Diary("a", entries))
            .listener(new Diary("b", entries))
            .fit(examples(8, 2));

    assertThat(entries)
        .containsExactly(
            "a started 0/2",
            "b started 0/2",
            "a batch 1/2 of epoch 1/2, 4 examples",
            "b batch 1/2 of epoch 1/2, 4 examples",
            "a batch 2/2 of epoch 1/2, 8 examples",
            "b batch 2/2 of epoch 1/2, 8 examples",
            "a epoch 1 with validation",
            "b epoch 1 with validation",
            "a batch 1/2 of epoch 2/2, 4 examples",
            "b batch 1/2 of epoch 2/2, 4 examples",
            "a batch 2/2 of epoch 2/2, 8 examples",
            "b batch 2/2 of epoch 2/2, 8 examples",
            "a epoch 2 with validation",
            "b epoch 2 with validation");
    assertThat(history.epochs()).extracting(Epoch::number).containsExactly(1, 2);
    assertThat(history.last()).isSameAs(history.epochs().get(1));
  }

  @Test
  void without_validation_and_metrics_there_are_no_such_numbers() {
    Epoch epoch = Trainer.of(model(2)).metrics().epochs(1).fit(examples(8, 2)).last();

    assertThat(epoch.validation()).isNull();
    assertThat(epoch.training().metrics()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> epoch.training().metric("accuracy"))
        .withMessage("Expected a metric of [], got accuracy");
  }

  @Test
  void a_metric_that_the_examples_do_not_define_is_refused_before_anything_is_learned() {
    Sequential model = model(2);
    String before = Bits.sha256(model);
    List<Example> ofOneClass = List.of(new Example(new int[] {1}, 0));
    Trainer trainer =
        Trainer.of(model).metrics(CollectedMetric.rocAuc()).epochs(1).validation(ofOneClass);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(examples(7, 2)))
        .withMessage(
            "Expected validation examples of every class for the metric rocAuc, got none of class"
                + " 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.evaluate(ofOneClass))
        .withMessageStartingWith("Expected evaluation examples of every class");
    assertThat(Bits.sha256(model)).isEqualTo(before);
  }

  @Test
  void metrics_of_all_predictions_are_reported_for_every_epoch() {
    Sequential model = model(1);
    List<Example> examples = examples(40, 2);
    Trainer trainer =
        Trainer.of(model)
            .metrics(CollectedMetric.f1(), CollectedMetric.rocAuc(), CollectedMetric.logLoss())
            .epochs(2)
            .batchSize(4)
            .validation(examples);

    Epoch last = trainer.fit(examples).last();

    Scores scores = trainer.evaluate(examples);
    assertThat(last.validation()).isEqualTo(scores);
    assertThat(scores.metrics().keySet()).containsExactly("f1", "rocAuc", "logLoss");
    assertThat(scores.metric("logLoss")).isCloseTo(scores.loss(), within(1e-6));
    assertThat(scores.metric("rocAuc")).isBetween(0.25, 0.75);
    assertThat(last.training().metrics().values()).allMatch(Double::isFinite);
  }

  @Test
  void evaluation_changes_nothing_and_equals_the_validation_of_the_last_epoch() {
    Sequential model = model(2);
    List<Example> held = examples(30, 2);
    Trainer trainer =
        Trainer.of(model).metrics(Accuracy.accuracy()).epochs(2).validation(held).batchSize(8);
    History history = trainer.fit(examples(40, 2));
    String before = Bits.sha256(model);

    assertThat(trainer.evaluate(held)).isEqualTo(history.last().validation());
    assertThat(Bits.sha256(model)).isEqualTo(before);
  }
}
