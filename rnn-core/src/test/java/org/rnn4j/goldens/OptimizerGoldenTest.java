package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.loss.Loss;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.MaxNorm;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.RmsProp;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.Sgd;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** Optimisers, schedules and weighted losses against PyTorch's. */
class OptimizerGoldenTest {
  private static final Golden OPTIMIZERS = Golden.resource("torch_optimizers.json").at("cases");
  private static final Golden SCHEDULES = Golden.resource("torch_schedules.json").at("cases");
  private static final Golden LOSSES = Golden.resource("torch_weighted_losses.json").at("cases");

  static Stream<String> optimizers() {
    return OPTIMIZERS.names().stream();
  }

  static Stream<String> losses() {
    return LOSSES.names().stream();
  }

  private static Optimizer optimizer(String name, Golden golden) {
    double rate = golden.number("learningRate");
    return switch (name) {
      case "sgd_momentum" -> new Sgd(rate, golden.number("momentum"), false);
      case "sgd_nesterov" -> new Sgd(rate, golden.number("momentum"), true);
      case "rmsprop", "rmsprop_momentum" ->
          new RmsProp(
              rate, golden.number("decay"), golden.number("momentum"), golden.number("epsilon"));
      case "adam_l2" -> Adam.asPyTorch().learningRate(rate);
      case "adamw" -> Adam.asPyTorch().learningRate(rate).weightDecay(golden.number("decay"));
      default -> Sgd.withDefaults().learningRate(rate);
    };
  }

  private static GradientClipping clipping(Golden golden) {
    if (golden.has("clipNorm")) {
      return GradientClipping.byNorm(golden.number("clipNorm"));
    }
    return golden.has("clipValue")
        ? GradientClipping.byValue(golden.number("clipValue"))
        : GradientClipping.none();
  }

  private static void checkSteps(String name, Backend backend, Closeness closeness) {
    Golden golden = OPTIMIZERS.at(name);
    Tensor initial = Tensor.matrix(backend.type(), golden.matrix("initial"));
    Parameter parameter = new Parameter("weights", initial, true);
    Map<String, Parameter> parameters = Map.of("dense.weights", parameter);
    Optimizer.Run run = optimizer(name, golden).start(parameters);
    L2 l2 = golden.has("l2") ? L2.of(golden.number("l2")) : L2.none();
    MaxNorm maxNorm = golden.has("maxNorm") ? MaxNorm.of(golden.number("maxNorm")) : MaxNorm.none();
    double[][][] gradients = golden.sequences("gradients");
    double[][][] expected = golden.sequences("weights");
    double[] factors = golden.vector("factors");
    assertThat(gradients.length).isEqualTo(12);
    for (int step = 0; step < gradients.length; step++) {
      parameter.clearGradient();
      parameter.gradient().assign(Tensor.matrix(backend.type(), gradients[step]));
      l2.apply(backend, parameters);
      double norm = GradientClipping.globalNorm(backend, parameters.values());
      clipping(golden).apply(backend, parameters.values(), norm);
      run.step(backend, factors[step]);
      maxNorm.apply(parameters);
      String what = golden + ":weights[" + step + "]";
      closeness.check(what, Fixtures.rows(parameter.value()), expected[step]);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void twelve_steps_follow_pytorch(String name) {
    checkSteps(name, ReferenceBackend.INSTANCE, Closeness.GOLDEN);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void twelve_steps_in_float32_stay_near_pytorchs_in_float64(String name) {
    checkSteps(name, new FastBackend(KernelSelection.kernels()), new Closeness(2e-6, 2e-6));
  }

  private static void checkFactors(String name, Schedule schedule) {
    double[] expected = SCHEDULES.at(name).vector("factors");
    double[] factors = new double[expected.length];
    for (int step = 0; step < factors.length; step++) {
      factors[step] = schedule.factor(step, factors.length);
    }
    Closeness.GOLDEN.check(name, factors, expected);
  }

  @Test
  void schedules_follow_pytorch() {
    assertThat(SCHEDULES.names())
        .containsExactlyInAnyOrder("step", "exponential", "cosine", "cosine_warm_up", "plateau");
    checkFactors("step", Schedule.step(0.3, 6));
    checkFactors("exponential", Schedule.exponential(0.9, 1));
    checkFactors("cosine", Schedule.cosine(0.05));
    checkFactors("cosine_warm_up", Schedule.cosine(0.1).warmUp(5));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void smoothed_and_weighted_losses_give_pytorchs_values_and_gradients(String name) {
    Golden golden = LOSSES.at(name);
    int[] labels = golden.integers("labels");
    double smoothing = golden.number("smoothing");
    Loss loss =
        name.startsWith("binary")
            ? BinaryCrossEntropy.binaryCrossEntropy().labelSmoothing(smoothing)
            : SoftmaxCrossEntropy.softmaxCrossEntropy().labelSmoothing(smoothing);
    checkLoss(golden, loss, labels);
    if (name.equals("smoothed_two")) {
      // The mean over two entries that are equal.
      checkLoss(golden, BinaryCrossEntropy.binaryCrossEntropy().labelSmoothing(smoothing), labels);
    }
  }

  private static void checkLoss(Golden golden, Loss loss, int[] labels) {
    ClassWeights weights =
        golden.has("classWeights")
            ? ClassWeights.of(golden.vector("classWeights"))
            : ClassWeights.none();
    double[] shares = new double[labels.length];
    double total = 0;
    for (int label : labels) {
      total += weights.of(label);
    }
    for (int i = 0; i < labels.length; i++) {
      shares[i] = weights.of(labels[i]) / total;
    }
    double[] values = golden.flat("logits");
    Shape shape = Shape.of(labels.length, values.length / labels.length);
    Variable logits = Variable.differentiable(Tensor.of(DType.FLOAT64, shape, values));
    Tape tape = new Tape();
    Pass pass = Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);
    Variable value = loss.apply(pass, logits, labels, shares);
    tape.backward(value);
    Closeness.GOLDEN.check(golden + ":loss", value.value().get(0), golden.number("loss"));
    Closeness.GOLDEN.check(
        golden + ":gradient", logits.gradient().toArray(), golden.flat("gradient"));
  }
}
