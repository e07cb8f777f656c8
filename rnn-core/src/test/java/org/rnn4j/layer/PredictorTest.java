package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Dropout.Unit;
import org.rnn4j.layer.Sequential.Builder;
import org.rnn4j.optim.Adam;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.train.Trainer;

class PredictorTest {
  private static final int VOCABULARY = 60;
  private static final LayerSpec LAST = OverTime.spec(OverTime.Take.LAST);

  static List<UnaryOperator<Builder>> networks() {
    return List.of(
        b -> b.embedding(VOCABULARY, 12).lstm(20).lastState(),
        b -> b.embedding(VOCABULARY, 16).gru(33).gru(8).lastState(),
        b -> b.embedding(VOCABULARY, 9).layer(Gru.spec(16).resetAfter(false)).meanOverTime(),
        b -> b.embedding(VOCABULARY, 5).dropout(0.5).lstm(17).dropout(0.2).maxOverTime(),
        b ->
            b.embedding(VOCABULARY, 8)
                .layer(Dropout.spec(0.1).unit(Unit.TOKEN))
                .dense(7, Activation.TANH)
                .gru(50)
                .lastState()
                .dense(4, Activation.RELU),
        b -> b.embedding(VOCABULARY, 3).meanOverTime(),
        b -> b.embedding(VOCABULARY, 10).gru(12).layerNorm().attention(7),
        b -> b.embedding(VOCABULARY, 10).attention(33, 5).layerNorm(),
        b ->
            b.embedding(VOCABULARY, 16)
                .residual(Lstm.spec(16), Residual.spec(Gru.spec(16)), Dropout.spec(0.1))
                .meanAndMaxOverTime(),
        b ->
            b.layer(
                    Concatenate.branch(Embedding.spec(VOCABULARY, 5))
                        .branch(Embedding.spec(VOCABULARY, 4).wordDropout(0.2, 1), Gru.spec(3)))
                .layer(Concatenate.branch().branch(Lstm.spec(9)))
                .layer(Concatenate.branch(Attention.additive(4)).branch(LAST)),
        b -> b.embedding(VOCABULARY, 11).bidirectional(Gru.spec(17)).lastState(),
        b ->
            b.embedding(VOCABULARY, 6)
                .bidirectional(Lstm.spec(9), Merge.SUM)
                .dropout(0.1)
                .lastState(),
        b ->
            b.embedding(VOCABULARY, 6)
                .bidirectional(SimpleRnn.spec(9), Merge.PRODUCT)
                .gru(5)
                .maxOverTime(),
        b -> b.embedding(VOCABULARY, 6).bidirectional(Gru.spec(9), Merge.MEAN).meanOverTime(),
        b -> b.embedding(VOCABULARY, 7).layer(Lstm.spec(17).backwards(true)).lastState(),
        b ->
            b.embedding(VOCABULARY, 7)
                .layer(Lstm.spec(19).projection(8).cellClip(0.1).projectionClip(0.05))
                .simpleRnn(6)
                .lastState(),
        b ->
            b.embedding(VOCABULARY, 6)
                .bidirectional(Gru.spec(3))
                .layerNorm()
                .residual(Lstm.spec(6))
                .layer(Concatenate.branch().branch(Gru.spec(4).backwards(true)))
                .dense(5, Activation.TANH)
                .lastState());
  }

  private static int[] text(Random random, int length) {
    return random.ints(length, 0, VOCABULARY).toArray();
  }

  private static void assertSame(Sequential model, Predictor predictor, int[] ids) {
    Tensor expected = model.predict(Sequences.pack(ids));
    float[] actual = predictor.predict(ids);
    for (int j = 0; j < actual.length; j++) {
      assertThat(actual[j])
          .as("output %d of %d tokens", j, ids.length)
          .isEqualTo((float) expected.get(j));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_text_is_predicted_to_the_same_bits_as_in_a_batch(UnaryOperator<Builder> network) {
    Sequential model = network.apply(Sequential.builder(7)).dense(3, Activation.SOFTMAX).build();
    Predictor predictor = model.predictor();
    Random random = new Random(3);
    for (int length : new int[] {5, 0, 1, 127, 128, 129, 300, 2, 0, 40}) {
      assertSame(model, predictor, text(random, length));
    }
  }

  @Test
  void words_seen_before_a_training_are_predicted_with_the_weights_after_it() {
    Sequential model =
        Sequential.builder(1)
            .embedding(VOCABULARY, 8)
            .gru(16)
            .lastState()
            .dense(2, Activation.SOFTMAX)
            .build();
    Predictor predictor = model.predictor();
    int[] ids = text(new Random(1), 30);
    float before = predictor.predict(ids)[0];
    List<Example> examples = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 20; i++) {
      examples.add(new Example(text(random, 10), i % 2));
    }
    List<Float> during = new ArrayList<>();
    Trainer.of(model)
        .optimizer(Adam.withDefaults().learningRate(0.01))
        .batchSize(4)
        .epochs(1)
        .listener(
            new org.rnn4j.train.TrainingListener() {
              @Override
              public void batchEnded(Progress progress) {
                assertSame(model, predictor, ids);
                during.add(predictor.predict(ids)[0]);
              }
            })
        .fit(examples);
    assertSame(model, predictor, ids);
    assertThat(during).hasSize(5).doesNotHaveDuplicates().doesNotContain(before);
  }

  @Test
  void a_network_in_double_precision_is_predicted_too() {
    Sequential model =
        Sequential.builder(1)
            .type(DType.FLOAT64)
            .embedding(VOCABULARY, 4)
            .lstm(6)
            .lastState()
            .dense(1, Activation.SIGMOID)
            .build();
    int[] ids = text(new Random(1), 9);
    float expected = (float) model.predict(Sequences.pack(ids)).get(0);
    assertThat(model.predictor().predict(ids)).containsExactly(expected);
  }

  @Test
  void an_id_outside_the_vocabulary_is_refused_and_the_next_text_is_predicted() {
    Sequential model =
        Sequential.builder(1)
            .embedding(VOCABULARY, 4)
            .lstm(6)
            .lastState()
            .dense(1, Activation.SIGMOID)
            .build();
    Predictor predictor = model.predictor();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(3, VOCABULARY))
        .withMessageContaining("from 0 to 59, got 60 in the text");
    assertSame(model, predictor, new int[] {3, 4});
  }

  @Test
  void no_memory_is_taken_for_a_text_once_the_buffers_have_grown() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (UnaryOperator<Builder> network : networks()) {
      Sequential model = network.apply(Sequential.builder(7)).dense(2, Activation.SOFTMAX).build();
      Predictor predictor = model.predictor();
      int[] ids = text(new Random(1), 40);
      // Until the JIT compiler has taken over, the Vector API takes memory itself; on a busy
      // machine
      // that may be late.
      long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      int callsWithout = 0;
      while (callsWithout < 200 && System.nanoTime() < patience) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        predictor.predict(ids);
        long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        callsWithout = taken == 0 ? callsWithout + 1 : 0;
      }
      assertThat(callsWithout)
          .as("calls in a row that took no memory, of %s", model.layers().keySet())
          .isEqualTo(200);
    }
  }
}
