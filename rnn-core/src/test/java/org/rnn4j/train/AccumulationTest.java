package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Sgd;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;

/** Several batches a step. */
class AccumulationTest {
  /** 22 texts: two batches of 8 and one of 6, or one of all. */
  private static final List<Example> EXAMPLES = Draw.examples(new RandomStream(2), 22, 6, 30, 3);

  /** Attention, whose penalty is a mean over texts too, or a last state. */
  private static Sequential model(DType type, boolean attends) {
    return Sequential.builder(1)
        .type(type)
        .embedding(30, 4)
        .gru(5)
        .layer(
            attends
                ? Attention.structured(4, 2).penalty(Attention.Penalty.SUM, 0.7)
                : OverTime.spec(OverTime.Take.LAST))
        .dense(3, Activation.SOFTMAX)
        .build();
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model)
        .optimizer(Sgd.withDefaults().learningRate(0.5).momentum(0.9))
        .clipping(GradientClipping.byGlobalNorm(0.1))
        .classWeights(ClassWeights.of(0.5, 1, 4))
        .sampleWeights(EXAMPLES.stream().mapToDouble(e -> 1 + e.ids().length).toArray())
        .epochs(4);
  }

  @ParameterizedTest(name = "{0}, attention {1}")
  @CsvSource({"FLOAT32, false", "FLOAT64, false", "FLOAT32, true", "FLOAT64, true"})
  void three_batches_a_step_learn_what_one_large_batch_learns(DType type, boolean attends) {
    Sequential large = model(type, attends);
    History once = trainer(large).batchSize(22).fit(EXAMPLES);
    Sequential small = model(type, attends);
    History thrice = trainer(small).batchSize(8).batchesPerStep(3).fit(EXAMPLES);

    // The same sums in another order: a few units in the last place, four steps on.
    double tolerance = type == DType.FLOAT64 ? 1e-14 : 2e-6;
    large
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(small.parameter(name).value().toArray())
                    .as(name)
                    .containsExactly(parameter.value().toArray(), within(tolerance)));
    for (int i = 0; i < 4; i++) {
      Scores expected = once.epochs().get(i).training();
      Scores actual = thrice.epochs().get(i).training();
      assertThat(actual.examples()).isEqualTo(22);
      assertThat(actual.loss()).isCloseTo(expected.loss(), within(10 * tolerance));
    }
  }

  @Test
  void a_step_is_told_once_and_the_last_may_have_fewer_batches() {
    List<Integer> batches = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    Sequential model = model(DType.FLOAT32, false);
    trainer(model)
        .batchSize(5)
        .batchesPerStep(2)
        .epochs(2)
        .schedule(
            (step, all) -> {
              steps.add(100 * all + step);
              return 1;
            })
        .listener(
            new TrainingListener() {
              @Override
              public void batchEnded(Progress progress) {
                batches.add(progress.batch());
              }
            })
        .fit(EXAMPLES);
    assertThat(batches).containsExactly(2, 4, 5, 2, 4, 5);
    assertThat(steps).containsExactly(600L, 601L, 602L, 603L, 604L, 605L);
  }
}
