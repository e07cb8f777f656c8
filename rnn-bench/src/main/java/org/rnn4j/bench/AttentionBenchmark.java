package org.rnn4j.bench;

import java.util.Arrays;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Activations;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.LayerNorm;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.Signal;
import org.rnn4j.layer.Weights;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Layers that follow a recurrent one: attention, with the penalty of the paper where there are
 * several hops, layer normalisation, and summaries over time. {@link RecurrentBenchmark} has what
 * they follow, on batches of the same tokens.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AttentionBenchmark {
  private static final int WIDTH = 128;

  /** The layer: attention by its width and hops. */
  @Param({
    "attention-64x1",
    "attention-10x5",
    "attention-350x30",
    "layer-norm",
    "mean",
    "max",
    "last"
  })
  public String layer = "";

  /** Texts and the length of the longest; ragged ones are from half of it on. */
  @Param({"32x40", "64x200", "64x200-ragged"})
  public String batch = "";

  /** Kernels by name. */
  @Param({"scalar", "simd"})
  public String kernels = "";

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  private final Workspace workspace = new Workspace(DType.FLOAT32);
  private Workers workers = new Workers(1);
  private FastBackend backend = new FastBackend(KernelSelection.select("scalar"));
  private Layer own = LayerNorm.withDefaults().create(Signal.tokens(1), NOTHING);
  private Sequences sequences = Sequences.ofLengths(0);
  private Tensor input = Tensor.zeros(DType.FLOAT32);

  private static final Weights NOTHING = Weights.drawn(DType.FLOAT32, new RandomStream(0));

  /** Makes the layer and draws inputs. */
  @Setup
  public void prepare() {
    workers = new Workers(threads);
    backend = new FastBackend(KernelSelection.select(kernels), workers);
    own =
        spec(layer).create(Signal.tokens(WIDTH), Weights.drawn(DType.FLOAT32, new RandomStream(1)));
    sequences = Sequences.ofLengths(lengths(batch));
    input = Draws.tensor(1, sequences.tokens(), WIDTH);
  }

  private static LayerSpec spec(String name) {
    if (name.startsWith("attention-")) {
      String[] extents = name.substring("attention-".length()).split("x");
      Attention.Spec spec =
          Attention.structured(Integer.parseInt(extents[0]), Integer.parseInt(extents[1]));
      return spec.hops() == 1 ? spec : spec.penalty(Attention.Penalty.SUM, 1);
    }
    return switch (name) {
      case "layer-norm" -> LayerNorm.withDefaults();
      case "mean" -> OverTime.spec(OverTime.Take.MEAN);
      case "max" -> OverTime.spec(OverTime.Take.MAX);
      case "last" -> OverTime.spec(OverTime.Take.LAST);
      default -> throw new IllegalArgumentException("Expected a layer, got " + name);
    };
  }

  private static int[] lengths(String batch) {
    String[] extents = batch.replace("-ragged", "").split("x");
    int[] lengths = new int[Integer.parseInt(extents[0])];
    int longest = Integer.parseInt(extents[1]);
    Arrays.fill(lengths, longest);
    RandomStream random = new RandomStream(2);
    for (int i = 1; i < lengths.length && batch.endsWith("-ragged"); i++) {
      lengths[i] = longest / 2 + random.nextInt(longest / 2);
    }
    return lengths;
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** Forward, as a prediction has it. */
  @Benchmark
  public double forward() {
    Pass pass = Pass.inference(backend, workspace);
    Activations given = Activations.tokens(sequences, Variable.constant(input));
    double first = own.forward(pass, given).values().value().get(0);
    workspace.reset();
    return first;
  }

  /** Forward and backward, all gradients, from a loss whose gradient is the same everywhere. */
  @Benchmark
  public List<Parameter> forwardBackward() {
    Tape tape = new Tape();
    Pass pass = Pass.recording(backend, workspace, tape);
    Variable x = Variable.differentiable(input);
    Variable y = own.forward(pass, Activations.tokens(sequences, x)).values();
    Variable loss = pass.result(Tensor.zeros(DType.FLOAT32), y);
    pass.record(
        loss,
        () -> {
          Tensor dy = pass.target(y);
          if (dy != null) {
            dy.fill(1e-3);
          }
        });
    tape.backward(pass.objective(loss));
    workspace.reset();
    own.parameters().forEach(Parameter::clearGradient);
    return own.parameters();
  }
}
