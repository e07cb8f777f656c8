package org.rnn4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.Loss;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.metric.Metric;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.sequence.Batch;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Trains a network on labelled sequences. Settings are given in any order, then {@link #fit} runs:
 *
 * <pre>{@code
 * History history = Trainer.of(model)
 *     .loss(binaryCrossEntropy()).optimizer(Adam.withDefaults())
 *     .metrics(accuracy()).batchSize(32).epochs(5)
 *     .validation(split.validation())
 *     .fit(split.train());
 * }</pre>
 *
 * <p>The same model, settings and examples give the same weights, bit for bit, whatever the number
 * of threads, the kernels or the Java version. Shuffles and dropout masks are drawn from the seed.
 *
 * <p>Defaults: binary cross-entropy for heads of one or two neurons, else softmax cross-entropy;
 * {@link Adam#withDefaults}; accuracy; batches of 32; 5 epochs; no clipping; the model's seed; as
 * many threads as processors.
 */
public final class Trainer {
  private final Sequential model;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Loss loss;
  private Optimizer optimizer = Adam.withDefaults();
  private GradientClipping clipping = GradientClipping.none();
  private List<Metric> metrics = List.of(Accuracy.accuracy());
  private List<Example> validation = List.of();
  private int batchSize = 32;
  private int epochs = 5;
  private int threads = Runtime.getRuntime().availableProcessors();
  private long seed;

  private Trainer(Sequential model) {
    this.model = model;
    this.seed = model.seed();
    this.loss =
        model.outputs() <= 2
            ? BinaryCrossEntropy.binaryCrossEntropy()
            : SoftmaxCrossEntropy.softmaxCrossEntropy();
  }

  /** A trainer of a network, whose weights it changes in place. */
  public static Trainer of(Sequential model) {
    return new Trainer(model);
  }

  /** What is made small. */
  public Trainer loss(Loss loss) {
    this.loss = loss;
    return this;
  }

  /** How weights follow from gradients. */
  public Trainer optimizer(Optimizer optimizer) {
    this.optimizer = optimizer;
    return this;
  }

  /** What is done to gradients before the step. */
  public Trainer clipping(GradientClipping clipping) {
    this.clipping = clipping;
    return this;
  }

  /** What is reported beside the loss. */
  public Trainer metrics(Metric... metrics) {
    this.metrics = List.of(metrics);
    return this;
  }

  /** Examples that are scored after each epoch and never learned. */
  public Trainer validation(List<Example> validation) {
    this.validation = List.copyOf(validation);
    return this;
  }

  /** Texts a step. */
  public Trainer batchSize(int batchSize) {
    this.batchSize = requirePositive("batchSize", batchSize);
    return this;
  }

  /** Passes over the training examples. */
  public Trainer epochs(int epochs) {
    this.epochs = requirePositive("epochs", epochs);
    return this;
  }

  /** Threads that share the work; no effect on any result. */
  public Trainer threads(int threads) {
    this.threads = requirePositive("threads", threads);
    return this;
  }

  /** What shuffles and dropout masks are drawn from. */
  public Trainer seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Adds someone to be told how it goes. */
  public Trainer listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  private static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("Expected " + name + " of 1 or more, got " + value);
    }
    return value;
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if there is no example, a label is not a class of the head, or
   *     the head does not fit the loss; before any work is done
   * @throws TrainingException if a loss or gradient is not finite
   */
  public History fit(List<Example> examples) {
    check("training", examples);
    if (!validation.isEmpty()) {
      check("validation", validation);
    }
    try (Workers workers = new Workers(model.type() == DType.FLOAT32 ? threads : 1)) {
      return new Fit(List.copyOf(examples), backend(workers)).run();
    }
  }

  /**
   * Scores examples without learning from them.
   *
   * @throws IllegalArgumentException as {@link #fit}
   */
  public Scores evaluate(List<Example> examples) {
    check("evaluation", examples);
    try (Workers workers = new Workers(model.type() == DType.FLOAT32 ? threads : 1)) {
      return evaluate(examples, backend(workers), new Workspace(model.type()));
    }
  }

  private Backend backend(Workers workers) {
    return model.type() == DType.FLOAT32
        ? new FastBackend(KernelSelection.kernels(), workers)
        : ReferenceBackend.INSTANCE;
  }

  private void check(String what, List<Example> examples) {
    loss.check(model.headActivation(), model.outputs());
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one " + what + " example, got none");
    }
    for (int i = 0; i < examples.size(); i++) {
      if (examples.get(i).label() >= model.classes()) {
        throw new IllegalArgumentException(
            "Expected labels from 0 to "
                + (model.classes() - 1)
                + " for a head of "
                + model.outputs()
                + ", got "
                + examples.get(i).label()
                + " in "
                + what
                + " example "
                + i);
      }
    }
  }

  private Scores evaluate(List<Example> examples, Backend backend, Workspace workspace) {
    ScoreKeeper keeper = new ScoreKeeper(model.headActivation(), metrics);
    for (int[] indices : new Batcher(batchSize).sorted(examples)) {
      Batch batch = batch(examples, indices);
      Pass pass = Pass.inference(backend, workspace);
      Variable logits = model.logits(pass, batch.sequences());
      double value = loss.apply(pass, logits, batch.labels()).value().get(0);
      keeper.add(backend, logits.value(), batch.labels(), value);
      workspace.reset();
    }
    return keeper.scores();
  }

  private static Batch batch(List<Example> examples, int[] indices) {
    return Batch.of(Arrays.stream(indices).mapToObj(examples::get).toList());
  }

  /** One training. */
  private final class Fit {
    private final List<Example> examples;
    private final Backend backend;
    private final Workspace workspace = new Workspace(model.type());
    private final Collection<Parameter> parameters = model.parameters().values();
    private final Optimizer.Run run = optimizer.start(parameters);
    private final RandomStream random = new RandomStream(seed);
    private final long allTokens;

    Fit(List<Example> examples, Backend backend) {
      this.examples = examples;
      this.backend = backend;
      this.allTokens = examples.stream().mapToLong(example -> example.ids().length).sum();
    }

    History run() {
      Scores nothing = new ScoreKeeper(model.headActivation(), metrics).scores();
      tell(new TrainingListener.Progress(0, epochs, 0, 0, 0, allTokens, 0, nothing));
      List<Epoch> done = new ArrayList<>();
      for (int number = 1; number <= epochs; number++) {
        Epoch epoch = epoch(number);
        done.add(epoch);
        listeners.forEach(listener -> listener.epochEnded(epoch));
      }
      return new History(done);
    }

    private Epoch epoch(int number) {
      long start = System.nanoTime();
      ScoreKeeper keeper = new ScoreKeeper(model.headActivation(), metrics);
      RandomStream own = random.derive(number);
      List<int[]> batches = new Batcher(batchSize).shuffled(examples, own.derive("shuffle"));
      long tokens = 0;
      for (int i = 0; i < batches.size(); i++) {
        Batch batch = batch(examples, batches.get(i));
        learn(batch, own.derive("batch").derive(i), keeper, number, i + 1, batches.size());
        tokens += batch.sequences().tokens();
        double seconds = secondsSince(start);
        tell(
            new TrainingListener.Progress(
                number,
                epochs,
                i + 1,
                batches.size(),
                tokens,
                allTokens,
                seconds,
                keeper.scores()));
      }
      double seconds = secondsSince(start);
      long validationStart = System.nanoTime();
      Scores validated = validation.isEmpty() ? null : evaluate(validation, backend, workspace);
      return new Epoch(
          number, keeper.scores(), validated, tokens, seconds, secondsSince(validationStart));
    }

    private void tell(TrainingListener.Progress progress) {
      for (TrainingListener listener : listeners) {
        if (progress.batch() == 0) {
          listener.started(progress);
        } else {
          listener.batchEnded(progress);
        }
      }
    }

    private double secondsSince(long start) {
      return (System.nanoTime() - start) / 1e9;
    }

    private void learn(
        Batch batch, RandomStream own, ScoreKeeper keeper, int epoch, int number, int batches) {
      String where = " in epoch " + epoch + ", batch " + number + " of " + batches;
      parameters.forEach(Parameter::clearGradient);
      Tape tape = new Tape();
      Pass pass = Pass.training(backend, workspace, tape, own);
      Variable logits = model.logits(pass, batch.sequences());
      Variable value = loss.apply(pass, logits, batch.labels());
      double mean = value.value().get(0);
      if (!Double.isFinite(mean)) {
        throw notFinite("The loss is " + mean + where, false);
      }
      keeper.add(backend, logits.value(), batch.labels(), mean);
      tape.backward(value);
      double norm = GradientClipping.globalNorm(backend, parameters);
      if (!Double.isFinite(norm)) {
        throw notFinite("The norm of the gradients is " + norm + where, true);
      }
      clipping.apply(backend, parameters, norm);
      run.step(backend);
      workspace.reset();
    }

    /** An error that names the first parameter whose value or gradient is not finite. */
    private TrainingException notFinite(String what, boolean gradients) {
      for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
        Parameter parameter = entry.getValue();
        boolean tested = !gradients || parameter.isDifferentiable();
        if (tested && !isFinite(gradients ? parameter.gradient() : parameter.value())) {
          return new TrainingException(
              what
                  + ": the first "
                  + (gradients ? "gradient" : "weights")
                  + " not finite are those of "
                  + entry.getKey()
                  + ". A smaller learning rate or gradient clipping usually helps");
        }
      }
      return new TrainingException(
          what
              + ": the weights of all layers are finite, so the head's sums have overflowed. "
              + "A smaller learning rate or gradient clipping usually helps");
    }

    private boolean isFinite(Tensor tensor) {
      for (int i = 0; i < tensor.size(); i++) {
        if (!Double.isFinite(tensor.get(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
