package org.rnn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.GradientCheck;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;

/** Losses: their values by their formulas, their gradients by differences, and their limits. */
class LossGradientTest {
  private static final double LIMIT = 1e-6;
  private static final Loss BINARY = BinaryCrossEntropy.binaryCrossEntropy();
  private static final Loss SUMMED = BinaryCrossEntropy.summed();
  private static final Loss CATEGORICAL = SoftmaxCrossEntropy.softmaxCrossEntropy();

  /** A loss on a head. */
  enum Head {
    ONE_NEURON(BINARY, 1),
    ONE_NEURON_SUMMED(SUMMED, 1),
    TWO_NEURONS_MEAN(BINARY, 2),
    TWO_NEURONS_SUMMED(SUMMED, 2),
    TWO_CLASSES(CATEGORICAL, 2),
    FIVE_CLASSES(CATEGORICAL, 5);

    final Loss loss;
    final int outputs;

    Head(Loss loss, int outputs) {
      this.loss = loss;
      this.outputs = outputs;
    }

    int classes() {
      return Math.max(outputs, 2);
    }
  }

  static Stream<Arguments> headsBatchesAndSeeds() {
    List<Arguments> cases = new ArrayList<>();
    for (Head head : Head.values()) {
      for (int batch : new int[] {1, 2, 7}) {
        for (long seed = 1; seed <= 8; seed++) {
          cases.add(Arguments.of(head, batch, seed));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, batch {1}, seed {2}")
  @MethodSource("headsBatchesAndSeeds")
  void gradients_equal_differences(Head head, int batch, long seed) {
    RandomStream random = new RandomStream(seed);
    Variable logits =
        Variable.differentiable(Draw.tensor(DType.FLOAT64, random, 4, batch, head.outputs));
    int[] labels = Draw.ids(random, batch, head.classes());

    GradientCheck.of(pass -> head.loss.apply(pass, logits, labels))
        .variable("logits", logits)
        .run()
        .requireBelow(LIMIT);
  }

  @ParameterizedTest(name = "{0}, batch {1}, seed {2}")
  @MethodSource("headsBatchesAndSeeds")
  void values_follow_the_formula(Head head, int batch, long seed) {
    RandomStream random = new RandomStream(seed);
    Tensor logits = Draw.tensor(DType.FLOAT64, random, 4, batch, head.outputs);
    int[] labels = Draw.ids(random, batch, head.classes());
    double sum = 0;
    for (int row = 0; row < batch; row++) {
      sum -= Math.log(probability(logits, row, labels[row]));
    }
    double entries = head == Head.TWO_NEURONS_SUMMED ? 2 : 1;

    double value = head.loss.apply(inference(), Variable.constant(logits), labels).value().get(0);

    assertThat(value).isCloseTo(entries * sum / batch, within(1e-12));
  }

  private static double probability(Tensor logits, int row, int label) {
    if (logits.columns() == 1) {
      double positive = 1 / (1 + Math.exp(-logits.get(row, 0)));
      return label == 1 ? positive : 1 - positive;
    }
    double sum = 0;
    for (int j = 0; j < logits.columns(); j++) {
      sum += Math.exp(logits.get(row, j));
    }
    return Math.exp(logits.get(row, label)) / sum;
  }

  private static Pass inference() {
    return Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Head.class)
  void huge_logits_give_the_exact_loss_and_gradient(Head head) {
    double[] row = new double[head.outputs];
    row[row.length - 1] = 1000;
    int sure = head.classes() - 1;
    double entries = head == Head.TWO_NEURONS_SUMMED ? 2 : 1;

    Variable right = logits(row);
    assertThat(backward(head.loss, right, sure)).isZero();
    assertThat(right.gradient().toArray()).containsOnly(0);

    Variable wrong = logits(row);
    assertThat(backward(head.loss, wrong, 0)).isEqualTo(entries * 1000);
    double[] expected = new double[head.outputs];
    expected[0] -= head.outputs == 1 ? 0 : entries;
    expected[head.outputs - 1] += entries;
    assertThat(wrong.gradient().toArray()).containsExactly(expected);
  }

  private static Variable logits(double... row) {
    return Variable.differentiable(Tensor.of(DType.FLOAT64, Shape.of(1, row.length), row));
  }

  private static double backward(Loss loss, Variable logits, int... labels) {
    Tape tape = new Tape();
    Pass pass = Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);
    Variable value = loss.apply(pass, logits, labels);
    tape.backward(value);
    return value.value().get(0);
  }

  @Test
  void one_neuron_at_zero_loses_log_two_and_pulls_by_half_a_share() {
    Variable logits = Variable.differentiable(Tensor.zeros(DType.FLOAT64, 2, 1));

    assertThat(backward(BINARY, logits, 0, 1)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(logits.gradient().toArray()).containsExactly(0.25, -0.25);
  }

  @Test
  void a_loss_that_is_not_a_number_stays_one() {
    for (Head head : Head.values()) {
      double[] row = new double[head.outputs];
      row[0] = Double.NaN;
      assertThat(backward(head.loss, logits(row), 0)).as("%s", head).isNaN();
    }
  }

  @Test
  void labels_out_of_range_or_of_another_number_are_refused() {
    Variable two = Variable.constant(Tensor.zeros(DType.FLOAT64, 2, 2));
    Variable three = Variable.constant(Tensor.zeros(DType.FLOAT64, 1, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BINARY.apply(inference(), two, new int[] {0, 2}))
        .withMessage("Expected labels from 0 to 1, got 2 for example 1 of the batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.apply(inference(), three, new int[] {-1}))
        .withMessage("Expected labels from 0 to 2, got -1 for example 0 of the batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.apply(inference(), two, new int[] {0}))
        .withMessage("Expected 2 labels, one a row, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BINARY.apply(inference(), three, new int[] {0}))
        .withMessage("Expected logits of width 1 or 2, got [1, 3]");
  }

  @Test
  void heads_that_do_not_fit_are_refused() {
    BINARY.check(Activation.SIGMOID, 1);
    SUMMED.check(Activation.SOFTMAX, 2);
    CATEGORICAL.check(Activation.SOFTMAX, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BINARY.check(Activation.SOFTMAX, 1))
        .withMessageEndingWith("one SIGMOID neuron or two SOFTMAX neurons, got 1 SOFTMAX");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BINARY.check(Activation.SIGMOID, 2))
        .withMessageEndingWith("got 2 SIGMOID");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BINARY.check(Activation.SOFTMAX, 3))
        .withMessageEndingWith("got 3 SOFTMAX");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(Activation.SOFTMAX, 1))
        .withMessageEndingWith("two or more SOFTMAX neurons, got 1 SOFTMAX");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(Activation.TANH, 3))
        .withMessageEndingWith("got 3 TANH");
  }

  @Test
  void losses_have_names() {
    assertThat(BINARY.name()).isEqualTo("binary_crossentropy");
    assertThat(CATEGORICAL.name()).isEqualTo("categorical_crossentropy");
  }
}
