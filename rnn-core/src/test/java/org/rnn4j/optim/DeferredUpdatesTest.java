package org.rnn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.RowSet;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * Every optimiser on a table of which each step uses some rows, with the average of the weights,
 * against itself on a backend that knows of no rows, which updates the whole table at each step:
 * equal to the bit in weights, averages and all that is kept.
 */
class DeferredUpdatesTest {
  private static final RowSet NO_ROW = new RowSet(new int[0], 0);
  private static final Map<String, Optimizer> OPTIMIZERS = new LinkedHashMap<>();

  static {
    WeightDecay ofAll = WeightDecay.of(0.1).on(ParameterSelection.all());
    OPTIMIZERS.put("Adam", Adam.withDefaults().learningRate(0.01));
    OPTIMIZERS.put("AdamW", Adam.asPyTorch().learningRate(0.01).weightDecay(ofAll));
    OPTIMIZERS.put("Sgd", Sgd.withDefaults().learningRate(0.1));
    OPTIMIZERS.put("Sgd with momentum", Sgd.withDefaults().learningRate(0.1).momentum(0.9));
    OPTIMIZERS.put("Sgd with Nesterov's momentum", Sgd.withDefaults().nesterov(0.7));
    OPTIMIZERS.put("RmsProp", RmsProp.withDefaults().learningRate(0.01));
    OPTIMIZERS.put("RmsProp with momentum", RmsProp.withDefaults().decay(0.6).momentum(0.8));
  }

