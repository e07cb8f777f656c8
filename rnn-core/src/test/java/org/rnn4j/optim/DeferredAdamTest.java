package org.rnn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.RowGradient;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.RowSet;
import org.rnn4j.backend.RowUpdates;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.optim.Adam.Form;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * A table of which each step uses some rows, against the same training by whole-table steps: {@link
 * Backend#adam} on every row and a gradient that knows nothing of rows.
 */
class DeferredAdamTest {
  private static final RowSet NO_ROW = new RowSet(new int[0], 0);
  private static final int[] WIDTHS = {1, 3, 8, 50, 128};

  static Stream<Arguments> formsAndWidths() {
    return Stream.of(Form.values())
        .flatMap(form -> IntStream.of(WIDTHS).mapToObj(width -> Arguments.of(form, width)));
  }

  static Stream<Arguments> widthsAndThreads() {
    return IntStream.of(WIDTHS)
        .boxed()
        .flatMap(width -> Stream.of(1, 2, 3).map(threads -> Arguments.of(width, threads)));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 8);
  }

  private static Adam adam(Form form) {
    return new Adam(0.01, 0.9, 0.999, form == Form.KERAS ? 1e-7 : 1e-8, form);
  }

  /** What the learning rate is multiplied by: another number at each step, at times 0. */
  private static double factor(int step) {
    return step % 40 == 39 ? 0 : 0.2 + Math.abs(Math.sin(step));
  }

  private static FastBackend backend() {
    return new FastBackend(KernelSelection.kernels());
  }

  /** A backend that does what another does and counts the steps of whole tables. */
  private static final class Spy {
    int wholeSteps;

    Backend on(Backend backend) {
      return (Backend)
          Proxy.newProxyInstance(
              Spy.class.getClassLoader(),
              new Class<?>[] {Backend.class, RowUpdates.class},
              (proxy, method, arguments) -> {
                wholeSteps += method.getName().equals("adam") ? 1 : 0;
                try {
                  return method.invoke(backend, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /** The tested table beside the plain one. */
  private static final class Twins {
    private final Backend backend;
    private final Adam adam;
    private final RandomStream random;
    private final Workspace workspace;
    private final Spy spy = new Spy();
    private final Backend spied;

    /** The tested table, and its tensor as it lies in memory, whatever was put off. */
    final Parameter table;

    final Tensor raw;
    private final Optimizer.Run run;
    final Tensor weights;
    private final Tensor firstMoments;
    private final Tensor secondMoments;
    private Variable plain;
    private double decay1 = 1;
    private double decay2 = 1;
    private int steps;

    Twins(Backend backend, Adam adam, RandomStream random, int rows, int width) {
      this.backend = backend;
      this.adam = adam;
      this.random = random;
      this.workspace = new Workspace(backend.type());
      this.spied = backend instanceof RowUpdates ? spy.on(backend) : backend;
      Tensor first = Draw.tensor(backend.type(), random, 1, rows, width);
      this.table = new Parameter("table", first.copy(), true);
      this.raw = table.value();
      this.run = adam.start(Map.of("table", table));
      this.weights = first;
      this.firstMoments = Tensor.zeros(backend.type(), rows, width);
      this.secondMoments = Tensor.zeros(backend.type(), rows, width);
      this.plain = Variable.differentiable(weights);
    }

    void clear() {
      table.clearGradient();
      plain = Variable.differentiable(weights);
    }

    /**
     * Adds to the gradients of both tables those of one pass: tanh of the rows of some batches, so
     * that the gradient of a row that is not up to date differs.
     */
    void pass(int[]... batches) {
      long weighting = random.nextLong();
      pass(table, weighting, batches);
      pass(plain, weighting, batches);
    }

    private void pass(Variable source, long weighting, int[]... batches) {
      Tape tape = new Tape();
      Pass pass = Pass.recording(backend, workspace, tape);
      Variable[] terms = new Variable[batches.length];
      for (int i = 0; i < batches.length; i++) {
        Variable rows = Operations.lookup(pass, Sequences.pack(batches[i]), source);
        terms[i] = Operations.activate(pass, Activation.TANH, rows);
      }
      tape.backward(Draw.weightedSum(pass, weighting, terms));
      workspace.reset();
    }

    /** One step of both. */
    void update() {
      double factor = factor(steps++);
      run.step(spied, factor);
      decay1 *= adam.beta1();
      decay2 *= adam.beta2();
      double root = Math.sqrt(1 - decay2);
      backend.adam(
          weights,
          plain.gradient(),
          firstMoments,
          secondMoments,
          adam.beta1(),
          adam.beta2(),
          factor * adam.learningRate() * root / (1 - decay1),
          adam.form() == Form.KERAS ? adam.epsilon() : adam.epsilon() * root);
    }

    void step(int[]... batches) {
      clear();
      pass(batches);
      update();
    }

    void finish() {
      run.finish();
    }

    boolean rawIsBehind() {
      return !Arrays.equals(raw.toArray(), weights.toArray());
    }

    void assertGradientsEqual() {
      Bits.requireSame("gradient at step " + steps, plain.gradient(), gradient());
    }

    /** The tested table's gradient, without asking for it in a way that allows writing. */
    private Tensor gradient() {
      RowGradient byRows = table.rowGradient();
      return byRows != null ? byRows.values() : table.gradient();
    }

    /** Reads the whole tested table, which settles it, and compares everything. */
    void assertEqual() {
      Bits.requireSame("weights after step " + steps, weights, table.value());
      assertMomentsEqual();
    }

    void assertMomentsEqual() {
      Map<String, Tensor> state = run.state();
      Bits.requireSame("m after step " + steps, firstMoments, state.get("first_moments/table"));
      Bits.requireSame("v after step " + steps, secondMoments, state.get("second_moments/table"));
    }
  }

  /** Each row is used about once in so many steps; the first two in known ones only. */
  private static int[] rowsUsed(RandomStream random, int step, int rows) {
    int[] gaps = {1, 2, 7, 40, 300, 1500};
    List<Integer> used = new ArrayList<>();
    if (step == 3 || step == 4 || step == 1504) {
      used.add(0);
    }
    if (step % 700 == 5) {
      used.add(1);
    }
    for (int row = 2; row < rows; row++) {
      if (random.nextInt(gaps[row % gaps.length]) == 0) {
        used.add(row);
      }
    }
    int[] ids = used.stream().mapToInt(Integer::intValue).toArray();
    for (int i = 0; i < ids.length; i++) { // out of order, and some twice
      int other = random.nextInt(ids.length);
      int id = ids[i];
      ids[i] = random.nextInt(6) == 0 ? id : ids[other];
      ids[other] = id;
    }
    return ids;
  }

  @ParameterizedTest(name = "{0}, width {1}")
  @MethodSource("formsAndWidths")
  void rows_that_missed_up_to_1500_steps_are_those_of_whole_steps(Form form, int width) {
    for (long seed = 1; seed <= 2; seed++) {
      RandomStream random = new RandomStream(100 * seed + width);
      Twins twins = new Twins(backend(), adam(form), random, 14, width);
      // Reading the whole table ends all gaps: so the longest ones before the first, then often.
      for (int step = 0; step < 1900; step++) {
        twins.step(rowsUsed(random, step, 14));
        if (step == 1502) {
          assertThat(twins.rawIsBehind()).isTrue();
        }
        if (step == 1510 || step > 1510 && random.nextInt(20) == 0) {
          twins.assertEqual();
        }
      }
      twins.assertEqual();
      assertThat(twins.spy.wholeSteps).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_table_may_be_read_after_any_step_and_in_any_way(long seed) {
    RandomStream random = new RandomStream(seed);
    int width = Draw.oneOf(random, WIDTHS);
    int rows = Draw.between(random, 1, 60);
    Adam adam = adam(Form.values()[random.nextInt(2)]);
    Twins twins = new Twins(backend(), adam, random, rows, width);
    for (int step = 0; step < 150; step++) {
      twins.step(Draw.ids(random, random.nextInt(9), rows));
      twins.assertGradientsEqual();
      switch (random.nextInt(5)) {
        case 0 -> twins.assertEqual();
        case 1 -> assertSomeRowsEqual(twins, random, rows);
        case 2 -> assertPredictionsEqual(twins, random, rows);
        default -> {}
      }
    }
    twins.assertEqual();
  }

  private static void assertSomeRowsEqual(Twins twins, RandomStream random, int rows) {
    int[] some = IntStream.range(0, rows).filter(row -> random.nextInt(3) == 0).toArray();
    // The array of a set may be longer than the set.
    Tensor value = twins.table.value(new RowSet(Arrays.copyOf(some, rows + 3), some.length));
    for (int row : some) {
      Bits.requireSameRow("row " + row, twins.weights, row, value, row);
    }
  }

  private static void assertPredictionsEqual(Twins twins, RandomStream random, int rows) {
    Sequences batch = Sequences.pack(Draw.ids(random, 5, rows), Draw.ids(random, 2, rows));
    Pass pass = Pass.inference(twins.backend, new Workspace(DType.FLOAT32));
    Tensor read = Operations.lookup(pass, batch, twins.table).value();
    for (int token = 0; token < batch.tokens(); token++) {
      Bits.requireSameRow("token " + token, twins.weights, batch.id(token), read, token);
    }
  }

  @ParameterizedTest(name = "width {0}, {1} threads")
  @MethodSource("widthsAndThreads")
  void tables_large_enough_to_be_shared_among_threads_are_equal(int width, int threads) {
    RandomStream random = new RandomStream(1000L * width + threads);
    int rows = 3 * ((1 << 14) / width + 1) + 5; // all of them are work for three
    try (Workers workers = new Workers(threads)) {
      FastBackend backend = new FastBackend(KernelSelection.kernels(), workers);
      Twins twins = new Twins(backend, adam(Form.KERAS), random, rows, width);
      for (int step = 0; step < 12; step++) {
        int most = step % 3 == 2 ? 2 * rows : rows / 4;
        twins.step(Draw.ids(random, Draw.between(random, 1, most), rows));
        twins.assertGradientsEqual();
        if (step == 7) {
          twins.assertEqual();
        }
      }
      assertThat(twins.rawIsBehind()).isTrue();
      twins.assertEqual();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void finishing_leaves_nothing_put_off(long seed) {
    RandomStream random = new RandomStream(seed);
    Twins twins = new Twins(backend(), adam(Form.PYTORCH), random, 30, 8);
    for (int step = 0; step < 60; step++) {
      twins.step(Draw.ids(random, 4, 30));
    }
    assertThat(twins.rawIsBehind()).isTrue();
    assertThat(twins.table.value(NO_ROW)).isSameAs(twins.raw);
    assertThat(twins.rawIsBehind()).isTrue();

    twins.finish();

    Bits.requireSame("raw weights", twins.weights, twins.raw);
    twins.assertMomentsEqual();
    twins.finish();
    twins.assertEqual();
    // A tensor that is written now stays as it was written: nothing else is to come.
    twins.raw.fill(5);
    twins.weights.fill(5);
    twins.assertEqual();
    // And the run may go on.
    for (int step = 0; step < 10; step++) {
      twins.step(Draw.ids(random, 4, 30));
    }
    twins.assertEqual();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_whole_gradient_in_between_settles_and_is_taken_whole(long seed) {
    RandomStream random = new RandomStream(seed);
    int width = Draw.oneOf(random, WIDTHS);
    Twins twins = new Twins(backend(), adam(Form.KERAS), random, 25, width);
    int whole = 0;
    for (int step = 0; step < 80; step++) {
      twins.clear();
      boolean before = random.nextInt(10) == 0;
      boolean after = random.nextInt(10) == 0;
      if (before) {
        write(twins, random);
      }
      twins.pass(Draw.ids(random, 3, 25));
      if (after) {
        write(twins, random);
      }
      assertThat(twins.table.rowGradient() == null).isEqualTo(before || after);
      twins.assertGradientsEqual();
      twins.update();
      whole += before || after ? 1 : 0;
      if (before || after) {
        Bits.requireSame("weights after a whole step", twins.weights, twins.raw);
      }
    }
    twins.assertEqual();
    assertThat(whole).isPositive();
    assertThat(twins.spy.wholeSteps).isEqualTo(whole);
  }

  /** Adds to one element of both gradients, as an operation that is not a lookup might. */
  private static void write(Twins twins, RandomStream random) {
    int at = random.nextInt(twins.weights.size());
    double value = random.nextGaussian();
    for (Tensor gradient : List.of(twins.table.gradient(), twins.plain.gradient())) {
      gradient.set(at, gradient.get(at) + value);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void several_lookups_in_a_pass_and_several_passes_add_up_in_one_step(long seed) {
    RandomStream random = new RandomStream(seed);
    Twins twins = new Twins(backend(), adam(Form.PYTORCH), random, 40, 3);
    for (int step = 0; step < 60; step++) {
      int[] first = Draw.ids(random, random.nextInt(5), 40);
      int[] second = Draw.ids(random, random.nextInt(5), 40);
      int[] third = Draw.ids(random, random.nextInt(5), 40);
      twins.clear();
      twins.pass(first, second);
      if (random.nextInt(2) == 0) {
        twins.pass(third, first);
      } else {
        third = new int[0];
      }
      RowGradient gradient = twins.table.rowGradient();
      int[] expected =
          Stream.of(first, second, third).flatMapToInt(IntStream::of).sorted().distinct().toArray();
      assertThat(Arrays.copyOf(gradient.rows().rows(), gradient.rows().count()))
          .containsExactly(expected);
      twins.assertGradientsEqual();
      twins.update();
    }
    twins.assertEqual();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void a_backend_without_updates_of_rows_takes_whole_steps(Form form) {
    RandomStream random = new RandomStream(3);
    Twins twins = new Twins(ReferenceBackend.INSTANCE, adam(form), random, 20, 5);
    for (int step = 0; step < 200; step++) {
      twins.step(Draw.ids(random, random.nextInt(4), 20));
      Bits.requireSame("weights after step " + step, twins.weights, twins.raw);
    }
    twins.finish();
    twins.assertEqual();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_norm_and_the_clipping_of_rows_are_those_of_the_whole_table(long seed) {
    RandomStream random = new RandomStream(seed);
    int width = Draw.oneOf(random, WIDTHS);
    for (Backend backend : List.of(backend(), ReferenceBackend.INSTANCE)) {
      Tensor value = Draw.tensor(backend.type(), random, 1, 70, width);
      Parameter byRows = new Parameter("table", value, true);
      Parameter whole = new Parameter("table", value.copy(), true);
      Parameter other = new Parameter("other", Tensor.zeros(backend.type(), 3), true);
      other.gradient().fill(0.3);
      Parameter otherAgain = new Parameter("other", Tensor.zeros(backend.type(), 3), true);
      otherAgain.gradient().fill(0.3);
      int[] ids = Draw.ids(random, Draw.between(random, 1, 90), 70);
      for (Parameter table : List.of(byRows, whole)) {
        table.clearGradient();
        Tape tape = new Tape();
        Pass pass = Pass.recording(backend, new Workspace(backend.type()), tape);
        Variable rows = Operations.lookup(pass, Sequences.pack(ids), table);
        tape.backward(Draw.weightedSum(pass, seed, rows));
      }
      whole.gradient(); // it might have been written anywhere now
      assertThat(byRows.rowGradient()).isNotNull();
      assertThat(whole.rowGradient()).isNull();
      List<Parameter> parameters = List.of(byRows, other);
      List<Parameter> expected = List.of(whole, otherAgain);

      double norm = GradientClipping.globalNorm(backend, parameters);
      assertThat(norm).isEqualTo(GradientClipping.globalNorm(backend, expected)).isPositive();
      for (double share : new double[] {2, 0.7, 1e-3}) {
        GradientClipping clipping = GradientClipping.byGlobalNorm(share * norm);
        clipping.apply(backend, parameters, norm);
        clipping.apply(backend, expected, norm);
        RowGradient clipped = byRows.rowGradient();
        Bits.requireSame(
            "clipped gradient",
            whole.gradient(),
            clipped != null ? clipped.values() : byRows.gradient());
        Bits.requireSame("the other gradient", otherAgain.gradient(), other.gradient());
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void clearing_leaves_nothing_but_zeros(long seed) {
    RandomStream random = new RandomStream(seed);
    List<Consumer<Twins>> uses =
        List.of(
            twins -> twins.pass(Draw.ids(random, 6, 20), Draw.ids(random, 2, 20)),
            twins -> twins.pass(new int[0]),
            twins -> twins.table.gradient().fill(-1),
            twins -> twins.table.clearGradient(),
            twins -> twins.update());
    Twins twins = new Twins(backend(), adam(Form.KERAS), random, 20, 3);
    Tensor gradient = twins.table.gradient();
    Tensor zeros = Tensor.zeros(DType.FLOAT32, 20, 3);
    twins.clear();
    for (int round = 0; round < 40; round++) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        uses.get(random.nextInt(uses.size())).accept(twins);
      }
      twins.table.clearGradient();
      Bits.requireSame("gradient", zeros, gradient);
    }
    assertThat(twins.table.gradient()).isSameAs(gradient);
  }
}
