package org.rnn4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.FaultyBackend.Fault;
import org.rnn4j.autograd.FaultyBackend.Where;
import org.rnn4j.autograd.RecurrentCase.Cell;
import org.rnn4j.autograd.RecurrentCase.Variant;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;
import org.rnn4j.testing.Layout;

/** The check itself: it passes what is right, fails what is wrong by a percent, and says where. */
class GradientCheckTest {
  private static final double LIMIT = 1e-6;
  private static final double ONE_PERCENT_MORE = 1.01;
  private static final int SEEDS = 3;

  private static final List<Cell> CELLS =
      List.of(Cell.SIMPLE, Cell.LSTM, Cell.GRU_RESET_AFTER, Cell.GRU_RESET_BEFORE);

  static Stream<Arguments> gatesOfEveryTensor() {
    List<Arguments> cases = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      for (Cell cell : CELLS) {
        boolean peepholes = cell == Cell.LSTM;
        Variant variant = new Variant(cell, false, false, peepholes, false);
        for (Where where : Where.values()) {
          int blocks = where == Where.PEEPHOLES ? 3 : cell.gates;
          boolean exists =
              switch (where) {
                case PEEPHOLES -> peepholes;
                case RECURRENT_BIAS -> cell == Cell.GRU_RESET_AFTER;
                default -> true;
              };
          for (int gate = 0; exists && gate < blocks; gate++) {
            cases.add(Arguments.of(variant, where, gate, seed));
          }
        }
      }
    }
    return cases.stream();
  }

  @Test
  void every_gate_of_every_tensor_is_tried() {
    int simple = 3;
    int lstm = 3 * 4 + 3;
    int resetAfter = 4 * 3;
    int resetBefore = 3 * 3;

    assertThat(gatesOfEveryTensor()).hasSize(SEEDS * (simple + lstm + resetAfter + resetBefore));
  }

  @ParameterizedTest(name = "{0}, {1}, gate {2}, seed {3}")
  @MethodSource("gatesOfEveryTensor")
  void one_percent_too_much_in_one_gate_fails(Variant variant, Where where, int gate, long seed) {
    RecurrentCase recurrence = new RecurrentCase(variant, Layout.RAGGED.sequences(), seed);
    FaultyBackend faulty =
        new FaultyBackend(new Fault(where, gate, ONE_PERCENT_MORE), weights -> true);

    GradientCheck.Report report = recurrence.check().backend(faulty).run();

    assertThatThrownBy(() -> report.requireBelow(LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(where.name());
    GradientCheck.Entry worst = report.worst();
    int width = recurrence.leaves().get(where.name()).value().columns();
    assertThat(worst.variable()).isEqualTo(where.name());
    assertThat(worst.index() % width / RecurrentCase.HIDDEN).isEqualTo(gate);
    assertThat(worst.error()).isCloseTo(0.01 / ONE_PERCENT_MORE, within(LIMIT));
  }

  @ParameterizedTest(name = "{0}, {1}, gate {2}, seed {3}")
  @MethodSource("gatesOfEveryTensor")
  void nothing_too_much_in_one_gate_passes(Variant variant, Where where, int gate, long seed) {
    RecurrentCase recurrence = new RecurrentCase(variant, Layout.RAGGED.sequences(), seed);
    FaultyBackend correct = new FaultyBackend(new Fault(where, gate, 1), weights -> true);

    recurrence.check().backend(correct).run().requireBelow(LIMIT);
  }

  /** {@code Σ f(x)} with a derivative of the test's choosing. */
  private static Variable sum(
      Pass pass, Variable x, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
    double sum = 0;
    for (double value : x.value().toArray()) {
      sum += f.applyAsDouble(value);
    }
    Variable result = pass.result(Tensor.of(DType.FLOAT64, Shape.of(), sum), x);
    pass.record(
        result,
        () -> {
          Tensor target = pass.target(x);
          for (int i = 0; i < x.value().size(); i++) {
            target.set(i, target.get(i) + derivative.applyAsDouble(x.value().get(i)));
          }
        });
    return result;
  }

  private static Variable leaf(double... values) {
    return Variable.differentiable(Tensor.of(DType.FLOAT64, Shape.of(values.length), values));
  }

  @Test
  void every_element_is_reported_with_both_gradients() {
    Variable x = leaf(3, -2);

    GradientCheck.Report report =
        GradientCheck.of(pass -> sum(pass, x, v -> v * v, v -> 2 * v)).variable("x", x).run();

    assertThat(report.entries()).extracting(GradientCheck.Entry::index).containsExactly(0, 1);
    assertThat(report.entries().get(0).analytic()).isEqualTo(6);
    assertThat(report.entries().get(0).numeric()).isCloseTo(6, within(1e-8));
    assertThat(report.entries().get(1).analytic()).isEqualTo(-4);
    assertThat(report.worst().error()).isLessThan(1e-8);
  }

  @Test
  void the_error_names_variable_element_and_both_gradients() {
    Variable right = leaf(1);
    Variable wrong = leaf(1, 2);

    GradientCheck.Report report =
        GradientCheck.of(
                pass ->
                    Draw.weightedSum(
                        pass,
                        5,
                        sum(pass, right, v -> v * v, v -> 2 * v),
                        sum(pass, wrong, v -> v, v -> v < 2 ? 1 : 1.5)))
            .variable("right", right)
            .variable("wrong", wrong)
            .run();

    assertThatThrownBy(() -> report.requireBelow(LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("at most 1.0E-6")
        .hasMessageContaining("wrong[1]")
        .hasMessageContaining("backpropagation gives " + report.worst().analytic())
        .hasMessageContaining("central differences " + report.worst().numeric());
  }

  @Test
  void a_gradient_that_is_not_a_number_is_the_worst_error() {
    Variable x = leaf(1, 2, 3);

    GradientCheck.Report report =
        GradientCheck.of(pass -> sum(pass, x, v -> v, v -> v == 2 ? Double.NaN : 7))
            .variable("x", x)
            .run();

    assertThat(report.worst().error()).isNaN();
    assertThatThrownBy(() -> report.requireBelow(1e9)).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_gradient_that_never_arrives_fails() {
    Variable reached = leaf(1);
    Variable forgotten = leaf(1);

    GradientCheck.Report report =
        GradientCheck.of(
                pass -> {
                  double lost = forgotten.value().get(0);
                  return sum(pass, reached, v -> v + lost, v -> 1);
                })
            .variable("reached", reached)
            .variable("forgotten", forgotten)
            .run();

    assertThat(report.worst().variable()).isEqualTo("forgotten");
    assertThat(report.worst().error()).isEqualTo(1);
  }

  @Test
  void entries_tiny_beside_their_tensor_are_held_to_its_scale() {
    Variable x = leaf(0, 1000);
    GradientCheck check =
        GradientCheck.of(pass -> sum(pass, x, v -> v * v, v -> v == 0 ? 1e-8 : 2 * v))
            .variable("x", x);

    check.run().requireBelow(LIMIT);

    assertThatThrownBy(() -> check.floor(0).run().requireBelow(LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x[0]");
  }

  @Test
  void values_are_as_before_and_gradients_do_not_pile_up() {
    Variable x = Draw.leaf(new RandomStream(1), 2, 3);
    double[] before = x.value().toArray();
    GradientCheck check =
        GradientCheck.of(pass -> sum(pass, x, v -> v * v, v -> 2 * v)).variable("x", x);

    check.run().requireBelow(LIMIT);
    check.run().requireBelow(LIMIT);

    assertThat(x.value().toArray()).containsExactly(before);
  }

  @Test
  void frozen_parameters_are_passed_over() {
    Parameter frozen = new Parameter("frozen", Tensor.of(DType.FLOAT64, Shape.of(1), 2), false);
    Parameter trained = new Parameter("trained", Tensor.of(DType.FLOAT64, Shape.of(1), 2), true);

    GradientCheck.Report report =
        GradientCheck.of(pass -> sum(pass, trained, v -> v, v -> 1))
            .variables(List.of(frozen, trained))
            .run();

    assertThat(report.entries())
        .extracting(GradientCheck.Entry::variable)
        .containsExactly("trained");
  }

  @Test
  void what_cannot_be_checked_is_refused() {
    Variable x = leaf(1);
    GradientCheck check = GradientCheck.of(pass -> sum(pass, x, v -> v, v -> 1));

    assertThatIllegalStateException().isThrownBy(check::run).withMessageContaining("got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.variable("c", Variable.constant(x.value())))
        .withMessage("Expected c to be differentiable, got a constant");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> check.variable("f", Variable.differentiable(Tensor.zeros(DType.FLOAT32, 2))))
        .withMessage("Expected f to be FLOAT64, got FLOAT32");
    check.variable("x", x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.variable("x", x))
        .withMessage("Expected unique names, got x twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.backend(new FastBackend(KernelSelection.kernels())))
        .withMessageContaining("Expected a backend of FLOAT64, got FLOAT32");
  }

  @Test
  void a_check_of_nothing_but_empty_tensors_has_no_worst_entry() {
    Variable x = leaf();

    GradientCheck.Report report =
        GradientCheck.of(pass -> sum(pass, x, v -> v, v -> 1)).variable("x", x).run();

    assertThatIllegalStateException()
        .isThrownBy(report::worst)
        .withMessageContaining("Expected variables with elements");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, 0, 1, Double.POSITIVE_INFINITY})
  void a_step_outside_of_zero_to_one_is_refused(double step) {
    GradientCheck check = GradientCheck.of(pass -> leaf(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.step(step))
        .withMessage("Expected step between 0 and 1, got " + step);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1.1})
  void a_floor_outside_of_zero_to_one_is_refused(double floor) {
    GradientCheck check = GradientCheck.of(pass -> leaf(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.floor(floor))
        .withMessage("Expected floor from 0 to 1, got " + floor);
  }
}
