package org.rnn4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** What passes record, and where gradients go and do not go. */
class TapeTest {
  private final Tape tape = new Tape();
  private final Workspace workspace = new Workspace(DType.FLOAT64);
  private final Pass recording = Pass.recording(ReferenceBackend.INSTANCE, workspace, tape);
  private final Variable ones =
      Variable.constant(Tensor.matrix(DType.FLOAT64, new double[][] {{1}, {1}}));

  private static Variable row(boolean differentiable, double... values) {
    Tensor tensor = Tensor.of(DType.FLOAT64, Shape.of(1, values.length), values);
    return differentiable ? Variable.differentiable(tensor) : Variable.constant(tensor);
  }

  private Variable sum(Pass pass, Variable x) {
    return Operations.affine(pass, x, ones, null);
  }

  @Test
  void gradients_are_added_up_over_every_use_of_a_value() {
    Variable x = row(true, 2, 3);
    Variable twice = Operations.mask(recording, x, row(false, 2, 2).value());
    Variable thrice = Operations.mask(recording, twice, row(false, 5, 7).value());
    Variable joined = Operations.affine(recording, twice, ones, sum(recording, thrice));

    tape.backward(joined);

    assertThat(joined.value().toArray()).containsExactly(2 * 2 + 2 * 3 + 10 * 2 + 14 * 3);
    assertThat(x.gradient().toArray()).containsExactly(2 + 10, 2 + 14);
  }

  @Test
  void a_parameter_keeps_gradients_from_one_backward_to_the_next_until_it_is_cleared() {
    Parameter weights = new Parameter("w", Tensor.of(DType.FLOAT64, Shape.of(2, 1), 1, 1), true);
    Variable x = row(false, 2, 3);

    for (int batch = 1; batch <= 2; batch++) {
      Tape own = new Tape();
      Pass pass = Pass.recording(ReferenceBackend.INSTANCE, workspace, own);
      own.backward(Operations.affine(pass, x, weights, null));
      assertThat(weights.gradient().toArray()).containsExactly(2 * batch, 3 * batch);
    }
    weights.clearGradient();

    assertThat(weights.gradient().toArray()).containsExactly(0, 0);
  }

  @Test
  void an_inference_pass_records_nothing_and_gives_constants() {
    Pass inference = Pass.inference(ReferenceBackend.INSTANCE, workspace);

    Variable y = sum(inference, row(true, 1, 2));

    assertThat(y.isDifferentiable()).isFalse();
    assertThat(y.value().toArray()).containsExactly(3);
    assertThat(inference.isTraining()).isFalse();
    assertThatIllegalStateException().isThrownBy(inference::random);
  }

  @Test
  void what_depends_on_constants_only_is_not_recorded() {
    Variable y = sum(recording, row(false, 1, 2));

    assertThat(y.isDifferentiable()).isFalse();
    assertThat(tape.size()).isZero();
  }

  @Test
  void each_operation_on_a_differentiable_value_is_recorded_once() {
    Variable x = row(true, 1, 2);

    Variable y = Operations.activate(recording, Activation.TANH, x);
    sum(recording, y);

    assertThat(tape.size()).isEqualTo(2);
  }

  @Test
  void a_linear_activation_is_no_operation() {
    Variable x = row(true, 1, 2);

    assertThat(Operations.activate(recording, Activation.LINEAR, x)).isSameAs(x);
  }

