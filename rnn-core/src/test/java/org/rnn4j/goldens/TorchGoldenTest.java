package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.Adam;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** What PyTorch computes in float64, values and all gradients, to 1e-10. */
class TorchGoldenTest {
  private static final Golden CELLS = Golden.resource("torch_cells.json").at("cases");
  private static final Golden OTHER_CELLS = Golden.resource("torch_other_cells.json").at("cases");
  private static final Golden LOSSES = Golden.resource("torch_losses.json").at("cases");
  private static final Golden TRAININGS = Golden.resource("torch_adam.json").at("cases");
  private static final Golden LAYERS = Golden.resource("torch_layers.json").at("cases");

  private final Tape tape = new Tape();
  private final Pass pass =
      Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);

  static Stream<String> cells() {
    return CELLS.names().stream();
  }

  static Stream<String> otherCells() {
    return OTHER_CELLS.names().stream();
  }

  static Stream<String> losses() {
    return LOSSES.names().stream();
  }

  static Stream<String> trainings() {
    return TRAININGS.names().stream();
  }

  static Stream<Activation> activations() {
    return Arrays.stream(Activation.values());
  }

  @Test
  void the_golden_files_hold_the_cases_they_should() {
    assertThat(CELLS.names())
        .containsExactly(
            "lstm",
            "lstm_with_initial_state",
            "lstm_backward_with_initial_state",
            "gru",
            "gru_with_initial_state",
            "gru_backward_with_initial_state");
    assertThat(OTHER_CELLS.names())
        .containsExactly(
            "lstm_projected",
            "lstm_projected_with_initial_state",
            "lstm_projected_backward_with_initial_state",
            "simple_rnn",
            "simple_rnn_with_initial_state",
            "simple_rnn_backward_with_initial_state");
    assertThat(LAYERS.names()).hasSize(activations().toList().size() + 2);
    assertThat(LOSSES.names()).hasSize(6);
    assertThat(TRAININGS.names()).containsExactly("lstm", "gru", "lstm_clipped");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void a_recurrent_layer_gives_pytorchs_outputs_states_and_gradients(String name) {
    Golden golden = CELLS.at(name);
    int states = golden.has("initialHidden") ? golden.string("cell").equals("lstm") ? 2 : 1 : 0;
    int weights = golden.string("cell").equals("lstm") ? 3 : 4;
    assertThat(CellGoldens.check(golden)).isEqualTo(1 + weights + states);
  }

  @ParameterizedTest
  @MethodSource("otherCells")
  void projected_lstms_and_simple_layers_give_pytorchs_outputs_states_and_gradients(String name) {
    Golden golden = OTHER_CELLS.at(name);
    boolean lstm = golden.string("cell").equals("lstm");
    int states = golden.has("initialHidden") ? lstm ? 2 : 1 : 0;
    assertThat(CellGoldens.check(golden)).isEqualTo(1 + (lstm ? 4 : 3) + states);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void a_dense_layer_gives_pytorchs_outputs_and_gradients(Activation activation) {
    Golden golden = LAYERS.at("dense_" + activation.name().toLowerCase(Locale.ROOT));
    Variable inputs = leaf(Tensor.matrix(DType.FLOAT64, golden.matrix("inputs")));
    Variable weights = leaf(Tensor.matrix(DType.FLOAT64, golden.matrix("weights")));
    double[] bias = golden.vector("bias");
    Variable biases = leaf(Tensor.of(DType.FLOAT64, Shape.of(bias.length), bias));
    Variable outputs =
        Operations.activate(pass, activation, Operations.affine(pass, inputs, weights, biases));
    backward(golden, outputs);
    checkGradient(golden, "inputs", inputs);
    checkGradient(golden, "weights", weights);
    checkGradient(golden, "bias", biases);
  }

  @Test
  void the_mean_over_time_gives_pytorchs_outputs_and_gradients() {
    checkPooling("mean_over_time", Operations::meanOverTime);
  }

  @Test
  void the_greatest_over_time_gives_pytorchs_outputs_and_gradients() {
    checkPooling("max_over_time", Operations::maxOverTime);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_loss_from_logits_of_any_size_gives_pytorchs_value_and_gradient(String name) {
    Golden golden = LOSSES.at(name);
    if (name.startsWith("binary")) {
      int[] labels = DoubleStream.of(golden.flat("targets")).mapToInt(y -> (int) y).toArray();
      LossGoldens.check(golden, BinaryCrossEntropy.binaryCrossEntropy(), 1, labels);
    } else {
      int classes = golden.matrix("logits")[0].length;
      int[] labels = golden.integers("labels");
      LossGoldens.check(golden, SoftmaxCrossEntropy.softmaxCrossEntropy(), classes, labels);
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void ten_adam_steps_on_two_recurrent_layers_follow_pytorch(String name) {
    TrainingGoldens training = new TrainingGoldens(TRAININGS.at(name), ReferenceBackend.INSTANCE);
    assertThat(training.check(Adam.Form.PYTORCH, Closeness.GOLDEN)).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void ten_adam_steps_in_float32_stay_near_pytorchs_in_float64(String name) {
    Backend fast = new FastBackend(KernelSelection.kernels());
    TrainingGoldens training = new TrainingGoldens(TRAININGS.at(name), fast);
    assertThat(training.check(Adam.Form.PYTORCH, new Closeness(1e-4, 0))).isEqualTo(10);
  }

  private interface Pooling {
    Variable apply(Pass pass, Sequences sequences, Variable x);
  }

  private void checkPooling(String name, Pooling pooling) {
    Golden golden = LAYERS.at(name);
    Sequences sequences = Sequences.ofLengths(golden.integers("lengths"));
    double[][][] rows = golden.sequences("inputs");
    Variable inputs = leaf(sequences.packRows(DType.FLOAT64, rows[0][0].length, rows));
    backward(golden, pooling.apply(pass, sequences, inputs));
    Closeness.GOLDEN.check(
        golden + ":gradients.inputs",
        sequences.unpackRows(inputs.gradient()),
        golden.sequences("gradients.inputs"));
  }

  /** Compares the outputs, and sends the gradient of their weighted sum back. */
  private void backward(Golden golden, Variable outputs) {
    Closeness.GOLDEN.check(
        golden + ":outputs", Fixtures.rows(outputs.value()), golden.matrix("outputs"));
    Tensor weighting = Tensor.matrix(DType.FLOAT64, golden.matrix("outputWeighting"));
    Variable loss = Cell.weightedSum(pass, Map.of(outputs, weighting));
    Closeness.GOLDEN.check(golden + ":loss", loss.value().get(0), golden.number("loss"));
    tape.backward(loss);
  }

  private static void checkGradient(Golden golden, String name, Variable variable) {
    String path = "gradients." + name;
    Closeness.GOLDEN.check(golden + ":" + path, variable.gradient().toArray(), golden.flat(path));
  }

  private static Variable leaf(Tensor value) {
    return Variable.differentiable(value);
  }
}
