package org.rnn4j.train;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workers;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.Loss;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.metric.Metric;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
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
 * <p>Defaults: binary cross-entropy for heads of one or two neurons, else softmax cross-entropy;
 * {@link Adam#withDefaults} at a constant rate; accuracy; batches of 32; 5 epochs; no clipping, no
 * averaging; the model's seed; as many threads as processors.
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

  /** How the learning rate goes down while the training runs; it stays unless told. */
  public Trainer schedule(Schedule schedule) {
    this.schedule = schedule;
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
   * @throws IllegalArgumentException if there is no example, a label is not a class of the head, a
   *     token id is outside the vocabulary, or the head does not fit the loss; before any work is
   *     done
   * @throws TrainingException if a loss or gradient is not finite
   */
  public History fit(List<Example> examples) {
    check("training", examples);
    if (!validation.isEmpty()) {
      check("validation", validation);
    }
    try (Workers workers = new Workers(model.type() == DType.FLOAT32 ? threads : 1)) {
      return new Training(settings(), backend(workers)).run(List.copyOf(examples), validation);
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
      return new Training(settings(), backend(workers)).evaluate(examples);
    }
  }

  private Settings settings() {
    return new Settings(
        model,
        loss,
        optimizer,
        schedule,
        averaging,
        clipping,
        metrics,
        batchSize,
        epochs,
        seed,
        List.copyOf(listeners));
  }

  /** Everything that a training is told, as it stands when it begins. */
  record Settings(
      Sequential model,
      Loss loss,
      Optimizer optimizer,
      Schedule schedule,
      WeightAveraging averaging,
      GradientClipping clipping,
      List<Metric> metrics,
      int batchSize,
      int epochs,
      long seed,
      List<TrainingListener> listeners) {}

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
      model.requireIds(examples.get(i).ids(), what + " example " + i);
    }
  }
}