  @Test
  void backward_starts_from_a_scalar_that_depends_on_something() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.backward(row(true, 1, 2)))
        .withMessage("Expected a scalar loss, got a value of shape [1, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.backward(row(false, 1)))
        .withMessageContaining("got a constant");
  }

  @Test
  void a_constant_has_no_gradient() {
    assertThatIllegalStateException()
        .isThrownBy(() -> row(false, 1, 2).gradient())
        .withMessage("A constant of shape [1, 2] has no gradient");
  }

  @Test
  void a_training_pass_derives_a_stream_for_each_layer_from_its_own() {
    Pass training = Pass.training(ReferenceBackend.INSTANCE, workspace, tape, new RandomStream(3));

    assertThat(training.isTraining()).isTrue();
    assertThat(training.derive("dropout").random().nextLong())
        .isEqualTo(new RandomStream(3).derive("dropout").nextLong())
        .isNotEqualTo(training.derive("dropout_2").random().nextLong());
    assertThat(recording.derive("dropout")).isSameAs(recording);
  }

  @Test
  void a_workspace_of_another_type_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT32)))
        .withMessage("Expected a workspace of FLOAT64, got FLOAT32");
  }

  @Test
  void shapes_that_do_not_fit_are_refused_with_both_numbers() {
    Variable x = row(true, 1, 2, 3);
    Sequences sequences = Sequences.ofLengths(2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.affine(recording, x, ones, null))
        .withMessage("Expected the width of x to be 2, got 3 in the shape [1, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.affine(recording, row(true, 1, 2), ones, x))
        .withMessage("Expected the size of the bias to be 1, got 3 in the shape [1, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.mask(recording, x, ones.value()))
        .withMessage("Expected a mask of shape [1, 3], got [2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.lastState(recording, sequences, false, x))
        .withMessage("Expected the rows of x, one a token, to be 2, got 1 in the shape [1, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.meanOverTime(recording, sequences, x))
        .withMessageContaining("to be 2, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.maxOverTime(recording, sequences, x))
        .withMessageContaining("to be 2, got 1");
    assertThat(tape.size()).isZero();
  }

  @Test
  void recurrent_shapes_that_do_not_fit_are_refused_with_both_shapes() {
    Sequences sequences = Sequences.ofLengths(2, 1);
    Variable x = zeros(3, 2);
    Variable w = zeros(2, 12);
    Variable u = zeros(3, 12);
    Variable b = zeros(12);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm(sequences, zeros(2, 2), w, u, b, null))
        .withMessage("Expected inputs of a recurrent layer of 3 x 2, got [2, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm(sequences, zeros(3, 5), w, u, b, null))
        .withMessage("Expected inputs of a recurrent layer of 3 x 2, got [3, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm(sequences, x, zeros(2, 9), u, b, null))
        .withMessage("Expected LSTM input weights of 2 x 12, got [2, 9]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm(sequences, x, w, zeros(4, 12), b, null))
        .withMessage("Expected LSTM input weights of 2 x 16, got [2, 12]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm(sequences, x, w, u, zeros(9), null))
        .withMessage("Expected LSTM bias of 1 x 12, got [9]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm(sequences, x, w, u, b, zeros(3, 3)))
        .withMessage("Expected initial hidden state of 2 x 3, got [3, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RecurrentOperations.gru(
                    recording,
                    new RecurrentOperations.Gru(w, zeros(4, 12), b, zeros(9)),
                    Reading.of(sequences, x)))
        .withMessage("Expected GRU recurrent bias of 1 x 12, got [9]");
  }

  private static Variable zeros(int... dimensions) {
    return Variable.differentiable(Tensor.zeros(DType.FLOAT64, dimensions));
  }

  private void lstm(
      Sequences sequences, Variable x, Variable w, Variable u, Variable b, Variable hidden) {
    RecurrentOperations.lstm(
        recording,
        new RecurrentOperations.Lstm(w, u, b, null),
        Reading.of(sequences, x).from(hidden, null));
  }

  @Test
  void a_second_backward_is_refused() {
    Variable loss = sum(recording, row(true, 1, 2));
    tape.backward(loss);

    assertThatIllegalStateException()
        .isThrownBy(() -> tape.backward(loss))
        .withMessage(
            "Expected one backward a tape, got a second; each pass needs a tape of its own");
  }

  @Test
  void the_gradient_of_a_leaf_outlives_the_workspace() {
    Variable x = row(true, 2, 3);
    for (int batch = 1; batch <= 2; batch++) {
      Tape own = new Tape();
      Pass pass = Pass.recording(ReferenceBackend.INSTANCE, workspace, own);
      own.backward(sum(pass, Operations.activate(pass, Activation.RELU, x)));
      workspace.reset();
      workspace.zeros(1, 2).fill(7);
      workspace.zeros(1, 2).fill(7);
      workspace.zeros(1, 2).fill(7);
      workspace.reset();

      assertThat(x.gradient().toArray()).containsExactly(batch, batch);
    }
  }
}
