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
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Kernels;

/**
 * One step's pass over the gates of a batch, without its products, the sum of their rows, and one
 * Adam step on as many weights as there are states.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GateBenchmark {
  private static final int ROWS = 64;

  /** Kernels by name. */
  @Param({"scalar", "simd"})
  public String kernels = "";

  /** Width of the layer. */
  @Param({"32", "50", "128"})
  public int hidden;

  private Kernels implementation = KernelSelection.select("scalar");
  private float[] preActivations = {};
  private float[] activations = {};
  private float[] gates = {};
  private float[] previous = {};
  private float[] cells = {};
  private float[] outputs = {};
  private float[] above = {};
  private float[] moments = {};
  private float[] sums = {};

  /** Draws pre-activations, activations, states and gradients. */
  @Setup
  public void prepare() {
    implementation = KernelSelection.select(kernels);
    int state = ROWS * hidden;
    preActivations = Draws.gaussians(4 * state);
    activations = preActivations.clone();
    implementation.sigmoid(activations, 0, 4 * state);
    gates = new float[4 * state];
    previous = Draws.gaussians(state);
    cells = Draws.gaussians(state);
    outputs = new float[state];
    above = Draws.gaussians(state);
    moments = new float[state];
    sums = new float[4 * hidden];
  }

  private void fillGates(float[] values) {
    System.arraycopy(values, 0, gates, 0, gates.length);
  }

  /** The sigmoid of all gates. */
  @Benchmark
  public float[] sigmoid() {
    fillGates(preActivations);
    implementation.sigmoid(gates, 0, gates.length);
    return gates;
  }

  /** The hyperbolic tangent of all gates. */
  @Benchmark
  public float[] tanh() {
    fillGates(preActivations);
    implementation.tanh(gates, 0, gates.length);
    return gates;
  }

  /** LSTM, forward. */
  @Benchmark
  public float[] lstmForward() {
    fillGates(preActivations);
    implementation.lstmForward(ROWS, hidden, gates, 0, previous, 0, cells, 0, outputs, 0, null);
    return outputs;
  }

  /** LSTM, backward. */
  @Benchmark
  public float[] lstmBackward() {
    fillGates(activations);
    System.arraycopy(above, 0, outputs, 0, outputs.length);
    implementation.lstmBackward(
        ROWS, hidden, gates, 0, previous, 0, cells, 0, above, 0, outputs, 0, null);
    return gates;
  }

  /** GRU with the reset gate after the product, forward. */
  @Benchmark
  public float[] gruForward() {
    fillGates(preActivations);
    implementation.gruForward(ROWS, hidden, gates, 0, previous, 0, outputs, 0);
    return outputs;
  }

  /** GRU with the reset gate after the product, backward. */
  @Benchmark
  public float[] gruBackward() {
    fillGates(activations);
    System.arraycopy(above, 0, outputs, 0, outputs.length);
    implementation.gruBackward(ROWS, hidden, gates, 0, previous, 0, outputs, 0);
    return gates;
  }

  /** GRU with the reset gate before the product, forward, what is before and after the product. */
  @Benchmark
  public float[] gruResetBeforeForward() {
    fillGates(preActivations);
    implementation.gruResetBeforeForward(ROWS, hidden, gates, 0, previous, 0);
    implementation.gruCandidateForward(ROWS, hidden, gates, 0, previous, 0, outputs, 0);
    return outputs;
  }

  /** GRU with the reset gate before the product, backward, likewise. */
  @Benchmark
  public float[] gruResetBeforeBackward() {
    fillGates(activations);
    System.arraycopy(above, 0, outputs, 0, outputs.length);
    implementation.gruCandidateBackward(ROWS, hidden, gates, 0, previous, 0, outputs, 0);
    implementation.gruResetBeforeBackward(
        ROWS, hidden, gates, 0, previous, 0, above, 0, outputs, 0);
    return gates;
  }

  /** The sum of all rows of gates, as for the gradient of a bias. */
  @Benchmark
  public float[] addRows() {
    implementation.addRows(ROWS, preActivations, 0, 4 * hidden, sums, 0, 4 * hidden);
    return sums;
  }

  /** One Adam step. */
  @Benchmark
  public float[] adam() {
    implementation.adam(
        cells, above, outputs, moments, 0, cells.length, 0.9f, 0.999f, 1e-3f, 1e-7f);
    return cells;
  }
}
