package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.RowSet;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.Loss;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/** A training puts off updates of an embedding's rows; nobody who looks may notice. */
class DeferredTrainingTest {
  private static final int VOCABULARY = 300;
  private static final RowSet NO_ROW = new RowSet(new int[0], 0);
  private static final List<Example> EXAMPLES =
      Draw.examples(new RandomStream(9), 90, 12, VOCABULARY, 2);

  private static Sequential model(DType type) {
    return Sequential.builder(4)
        .type(type)
        .embedding(VOCABULARY, 11)
        .dropout(0.2)
        .gru(9)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model)
        .optimizer(Adam.withDefaults().learningRate(0.02))
        .schedule(Schedule.linear())
        .clipping(GradientClipping.byGlobalNorm(0.3))
        .batchSize(5)
        .epochs(3)
        .seed(2)
        .threads(2);
  }

  /** The tensor of a parameter as it lies in memory: asking for no row settles nothing. */
  private static Tensor raw(Parameter parameter) {
    return parameter.value(NO_ROW);
  }

  private static Parameter table(Sequential model) {
    return model.parameters().get("embedding.table");
  }

  private static Map<String, Tensor> copies(Sequential model) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    model.parameters().forEach((name, parameter) -> copies.put(name, parameter.value().copy()));
    return copies;
  }

  private static void assertSame(String what, Map<String, Tensor> expected, Sequential model) {
    assertThat(model.parameters().keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            Bits.requireSame(name + " " + what, value, model.parameters().get(name).value()));
  }

  /** Does something after every batch, and counts after how many the table was behind before. */
  private static final class AfterEachBatch implements TrainingListener {
    private final Sequential model;
    private final Runnable action;
    private int behind;

    AfterEachBatch(Sequential model, Runnable action) {
      this.model = model;
      this.action = action;
    }

    @Override
    public void batchEnded(Progress progress) {
      double[] before = raw(table(model)).toArray();
      action.run();
      behind += Arrays.equals(before, raw(table(model)).toArray()) ? 0 : 1;
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void reading_all_weights_after_every_batch_changes_no_bit(DType type) {
    Sequential plain = model(type);
    Sequential read = model(type);
    AfterEachBatch listener =
        new AfterEachBatch(read, () -> read.parameters().values().forEach(Parameter::value));

    trainer(plain).fit(EXAMPLES);
    trainer(read).listener(listener).fit(EXAMPLES);

    assertSame("read after every batch", copies(plain), read);
    assertThat(listener.behind).isEqualTo(type == DType.FLOAT32 ? 53 : 0);
  }

  @Test
  void averaging_and_validation_see_what_they_see_when_nothing_is_put_off() {
    Sequential plain = model(DType.FLOAT32);
    Sequential read = model(DType.FLOAT32);
    List<Example> validation = Draw.examples(new RandomStream(10), 30, 12, VOCABULARY, 2);

    History plainHistory =
        trainer(plain)
            .averaging(WeightAveraging.exponential(0.9))
            .validation(validation)
            .fit(EXAMPLES);
    History readHistory =
        trainer(read)
            .averaging(WeightAveraging.exponential(0.9))
            .validation(validation)
            .listener(new AfterEachBatch(read, () -> table(read).value()))
            .fit(EXAMPLES);

    assertSame("averaged", copies(plain), read);
    assertThat(readHistory.epochs())
        .extracting(Epoch::validation)
        .doesNotContainNull()
        .isEqualTo(plainHistory.epochs().stream().map(Epoch::validation).toList());
  }

  @Test
  void predicting_in_the_middle_of_an_epoch_uses_the_weights_of_now() {
    Sequential model = model(DType.FLOAT32);
    Sequential copy = model(DType.FLOAT32);
    // One token a text, and each of all tokens once: no row that is behind could hide.
    Sequences everyToken =
        Sequences.pack(IntStream.range(0, VOCABULARY).mapToObj(id -> new int[] {id}).toList());
    AfterEachBatch listener =
        new AfterEachBatch(
            model,
            () -> {
              Tensor predicted = model.predict(everyToken);
              copies(model)
                  .forEach((name, value) -> copy.parameters().get(name).value().assign(value));
              Bits.requireSame("prediction", copy.predict(everyToken), predicted);
            });

    trainer(model).listener(listener).fit(EXAMPLES);

    assertThat(listener.behind).isEqualTo(53);
  }

  /** Cross-entropy that is not finite, or whose gradient is not, at one call. */
  private static final class BrokenOnce implements Loss {
    private final int brokenAt;
    private final boolean gradientOnly;
    private int calls;

    BrokenOnce(int brokenAt, boolean gradientOnly) {
      this.brokenAt = brokenAt;
      this.gradientOnly = gradientOnly;
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public void check(Activation head, int outputs) {}

    @Override
    public Variable apply(Pass pass, Variable logits, int[] labels, double[] shares) {
      Variable value = BinaryCrossEntropy.binaryCrossEntropy().apply(pass, logits, labels, shares);
      if (++calls == brokenAt) {
        if (gradientOnly) {
          pass.record(value, () -> pass.target(logits).set(0, Double.NaN));
        } else {
          value.value().set(0, Double.NaN);
        }
      }
      return value;
    }
  }

  /** Keeps copies of all weights from after the last batch. */
  private static final class Last implements TrainingListener {
    private final Sequential model;
    private final int from;
    private int batches;
    private Map<String, Tensor> weights = Map.of();

    Last(Sequential model, int from) {
      this.model = model;
      this.from = from;
    }

    @Override
    public void batchEnded(Progress progress) {
      if (++batches == from) {
        weights = copies(model);
      }
    }
  }

  @ParameterizedTest(name = "of the gradient: {0}")
  @ValueSource(booleans = {false, true})
  void a_training_that_fails_leaves_settled_weights_of_before_the_step(boolean gradientOnly) {
    // The same training, watched, says what the weights are after 30 batches.
    Sequential watched = model(DType.FLOAT32);
    Last last = new Last(watched, 30);
    trainer(watched).listener(last).fit(EXAMPLES);
    Sequential model = model(DType.FLOAT32);
    Tensor raw = raw(table(model));

    assertThatThrownBy(() -> trainer(model).loss(new BrokenOnce(31, gradientOnly)).fit(EXAMPLES))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("in epoch 2, batch 13 of 18");

    Bits.requireSame("tensor of the table", last.weights.get("embedding.table"), raw);
    assertSame("after the failure", last.weights, model);
    assertSame("read again", last.weights, model);
    assertThat(table(model).value()).isSameAs(raw);
  }

  @Test
  void a_listener_that_throws_leaves_settled_weights() {
    Sequential watched = model(DType.FLOAT32);
    Last last = new Last(watched, 25);
    trainer(watched).listener(last).fit(EXAMPLES);
    Sequential model = model(DType.FLOAT32);
    Tensor raw = raw(table(model));
    IllegalStateException stop = new IllegalStateException("enough");
    AfterEachBatch thrower =
        new AfterEachBatch(
            model,
            new Runnable() {
              private int batches;

              @Override
              public void run() {
                if (++batches == 25) {
                  throw stop;
                }
              }
            });

    assertThatThrownBy(() -> trainer(model).listener(thrower).fit(EXAMPLES)).isSameAs(stop);

    Bits.requireSame("tensor of the table", last.weights.get("embedding.table"), raw);
    assertSame("after the failure", last.weights, model);
  }

  @Test
  void a_training_that_ends_leaves_settled_weights_and_the_next_goes_on_from_them() {
    Sequential twice = model(DType.FLOAT32);
    Tensor raw = raw(table(twice));
    trainer(twice).fit(EXAMPLES);
    double[] before = raw.toArray();
    assertThat(table(twice).value().toArray()).containsExactly(before);
    Sequential again = model(DType.FLOAT32);
    copies(twice).forEach((name, value) -> again.parameters().get(name).value().assign(value));

    trainer(twice).seed(3).fit(EXAMPLES);
    trainer(again).seed(3).fit(EXAMPLES);

    assertSame("of a second training", copies(again), twice);
    assertThat(raw.toArray()).isNotEqualTo(before);
  }
}
