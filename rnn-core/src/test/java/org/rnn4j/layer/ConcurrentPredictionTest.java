package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Many threads, one network: each thread's answers are those of a thread alone, bit for bit, also
 * while the first calls race to pack the weights.
 */
class ConcurrentPredictionTest {
  private static final int THREADS = 6;
  private static final int VOCABULARY = 40;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("lstm, float32", DType.FLOAT32, Lstm.spec(129)),
        Arguments.of("gru reset after, float32", DType.FLOAT32, Gru.spec(128)),
        Arguments.of("gru reset before, float32", DType.FLOAT32, Gru.spec(97).resetAfter(false)),
        Arguments.of("lstm, float64", DType.FLOAT64, Lstm.spec(5)),
        Arguments.of("gru, float64", DType.FLOAT64, Gru.spec(5)));
  }

  private static Sequential network(DType type, LayerSpec recurrent) {
    return Sequential.builder(3)
        .type(type)
        .embedding(VOCABULARY, 24)
        .layer(recurrent)
        .layer(recurrent)
        .lastState()
        .dense(3, Activation.SOFTMAX)
        .build();
  }

  /**
   * A text of one token, which leaves all threads at the weights at once, then batches of one to
   * five texts of 0 to 60 tokens.
   */
  private static List<Sequences> batches(long seed) {
    RandomStream random = new RandomStream(seed);
    List<Sequences> batches = new ArrayList<>();
    batches.add(Sequences.pack(new int[] {random.nextInt(VOCABULARY)}));
    for (int i = 1; i < 12; i++) {
      List<int[]> texts = new ArrayList<>();
      for (int text = random.nextInt(5); text >= 0; text--) {
        int[] ids = new int[random.nextInt(4) == 0 ? random.nextInt(61) : random.nextInt(8)];
        Arrays.setAll(ids, t -> random.nextInt(VOCABULARY));
        texts.add(ids);
      }
      batches.add(Sequences.pack(texts));
    }
    return batches;
  }

  private static double[][] answers(
      Sequential model, List<Sequences> batches, List<Integer> order) {
    double[][] answers = new double[batches.size()][];
    for (int i : order) {
      answers[i] = model.predict(batches.get(i)).toArray();
    }
    return answers;
  }

  private static List<Integer> order(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void first_calls_of_many_threads_give_the_answers_of_one(
      String name, DType type, LayerSpec recurrent) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < 30; round++) {
        List<Sequences> batches = batches(round);
        double[][] expected = answers(network(type, recurrent), batches, order(batches.size()));

        assertSame(threads, network(type, recurrent), batches, expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void first_calls_after_weights_have_changed_give_the_answers_of_one(
      String name, DType type, LayerSpec recurrent) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Sequential shared = network(type, recurrent);
    Sequential alone = network(type, recurrent);
    List<Sequences> batches = batches(99);
    try {
      for (int round = 0; round < 30; round++) {
        double[][] expected = answers(alone, batches, order(batches.size()));
        assertSame(threads, shared, batches, expected);
        move(shared);
        move(alone);
        assertThat(alone.predict(batches.get(0)).toArray()).isNotEqualTo(expected[0]);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Changes every weight, as a training does. */
  private static void move(Sequential model) {
    model
        .parameters()
        .values()
        .forEach(
            parameter -> {
              Tensor moved = parameter.value().copy();
              for (int i = 0; i < moved.size(); i++) {
                moved.set(i, moved.get(i) * 0.9 + 0.01);
              }
              parameter.value().assign(moved);
            });
  }

  private static void assertSame(
      ExecutorService threads, Sequential model, List<Sequences> batches, double[][] expected)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<double[][]>> results = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      List<Integer> order = new ArrayList<>(order(batches.size()));
      Collections.rotate(order.subList(1, order.size()), 2 * thread);
      results.add(
          threads.submit(
              () -> {
                start.await();
                return answers(model, batches, order);
              }));
    }
    for (Future<double[][]> result : results) {
      assertThat(result.get()).isDeepEqualTo(expected);
    }
  }
}
