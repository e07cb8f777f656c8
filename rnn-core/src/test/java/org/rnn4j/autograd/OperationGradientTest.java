package org.rnn4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.RecurrentCase.Cell;
import org.rnn4j.autograd.RecurrentCase.Variant;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;
import org.rnn4j.testing.Layout;

/** Every operation's backward against central differences, for every tensor it is given. */
class OperationGradientTest {
  private static final double LIMIT = 1e-6;
  private static final int SEEDS = 4;

  static Stream<Arguments> layoutsAndSeeds() {
    return Layout.withSeeds(SEEDS);
  }

  static List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (boolean reverse : new boolean[] {false, true}) {
      for (boolean initial : new boolean[] {false, true}) {
        variants.add(new Variant(Cell.GRU_RESET_AFTER, reverse, initial, false, false));
        variants.add(new Variant(Cell.GRU_RESET_BEFORE, reverse, initial, false, false));
        variants.add(new Variant(Cell.SIMPLE, reverse, initial, false, false));
        variants.add(new Variant(Cell.LSTM_PROJECTED, reverse, initial, false, true));
        for (Cell cell : reverse == initial ? Cell.values() : new Cell[0]) {
          variants.add(new Variant(cell, reverse, initial, false, cell.hasCells(), true));
        }
        for (boolean peepholes : new boolean[] {false, true}) {
          variants.add(new Variant(Cell.LSTM, reverse, initial, peepholes, false));
          variants.add(new Variant(Cell.LSTM, reverse, initial, peepholes, true));
        }
      }
    }
    return variants;
  }

  static Stream<Arguments> variantsLayoutsAndSeeds() {
    return variants().stream()
        .flatMap(
            variant ->
                layoutsAndSeeds().map(more -> Arguments.of(variant, more.get()[0], more.get()[1])));
  }

  @ParameterizedTest(name = "{0}, {1}, seed {2}")
  @MethodSource("variantsLayoutsAndSeeds")
  void recurrent_gradients_equal_differences(Variant variant, Layout layout, long seed) {
    RecurrentCase recurrence = new RecurrentCase(variant, layout.sequences(), seed);

    recurrence.check().run().requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void without_tokens_only_initial_states_have_gradients(Variant variant) {
    RecurrentCase recurrence = new RecurrentCase(variant, Layout.ONLY_EMPTY.sequences(), 1);

    recurrence.check().run().requireBelow(LIMIT);

    recurrence
        .leaves()
        .forEach(
            (name, leaf) -> {
              boolean reached = name.equals("initialCell") && variant.finalCells();
              assertThat(sumOfAbsolutes(leaf.gradient()) > 0).as(name).isEqualTo(reached);
            });
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("layoutsAndSeeds")
  void a_loss_of_the_last_cells_alone_reaches_every_tensor(Layout layout, long seed) {
    Variant variant = new Variant(Cell.LSTM, false, true, true, true);
    RecurrentCase recurrence = new RecurrentCase(variant, layout.sequences(), seed);

    GradientCheck check =
        GradientCheck.of(pass -> Draw.weightedSum(pass, seed, recurrence.run(pass).finalCells()));
    recurrence.leaves().forEach(check::variable);

    check.run().requireBelow(LIMIT);
  }

  private static double sumOfAbsolutes(Tensor tensor) {
    double sum = 0;
    for (double value : tensor.toArray()) {
      sum += Math.abs(value);
    }
    return sum;
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("layoutsAndSeeds")
  void lookup_gradients_equal_differences(Layout layout, long seed) {
    RandomStream random = new RandomStream(seed);
    Sequences sequences = layout.sequences(random, 4);
    Variable table = Draw.leaf(random, 4, 3);

    GradientCheck.of(
            pass -> Draw.weightedSum(pass, seed, Operations.lookup(pass, sequences, table)))
        .variable("table", table)
        .run()
        .requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("layoutsAndSeeds")
  void gradients_over_time_equal_differences(Layout layout, long seed) {
    Sequences sequences = layout.sequences();

    checkUnary(
        seed, sequences.tokens(), 3, (pass, x) -> Operations.lastState(pass, sequences, false, x));
    checkUnary(
        seed, sequences.tokens(), 3, (pass, x) -> Operations.lastState(pass, sequences, true, x));
    checkUnary(
        seed, sequences.tokens(), 3, (pass, x) -> Operations.meanOverTime(pass, sequences, x));
    checkUnary(
        seed, sequences.tokens(), 3, (pass, x) -> Operations.maxOverTime(pass, sequences, x));
  }

  static Stream<Arguments> activationsAndSeeds() {
    return Stream.of(Activation.values())
        .flatMap(a -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(a, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("activationsAndSeeds")
  void activation_gradients_equal_differences(Activation activation, long seed) {
    int rows = 1 + (int) seed % 3;

    checkUnary(seed, rows, 4, (pass, x) -> Operations.activate(pass, activation, x));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Activation.class)
  void activation_gradients_are_added_where_a_value_is_used_twice(Activation activation) {
    Variable x = Draw.leaf(new RandomStream(7), 3, 4);

    GradientCheck.of(
            pass -> {
              Variable y = Operations.activate(pass, activation, x);
              Variable again = Operations.activate(pass, Activation.TANH, y);
              return Draw.weightedSum(pass, 7, y, again, x);
            })
        .variable("x", x)
        .run()
        .requireBelow(LIMIT);
  }

  private static void checkUnary(
      long seed, int rows, int width, BiFunction<Pass, Variable, Variable> f) {
    Variable x = Draw.leaf(new RandomStream(seed), rows, width);
    Function<Pass, Variable> loss = pass -> Draw.weightedSum(pass, seed, f.apply(pass, x));

    GradientCheck.of(loss).variable("x", x).run().requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void affine_and_mask_gradients_equal_differences(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.between(random, 1, 5);
    Variable x = Draw.leaf(random, rows, 3);
    Variable weights = Draw.leaf(random, 3, 2);
    Variable bias = Draw.leaf(random, 2);
    Tensor mask = Draw.tensor(DType.FLOAT64, random, 2, rows, 2);

    GradientCheck.of(
            pass -> {
              Variable with = Operations.affine(pass, x, weights, bias);
              Variable without = Operations.affine(pass, x, weights, null);
              return Draw.weightedSum(pass, seed, Operations.mask(pass, with, mask), without);
            })
        .variable("x", x)
        .variable("weights", weights)
        .variable("bias", bias)
        .run()
        .requireBelow(LIMIT);
  }

  @Test
  void the_gradient_of_a_tie_over_time_goes_to_the_first_token() {
    Sequences sequences = Sequences.ofLengths(3);
    Variable x = Variable.differentiable(Tensor.zeros(DType.FLOAT64, 3, 2));
    x.value().set(1, 1, 0.5);
    x.value().set(2, 1, 0.5);
    Tape tape = new Tape();
    Pass pass = Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);
    Variable greatest = Operations.maxOverTime(pass, sequences, x);
    Variable sum =
        Operations.affine(
            pass,
            greatest,
            Variable.constant(Tensor.matrix(DType.FLOAT64, new double[][] {{1}, {1}})),
            null);

    tape.backward(sum);

    assertThat(greatest.value().toArray()).containsExactly(0, 0.5);
    assertThat(x.gradient().toArray()).containsExactly(1, 0, 0, 1, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void the_greatest_over_time_does_not_hide_what_is_not_a_number(DType type) {
    Variable x =
        Variable.constant(
            Tensor.matrix(
                type, new double[][] {{1, Double.NaN, 1}, {Double.NaN, 2, 3}, {5, 6, Double.NaN}}));
    Backend backend =
        type == DType.FLOAT32
            ? new FastBackend(KernelSelection.kernels())
            : ReferenceBackend.INSTANCE;

    Variable greatest =
        Operations.maxOverTime(
            Pass.inference(backend, new Workspace(type)), Sequences.ofLengths(3), x);

    assertThat(greatest.value().toArray()).containsOnly(Double.NaN);
  }
}