  static Stream<Arguments> optimizersWithAndWithoutAveraging() {
    return OPTIMIZERS.keySet().stream()
        .flatMap(name -> Stream.of(true, false).map(averages -> Arguments.of(name, averages)));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 6);
  }

  /** The backend with all it offers for rows out of sight. */
  private static Backend withoutRows(Backend backend) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(backend, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A table under an optimiser and an average. */
  private static final class Trained {
    private Backend backend;
    private final Workspace workspace = new Workspace(DType.FLOAT32);
    final Parameter table;
    private final Optimizer.Run run;
    private final WeightAveraging.Run average;

    Trained(Backend backend, Optimizer optimizer, WeightAveraging averaging, Tensor first) {
      this.backend = backend;
      this.table = new Parameter("table", first.copy(), true);
      this.run = optimizer.start(Map.of("layer.table", table));
      this.average = averaging.start(Map.of("layer.table", table));
    }

    void step(int[] ids, long weighting, double factor) {
      table.clearGradient();
      Tape tape = new Tape();
      Pass pass = Pass.recording(backend, workspace, tape);
      Variable rows = Operations.lookup(pass, Sequences.pack(ids), table);
      Variable term = Operations.activate(pass, Activation.TANH, rows);
      tape.backward(Draw.weightedSum(pass, weighting, term));
      workspace.reset();
      run.step(backend, factor);
    }

    void average() {
      average.update(backend);
    }

    Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>(run.state());
      state.putAll(average.state());
      state.put("weights", table.value());
      return state;
    }
  }

  private static void assertSame(String when, Trained expected, Trained actual) {
    Map<String, Tensor> other = actual.state();
    expected
        .state()
        .forEach((name, tensor) -> Bits.requireSame(name + " " + when, tensor, other.get(name)));
  }

  private static FastBackend backend() {
    return new FastBackend(KernelSelection.kernels());
  }

  /** What the learning rate is multiplied by: another number at each step, at times 0. */
  private static double factor(int step) {
    return step % 40 == 39 ? 0 : 0.2 + Math.abs(Math.sin(step));
  }

  @ParameterizedTest(name = "{0}, averaged {1}")
  @MethodSource("optimizersWithAndWithoutAveraging")
  void what_rows_missed_is_what_whole_steps_do(String name, boolean averages) {
    WeightAveraging averaging =
        averages ? WeightAveraging.exponential(0.98) : WeightAveraging.none();
    for (int width : new int[] {3, 37}) {
      RandomStream random = new RandomStream(width);
      Tensor first = Draw.tensor(DType.FLOAT32, random, 1, 12, width);
      Optimizer optimizer = OPTIMIZERS.get(name);
      Trained whole = new Trained(withoutRows(backend()), optimizer, averaging, first);
      Trained lazy = new Trained(backend(), optimizer, averaging, first);
      boolean behind = false;
      for (int step = 0; step < 900; step++) {
        // Rows 0 and 1 rest for long, so that moments fade to nothing; the others come at random.
        int last = step;
        int[] ids =
            IntStream.range(0, 12)
                .filter(row -> row < 2 ? last % 750 == row : random.nextInt(2 + row) == 0)
                .toArray();
        long weighting = random.nextLong();
        whole.step(ids, weighting, factor(step));
        lazy.step(ids, weighting, factor(step));
        whole.average();
        lazy.average();
        behind |= !Arrays.equals(whole.table.value().toArray(), raw(lazy));
        if (step > 760 && random.nextInt(30) == 0) {
          assertSame("after step " + step, whole, lazy);
        }
      }
      // Plain descent has nothing to make up for.
      assertThat(behind).isEqualTo(!name.equals("Sgd") && !name.equals("RmsProp"));
      assertSame("in the end", whole, lazy);
    }
  }

  @Test
  void a_team_may_go_home_and_another_go_on() {
    Optimizer optimizer = OPTIMIZERS.get("Adam");
    Tensor first = Draw.tensor(DType.FLOAT32, new RandomStream(1), 1, 600, 37);
    Trained one = new Trained(backend(), optimizer, WeightAveraging.none(), first);
    Trained two = new Trained(backend(), optimizer, WeightAveraging.none(), first);
    RandomStream random = new RandomStream(2);
    Workers early = new Workers(2);
    Workers late = new Workers(3);
    try (early;
        late) {
      for (int step = 0; step < 20; step++) {
        if (step == 10) {
          early.close();
        }
        two.backend = new FastBackend(KernelSelection.kernels(), step < 10 ? early : late);
        int[] ids = Draw.ids(random, 80, 600);
        one.step(ids, step, 1);
        two.step(ids, step, 1);
      }
      assertSame("after the second team", one, two);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void two_threads_may_read_what_was_put_off_at_once(long seed) throws Exception {
    Optimizer optimizer = OPTIMIZERS.get("Adam");
    Tensor first = Draw.tensor(DType.FLOAT32, new RandomStream(seed), 1, 400, 37);
    for (int trial = 0; trial < 10; trial++) {
      Trained alone = new Trained(backend(), optimizer, WeightAveraging.none(), first);
      Trained shared = new Trained(backend(), optimizer, WeightAveraging.none(), first);
      RandomStream random = new RandomStream(seed).derive(trial);
      for (int step = 0; step < 12; step++) {
        int[] ids = Draw.ids(random, 30, 400);
        alone.step(ids, step, 1);
        shared.step(ids, step, 1);
      }
      CyclicBarrier start = new CyclicBarrier(2);
      Callable<double[]> reader =
          () -> {
            start.await();
            return shared.table.value().toArray();
          };
      ExecutorService readers = Executors.newFixedThreadPool(2);
      try {
        for (Future<double[]> read : readers.invokeAll(List.of(reader, reader))) {
          assertThat(read.get()).as("trial %d", trial).isEqualTo(alone.table.value().toArray());
        }
      } finally {
        readers.shutdown();
      }
    }
  }

  private static double[] raw(Trained trained) {
    return trained.table.value(NO_ROW).toArray();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void weights_and_averages_may_be_read_and_written_at_any_moment(long seed) {
    RandomStream random = new RandomStream(seed);
    String name = OPTIMIZERS.keySet().stream().toList().get((int) seed % OPTIMIZERS.size());
    Optimizer optimizer = OPTIMIZERS.get(name);
    WeightAveraging averaging = WeightAveraging.exponential(0.9);
    Tensor first = Draw.tensor(DType.FLOAT32, random, 1, 30, 7);
    Trained whole = new Trained(withoutRows(backend()), optimizer, averaging, first);
    Trained lazy = new Trained(backend(), optimizer, averaging, first);
    for (int step = 0; step < 300; step++) {
      int[] ids = Draw.ids(random, random.nextInt(6), 30);
      long weighting = random.nextLong();
      int between = random.nextInt(8);
      int after = random.nextInt(8);
      boolean averages = random.nextInt(8) > 0;
      for (Trained trained : new Trained[] {whole, lazy}) {
        trained.step(ids, weighting, factor(step));
        switch (between) { // reads that come between a step and its average
          case 0 -> trained.table.value();
          case 1 -> trained.table.value(new RowSet(new int[] {3, 8}, 2));
          default -> {}
        }
        if (averages) { // an average that leaves out a step is one that leaves out a step
          trained.average();
        }
        switch (after) {
          case 0 -> trained.average.swap();
          case 1 -> trained.table.value().set(5, 0.5);
          case 2 -> trained.run.finish();
          default -> {}
        }
      }
      if (random.nextInt(10) == 0) {
        assertSame("after step " + step + " of " + name, whole, lazy);
      }
    }
    assertSame("in the end", whole, lazy);
  }

  @Test
  void two_averages_of_one_training_are_each_its_own() {
    RandomStream random = new RandomStream(1);
    Tensor first = Draw.tensor(DType.FLOAT32, random, 1, 20, 6);
    Optimizer optimizer = OPTIMIZERS.get("AdamW");
    Backend plain = withoutRows(backend());
    Trained whole = new Trained(plain, optimizer, WeightAveraging.exponential(0.9), first);
    Trained lazy = new Trained(backend(), optimizer, WeightAveraging.exponential(0.9), first);
    Map<String, Parameter> wholeTable = Map.of("table", whole.table);
    Map<String, Parameter> lazyTable = Map.of("table", lazy.table);
    WeightAveraging.Run wholeSecond = WeightAveraging.exponential(0.5).start(wholeTable);
    WeightAveraging.Run lazySecond = WeightAveraging.exponential(0.5).start(lazyTable);
    for (int step = 0; step < 60; step++) {
      int[] ids = Draw.ids(random, 3, 20);
      whole.step(ids, step, 1);
      lazy.step(ids, step, 1);
      whole.average();
      lazy.average();
      wholeSecond.update(plain);
      lazySecond.update(backend());
    }
    assertSame("with two averages", whole, lazy);
    Bits.requireSame(
        "second average",
        wholeSecond.state().get("averages/table"),
        lazySecond.state().get("averages/table"));
  }

  @ParameterizedTest(name = "{0}, averaged {1}")
  @MethodSource("optimizersWithAndWithoutAveraging")
  void tables_large_enough_to_be_shared_among_threads_are_equal(String name, boolean averages) {
    WeightAveraging averaging =
        averages ? WeightAveraging.exponential(0.9) : WeightAveraging.none();
    RandomStream random = new RandomStream(4);
    int rows = 3 * ((1 << 14) / 50 + 1) + 5; // all of them are work for three
    Tensor first = Draw.tensor(DType.FLOAT32, random, 1, rows, 50);
    try (Workers workers = new Workers(3)) {
      FastBackend shared = new FastBackend(KernelSelection.kernels(), workers);
      Trained whole = new Trained(withoutRows(backend()), OPTIMIZERS.get(name), averaging, first);
      Trained lazy = new Trained(shared, OPTIMIZERS.get(name), averaging, first);
      for (int step = 0; step < 10; step++) {
        int[] ids = Draw.ids(random, Draw.between(random, 1, 2 * rows), rows);
        whole.step(ids, step, factor(step));
        lazy.step(ids, step, factor(step));
        whole.average();
        lazy.average();
      }
      assertSame("in the end", whole, lazy);
    }
  }
}
