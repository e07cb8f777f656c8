package org.rnn4j.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Workspace;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** The softmax of a batch of 64, its backward, and the cross-entropy with its gradient. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class SoftmaxBenchmark {
  private static final int ROWS = 64;

  /** Classes. */
  @Param({"2", "1000"})
  public int outputs;

  /** Kernels by name. */
  @Param({"scalar", "simd"})
  public String kernels = "";

  private final Workspace workspace = new Workspace(DType.FLOAT32);
  private final int[] labels = new int[ROWS];
  private FastBackend backend = new FastBackend(KernelSelection.select("scalar"));
  private Tensor logits = Tensor.zeros(DType.FLOAT32);
  private Tensor probabilities = Tensor.zeros(DType.FLOAT32);
  private Tensor above = Tensor.zeros(DType.FLOAT32);
  private Tensor gradient = Tensor.zeros(DType.FLOAT32);

  /** Draws logits and gradients. */
  @Setup
  public void prepare() {
    backend = new FastBackend(KernelSelection.select(kernels));
    logits = Draws.tensor(3, ROWS, outputs);
    probabilities = Tensor.zeros(DType.FLOAT32, ROWS, outputs);
    backend.activate(Activation.SOFTMAX, logits, probabilities);
    above = Draws.tensor(1e-6, ROWS, outputs);
    gradient = Tensor.zeros(DType.FLOAT32, ROWS, outputs);
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % outputs;
    }
  }

  /** The softmax. */
  @Benchmark
  public Tensor activate() {
    backend.activate(Activation.SOFTMAX, logits, probabilities);
    return probabilities;
  }

  /** Its backward. */
  @Benchmark
  public Tensor activateBackward() {
    backend.activateBackward(Activation.SOFTMAX, probabilities, above, gradient);
    return gradient;
  }

  /** The loss from logits, and its backward. */
  @Benchmark
  public Tensor crossEntropy() {
    Tape tape = new Tape();
    Variable values = Variable.differentiable(logits);
    Pass pass = Pass.recording(backend, workspace, tape);
    tape.backward(SoftmaxCrossEntropy.softmaxCrossEntropy().apply(pass, values, labels));
    workspace.reset();
    return values.gradient();
  }
}
