package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Pass;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.SimpleRnn;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;
import org.rnn4j.train.SmallTraining.Network;

/** The contract of equal bits: what a result must not depend on. */
class ReproducibilityTest {
  private static final int VOCABULARY = 60;

  static Stream<Arguments> typesAndSeeds() {
    return Stream.of(DType.values())
        .flatMap(type -> LongStream.rangeClosed(1, 10).mapToObj(seed -> Arguments.of(type, seed)));
  }

  /** A network of random sizes that has every kind of recurrent layer. */
  private static Sequential randomModel(DType type, long seed) {
    RandomStream random = new RandomStream(seed).derive("model");
    OverTime.Take take = OverTime.Take.values()[random.nextInt(3)];
    return Sequential.builder(seed)
        .type(type)
        .embedding(VOCABULARY, Draw.between(random, 1, 40))
        .lstm(Draw.between(random, 1, 40))
        .dropout(0.5)
        .gru(Draw.between(random, 1, 40))
        .layer(Gru.spec(Draw.between(random, 1, 40)).resetAfter(false))
        .bidirectional(Lstm.spec(Draw.between(random, 1, 20)).projection(1))
        .layer(SimpleRnn.spec(Draw.between(random, 1, 40)).backwards(true))
        .layer(OverTime.spec(take))
        .dense(3, Activation.SOFTMAX)
        .build();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("typesAndSeeds")
  void a_text_is_bit_equal_alone_in_any_batch_and_at_any_position(DType type, long seed) {
    Sequential model = randomModel(type, seed);
    RandomStream random = new RandomStream(seed);
    List<int[]> texts = Draw.texts(random, Draw.between(random, 2, 40), 12, VOCABULARY);
    Tensor together = model.predict(Sequences.pack(texts));

    for (int i = 0; i < texts.size(); i++) {
      Tensor alone = model.predict(Sequences.pack(texts.get(i)));
      Bits.requireSameRow("text " + i + " alone", together, i, alone, 0);
    }
    for (int trial = 0; trial < 5; trial++) {
      int[] members = Draw.ids(random, Draw.between(random, 1, 70), texts.size());
      Tensor other =
          model.predict(Sequences.pack(Arrays.stream(members).mapToObj(texts::get).toList()));
      for (int place = 0; place < members.length; place++) {
        String what = "text " + members[place] + " at place " + place;
        Bits.requireSameRow(what, together, members[place], other, place);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_number_of_threads_changes_no_bit_of_a_prediction(long seed) {
    Sequential model = randomModel(DType.FLOAT32, seed);
    RandomStream random = new RandomStream(seed);
    Sequences batch = Sequences.pack(Draw.texts(random, 70, 30, VOCABULARY));
    Tensor expected = logits(model, batch, 1);

    for (int threads = 2; threads <= 5; threads++) {
      Bits.requireSame(threads + " threads", expected, logits(model, batch, threads));
    }
  }

  private static Tensor logits(Sequential model, Sequences batch, int threads) {
    try (Workers workers = new Workers(threads)) {
      FastBackend backend = new FastBackend(KernelSelection.kernels(), workers);
      Pass pass = Pass.inference(backend, new Workspace(DType.FLOAT32));
      return model.logits(pass, batch).value().copy();
    }
  }

  @Test
  void predictions_at_the_same_time_are_those_made_one_after_the_other() throws Exception {
    Sequential model = randomModel(DType.FLOAT32, 3);
    RandomStream random = new RandomStream(3);
    List<Sequences> batches = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int count = Draw.between(random, 1, 20);
      batches.add(Sequences.pack(Draw.texts(random, count, 20, VOCABULARY)));
    }
    Sequential twin = randomModel(DType.FLOAT32, 3);
    List<Tensor> expected = batches.stream().map(twin::predict).toList();

    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Tensor>> tasks = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        batches.forEach(batch -> tasks.add(() -> model.predict(batch)));
      }
      List<Future<Tensor>> results = pool.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        Tensor own = expected.get(i % batches.size());
        Bits.requireSame("prediction " + i, own, results.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Network.class)
  void the_same_seed_gives_the_same_weights_with_one_two_and_three_threads(Network network) {
    String one = SmallTraining.digest(network, 1);

    assertThat(SmallTraining.digest(network, 2)).isEqualTo(one);
    assertThat(SmallTraining.digest(network, 3)).isEqualTo(one);
    assertThat(Bits.sha256(network.build(DType.FLOAT32))).isNotEqualTo(one);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Network.class)
  void two_trainings_in_one_jvm_give_the_same_weights_and_history(Network network) {
    Sequential first = network.build(DType.FLOAT32);
    Sequential second = network.build(DType.FLOAT32);
    List<Example> examples = SmallTraining.examples(network, "training", 100);

    History firstHistory = SmallTraining.trainer(first, 2).fit(examples);
    History secondHistory = SmallTraining.trainer(second, 1).fit(examples);

    assertThat(Bits.sha256(second)).isEqualTo(Bits.sha256(first));
    assertThat(secondHistory.epochs())
        .extracting(Epoch::training)
        .isEqualTo(firstHistory.epochs().stream().map(Epoch::training).toList());
  }

  @Test
  void another_seed_gives_other_weights() {
    Sequential first = Network.GRU.build(DType.FLOAT32);
    Sequential second = Network.GRU.build(DType.FLOAT32);
    List<Example> examples = SmallTraining.examples(Network.GRU, "training", 100);

    SmallTraining.trainer(first, 1).seed(1).fit(examples);
    SmallTraining.trainer(second, 1).seed(2).fit(examples);

    assertThat(Bits.sha256(second)).isNotEqualTo(Bits.sha256(first));
  }

  @Test
  void listeners_metrics_and_validation_change_no_bit_of_the_weights() {
    Sequential plain = Network.LSTM.build(DType.FLOAT32);
    Sequential watched = Network.LSTM.build(DType.FLOAT32);
    List<Example> examples = SmallTraining.examples(Network.LSTM, "training", 100);

    SmallTraining.trainer(plain, 2).metrics().fit(examples);
    SmallTraining.trainer(watched, 2)
        .validation(SmallTraining.examples(Network.LSTM, "validation", 60))
        .listener(
            new TrainingListener() {
              @Override
              public void batchEnded(Progress progress) {
                watched.predict(Sequences.pack(new int[] {1, 2, 3}));
              }
            })
        .fit(examples);

    assertThat(Bits.sha256(watched)).isEqualTo(Bits.sha256(plain));
  }

  @Test
  void float64_trains_the_same_twice() {
    Sequential first = Network.GRU.build(DType.FLOAT64);
    Sequential second = Network.GRU.build(DType.FLOAT64);
    List<Example> examples = SmallTraining.examples(Network.GRU, "training", 40);

    SmallTraining.trainer(first, 1).epochs(1).fit(examples);
    SmallTraining.trainer(second, 3).epochs(1).fit(examples);

    assertThat(Bits.sha256(second)).isEqualTo(Bits.sha256(first));
  }
}
