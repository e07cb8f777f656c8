package org.rnn4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.loss.Loss;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.metric.Metric;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.MaxNorm;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;

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
 * <p>It may be killed at any moment and started again without a loss, see {@link Checkpoints}.
 *
 * <p>Defaults: binary cross-entropy for heads of one or two neurons, else softmax cross-entropy;
 * {@link Adam#withDefaults} at a constant rate; accuracy; batches of 32; 5 epochs; no clipping, no
 * averaging, no regularisation; the model's seed; as many threads as processors.
 */
public final class Trainer {
  private final Sequential model;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Loss loss;
  private Optimizer optimizer = Adam.withDefaults();
  private Schedule schedule = Schedule.constant();
  private WeightAveraging averaging = WeightAveraging.none();
  private GradientClipping clipping = GradientClipping.none();
  private List<Metric> metrics = List.of(Accuracy.accuracy());
  private List<Example> validation = List.of();
  private double[] sampleWeights = new double[0];
  private ClassWeights classWeights = ClassWeights.none();
  private L2 l2 = L2.none();
  private MaxNorm maxNorm = MaxNorm.none();
  private @Nullable ReduceOnPlateau plateau;
  private @Nullable EarlyStopping stopping;
  private @Nullable Checkpoints checkpoints;
  private BooleanSupplier stop = () -> false;
  private int batchSize = 32;
  private int accumulation = 1;
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

  /** How the learning rate goes down while the training runs; it stays unless told. */
  public Trainer schedule(Schedule schedule) {
    this.schedule = schedule;
    return this;
  }

  /** Lowers the learning rate when a validation score gets no better, beside the schedule. */
  public Trainer reduceOnPlateau(ReduceOnPlateau plateau) {
    this.plateau = plateau;
    return this;
  }

  /** Ends the training when a validation score gets no better, with the best weights. */
  public Trainer earlyStopping(EarlyStopping stopping) {
    this.stopping = stopping;
    return this;
  }

  /** Where the training leaves its state, and goes on from if it finds one. */
  public Trainer checkpoints(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    return this;
  }

  /**
   * Is asked after every step whether to stop. If so, the state goes to the checkpoint, if there is
   * a place for one, and {@link #fit} returns with the weights as they are, averaged if wanted.
   */
  public Trainer stopWhen(BooleanSupplier stop) {
    this.stop = stop;
    return this;
  }

  /** What is validated and left: the weights after the last step unless told. */
  public Trainer averaging(WeightAveraging averaging) {
    this.averaging = averaging;
    return this;
  }

  /** What is done to gradients before the step. */
  public Trainer clipping(GradientClipping clipping) {
    this.clipping = clipping;
    return this;
  }

  /** A penalty on large weights; none unless told. */
  public Trainer l2(L2 l2) {
    this.l2 = l2;
    return this;
  }

  /** A limit on large weights; none unless told. */
  public Trainer maxNorm(MaxNorm maxNorm) {
    this.maxNorm = maxNorm;
    return this;
  }

  /** How much the texts of each class count; all the same unless told. */
  public Trainer classWeights(ClassWeights classWeights) {
    this.classWeights = classWeights;
    return this;
  }

  /**
   * How much each training example counts, times the weight of its class: finite numbers above 0,
   * one an example. The loss of a step is the weighted mean, see {@link ClassWeights}.
   */
  public Trainer sampleWeights(double... sampleWeights) {
    this.sampleWeights = sampleWeights.clone();
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

  /** Texts a batch. */
  public Trainer batchSize(int batchSize) {
    this.batchSize = requirePositive("batchSize", batchSize);
    return this;
  }

  /**
   * Batches a step, 1 unless told: their gradients add up to that of one large batch, whose loss is
   * the mean over all its texts, in the memory of a small one. The last step of an epoch may have
   * fewer.
   */
  public Trainer batchesPerStep(int batches) {
    this.accumulation = requirePositive("batchesPerStep", batches);
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
   * @throws IllegalArgumentException if there is no example, a label is not a class of the head, a
   *     token id is outside the vocabulary, the head does not fit the loss, weights are not one an
   *     example or a class, a metric is not defined for the examples, or something is to watch a
   *     validation score that there is not; before any work is done
   * @throws CheckpointException if there is a checkpoint that is damaged or of another training,
   *     before any work is done, or if one cannot be written
   * @throws TrainingException if a loss or gradient is not finite
   */
  public History fit(List<Example> examples) {
    TrainingSettings settings = settings();
    TrainingData data = new TrainingData(examples, sampleWeights, validation);
    loss.check(model.headActivation(), model.outputs());
    data.check(model);
    settings.check(data);
    try (Workers workers = new Workers(model.type() == DType.FLOAT32 ? threads : 1)) {
      return new Training(settings, data, backend(workers)).run();
    }
  }

  /**
   * Scores examples without learning from them.
   *
   * @throws IllegalArgumentException as {@link #fit}
   */
  public Scores evaluate(List<Example> examples) {
    loss.check(model.headActivation(), model.outputs());
    TrainingData.check(model, "evaluation", examples);
    TrainingSettings settings = settings();
    settings.check("evaluation", examples);
    try (Workers workers = new Workers(model.type() == DType.FLOAT32 ? threads : 1)) {
      return new Evaluation(settings, backend(workers), new Workspace(model.type()))
          .scores(examples);
    }
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        model,
        loss,
        optimizer,
        schedule,
        plateau,
        averaging,
        clipping,
        l2,
        maxNorm,
        classWeights,
        stopping,
        checkpoints,
        stop,
        metrics,
        batchSize,
        accumulation,
        epochs,
        seed,
        List.copyOf(listeners));
  }

  private Backend backend(Workers workers) {
    return model.type() == DType.FLOAT32
        ? new FastBackend(KernelSelection.kernels(), workers)
        : ReferenceBackend.INSTANCE;
  }
}
