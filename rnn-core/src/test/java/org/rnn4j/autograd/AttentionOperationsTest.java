package org.rnn4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;
import org.rnn4j.testing.Layout;

/** The operations of attention and those that join rows: their values, and their gradients. */
class AttentionOperationsTest {
  private static final double LIMIT = 1e-6;

  private static final Pass INFERENCE =
      Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));

  static Stream<Arguments> layoutsAndSeeds() {
    return Layout.withSeeds(4);
  }

  private static Variable constant(double[][] rows) {
    return Variable.constant(Tensor.matrix(DType.FLOAT64, rows));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("layoutsAndSeeds")
  void gradients_of_the_softmax_over_time_equal_differences(Layout layout, long seed) {
    Sequences sequences = layout.sequences();
    Variable x = Draw.leaf(new RandomStream(seed), sequences.tokens(), 3);

    GradientCheck.of(
            pass -> {
              Variable y = AttentionOperations.softmaxOverTime(pass, sequences, x);
              return Draw.weightedSum(pass, seed, y, x);
            })
        .variable("x", x)
        .run()
        .requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("layoutsAndSeeds")
  void gradients_of_weighted_sums_equal_differences(Layout layout, long seed) {
    Sequences sequences = layout.sequences();
    RandomStream random = new RandomStream(seed);
    Variable weights = Draw.leaf(random, sequences.tokens(), 2);
    Variable x = Draw.leaf(random, sequences.tokens(), 3);

    GradientCheck.of(
            pass -> {
              Variable y = AttentionOperations.weightedSums(pass, sequences, weights, x);
              return Draw.weightedSum(pass, seed, y, x);
            })
        .variable("weights", weights)
        .variable("x", x)
        .run()
        .requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("layoutsAndSeeds")
  void gradients_of_sums_weighted_by_what_is_summed_equal_differences(Layout layout, long seed) {
    Sequences sequences = layout.sequences();
    Variable a = Draw.leaf(new RandomStream(seed), sequences.tokens(), 3);

    GradientCheck.of(
            pass -> {
              Variable y = AttentionOperations.weightedSums(pass, sequences, a, a);
              return Draw.weightedSum(pass, seed, y);
            })
        .variable("a", a)
        .run()
        .requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void gradients_of_operations_on_rows_equal_differences(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.between(random, 1, 5);
    Variable x = Draw.leaf(random, rows, 4);
    Variable z = Draw.leaf(random, rows, 3);
    Variable gain = Draw.leaf(random, 4);
    Variable bias = Draw.leaf(random, 4);
    Tensor target = Draw.tensor(DType.FLOAT64, random, 1, rows, 4);

    GradientCheck.of(
            pass -> {
              Variable normal = RowOperations.layerNorm(pass, x, gain, bias, 1e-3);
              Variable twice = RowOperations.add(pass, x, x);
              Variable sum = RowOperations.add(pass, normal, twice);
              Variable joined = RowOperations.concatenate(pass, List.of(sum, z, x, z));
              Variable distance = RowOperations.squaredDistance(pass, sum, target, 0.3);
              return RowOperations.add(pass, Draw.weightedSum(pass, seed, joined), distance);
            })
        .variable("x", x)
        .variable("z", z)
        .variable("gain", gain)
        .variable("bias", bias)
        .run()
        .requireBelow(LIMIT);
  }

  @Test
  void the_softmax_over_time_is_of_each_text_and_column_alone() {
    Sequences sequences = Sequences.ofLengths(1, 2); // packed: 1.0 0.0 | 1.1
    double ln2 = StrictMath.log(2);
    Variable x = constant(new double[][] {{ln2, 1000}, {5, -5}, {0, 1000}});

    Tensor y = AttentionOperations.softmaxOverTime(INFERENCE, sequences, x).value();

    double[] expected = {2.0 / 3, 0.5, 1, 1, 1.0 / 3, 0.5};
    for (int i = 0; i < expected.length; i++) {
      assertThat(y.get(i)).isCloseTo(expected[i], within(1e-15));
    }
  }

  @Test
  void sums_of_a_text_stand_one_after_another_in_the_order_of_the_texts() {
    Sequences sequences = Sequences.ofLengths(0, 1, 2); // packed: 2.0 1.0 | 2.1
    Variable weights = constant(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Variable x = constant(new double[][] {{1, 10}, {100, 1000}, {2, 20}});

    Tensor y = AttentionOperations.weightedSums(INFERENCE, sequences, weights, x).value();

    assertThat(y.toArray()).containsExactly(0, 0, 0, 0, 300, 3000, 400, 4000, 11, 110, 14, 140);
  }

  @Test
  void a_row_is_normalised_by_its_own_mean_and_deviation() {
    Variable x = constant(new double[][] {{1, 3}, {7, 7}});
    Variable gain = constant(new double[][] {{2, 1}});
    Variable bias = constant(new double[][] {{0, 10}});

    Tensor y = RowOperations.layerNorm(INFERENCE, x, gain, bias, 3).value();

    assertThat(y.toArray()).containsExactly(-1, 10.5, 0, 10); // √(1 + 3) = 2
  }

  @Test
  void rows_stand_side_by_side() {
    Variable a = constant(new double[][] {{1}, {2}});
    Variable b = constant(new double[][] {{3, 4}, {5, 6}});

    Tensor y = RowOperations.concatenate(INFERENCE, List.of(a, b, a)).value();

    assertThat(y.shape().dimensions()).containsExactly(2, 4);
    assertThat(y.toArray()).containsExactly(1, 3, 4, 1, 2, 5, 6, 2);
  }

  @Test
  void the_squared_distance_is_a_scalar() {
    Variable x = constant(new double[][] {{1, 3}});

    Variable y =
        RowOperations.squaredDistance(
            INFERENCE, x, Tensor.matrix(DType.FLOAT64, new double[][] {{2, 1}}), 0.5);

    assertThat(y.value().toArray()).containsExactly(2.5);
  }

  @Test
  void penalties_are_added_to_the_loss_of_a_pass_that_records_and_to_no_other() {
    Variable loss =
        Variable.differentiable(Tensor.of(DType.FLOAT64, Tensor.zeros(DType.FLOAT64).shape(), 2));
    Variable penalty = Variable.differentiable(Tensor.of(DType.FLOAT64, loss.value().shape(), 3));
    Tape tape = new Tape();
    Pass recording =
        Pass.training(
            ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape, new RandomStream(1));

    assertThat(recording.objective(loss)).isSameAs(loss);
    recording.derive("a layer").penalize(penalty);
    recording.derive("another").penalize(penalty);
    Variable objective = recording.objective(loss);
    tape.backward(objective);
    INFERENCE.penalize(penalty);

    assertThat(objective.value().get(0)).isEqualTo(8);
    assertThat(penalty.gradient().get(0)).isEqualTo(2);
    assertThat(loss.gradient().get(0)).isEqualTo(1);
    assertThat(INFERENCE.objective(loss)).isSameAs(loss);
    assertThat(recording.objective(loss, 0.25).value().get(0)).isEqualTo(3.5);
  }

  @Test
  void shapes_that_do_not_fit_are_refused() {
    Sequences sequences = Sequences.ofLengths(2);
    Variable one = constant(new double[][] {{1, 2}});
    Variable two = constant(new double[][] {{1}, {2}});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttentionOperations.softmaxOverTime(INFERENCE, sequences, one))
        .withMessage("Expected the rows of x, one a token, to be 2, got 1 in the shape [1, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttentionOperations.weightedSums(INFERENCE, sequences, two, one))
        .withMessage("Expected the rows of x, one a token, to be 2, got 1 in the shape [1, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowOperations.add(INFERENCE, one, two))
        .withMessage("Expected values of one shape, got [1, 2] and [2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowOperations.concatenate(INFERENCE, List.of(one, two)))
        .withMessage("Expected parts of 1 rows, got one of shape [2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowOperations.concatenate(INFERENCE, List.of()))
        .withMessage("Expected at least one part to concatenate, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowOperations.layerNorm(INFERENCE, two, two, two, 1))
        .withMessage("Expected the size of the gain to be 1, got 2 in the shape [2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> INFERENCE.penalize(one))
        .withMessage("Expected a scalar penalty, got a value of shape [1, 2]");
  }
}
