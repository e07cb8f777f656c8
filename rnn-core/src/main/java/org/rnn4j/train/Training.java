package org.rnn4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Batch;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.train.TrainingListener.Progress;

/** One training: the loop over epochs and batches. */
final class Training {
  private static final String ADVICE =
      "; a smaller learning rate or clipping of the gradients usually helps";

  private final Trainer.Settings settings;
  private final Sequential model;
  private final Collection<Parameter> parameters;
  private final Backend backend;
  private final Workspace workspace;
  private final Batcher batcher;

  Training(Trainer.Settings settings, Backend backend) {
    this.settings = settings;
    this.model = settings.model();
    this.parameters = model.parameters().values();
    this.backend = backend;
    this.workspace = new Workspace(model.type());
    this.batcher = new Batcher(settings.batchSize());
  }

  /** Scores examples without learning from them. */
  Scores evaluate(List<Example> examples) {
    ScoreKeeper keeper = keeper();
    for (int[] indices : batcher.sorted(examples)) {
      Batch batch = batch(examples, indices);
      Pass pass = Pass.inference(backend, workspace);
      Variable logits = model.logits(pass, batch.sequences());
      double mean = settings.loss().apply(pass, logits, batch.labels()).value().get(0);
      keeper.add(backend, logits.value(), batch.labels(), mean);
      workspace.reset();
    }
    return keeper.scores();
  }

  /** Learns from examples for all epochs. */
  History run(List<Example> examples, List<Example> validation) {
    RandomStream random = new RandomStream(settings.seed());
    Epochs run = new Epochs(examples);
    for (TrainingListener listener : settings.listeners()) {
      listener.started(run.progress(0, 0, 0, 0, 0, keeper()));
    }
    try {
      List<Epoch> epochs = new ArrayList<>();
      for (int number = 1; number <= settings.epochs(); number++) {
        Epoch epoch = run.epoch(number, validation, random.derive(number));
        epochs.add(epoch);
        settings.listeners().forEach(listener -> listener.epochEnded(epoch));
        if (number < settings.epochs()) {
          run.goOnFromWeights();
        }
      }
      return new History(epochs);
    } finally {
      run.step.updates.finish();
    }
  }

  private ScoreKeeper keeper() {
    return new ScoreKeeper(model.headActivation(), settings.metrics());
  }

  private static Batch batch(List<Example> examples, int[] indices) {
    return Batch.of(Arrays.stream(indices).mapToObj(examples::get).toList());
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The epochs over one set of examples. */
  private final class Epochs {
    private final List<Example> examples;
    private final Step step;
    private final long allTokens;

    Epochs(List<Example> examples) {
      this.examples = examples;
      this.step = new Step((long) batcher.batches(examples.size()) * settings.epochs());
      this.allTokens = examples.stream().mapToLong(example -> example.ids().length).sum();
    }

    Epoch epoch(int number, List<Example> validation, RandomStream random) {
      long start = System.nanoTime();
      ScoreKeeper keeper = keeper();
      List<int[]> batches = batcher.shuffled(examples, random.derive("shuffle"));
      RandomStream masks = random.derive("batch");
      for (int i = 0; i < batches.size(); i++) {
        Batch batch = batch(examples, batches.get(i));
        String where = " in epoch " + number + ", batch " + (i + 1) + " of " + batches.size();
        step.learn(batch, masks.derive(i), keeper, where);
        double seconds = secondsSince(start);
        Progress progress =
            progress(number, i + 1, batches.size(), keeper.tokens(), seconds, keeper);
        settings.listeners().forEach(listener -> listener.batchEnded(progress));
      }
      double seconds = secondsSince(start);
      step.averages.swap();
      requireFiniteWeights(number);
      long validationStart = System.nanoTime();
      @Nullable Scores validated = validation.isEmpty() ? null : evaluate(validation);
      double validationSeconds = secondsSince(validationStart);
      return new Epoch(
          number, keeper.scores(), validated, keeper.tokens(), seconds, validationSeconds);
    }

    /** The last step of an epoch has no loss after it that would show an overflow. */
    private void requireFiniteWeights(int epoch) {
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (!Double.isFinite(backend.sumOfSquares(parameter.value()))) {
                  throw new TrainingException(
                      "The weights of " + name + " are not finite after epoch " + epoch + ADVICE);
                }
              });
    }

    /** After an epoch, which ends with the averages in place: puts the weights back. */
    void goOnFromWeights() {
      step.averages.swap();
    }

    Progress progress(
        int epoch, int batch, int batches, long tokens, double seconds, ScoreKeeper keeper) {
      return new Progress(
          epoch, settings.epochs(), batch, batches, tokens, allTokens, seconds, keeper.scores());
    }
  }

  /** Forward, backward and update of one batch. */
  private final class Step {
    private final Optimizer.Run updates = settings.optimizer().start(model.parameters());
    private final WeightAveraging.Run averages = settings.averaging().start(model.parameters());
    private final long allSteps;
    private long steps;

    Step(long allSteps) {
      this.allSteps = allSteps;
    }

    void learn(Batch batch, RandomStream random, ScoreKeeper keeper, String where) {
      parameters.forEach(Parameter::clearGradient);
      Tape tape = new Tape();
      Pass pass = Pass.training(backend, workspace, tape, random);
      Variable logits = model.logits(pass, batch.sequences());
      Variable loss = settings.loss().apply(pass, logits, batch.labels());
      double mean = loss.value().get(0);
      if (!Double.isFinite(mean)) {
        throw lossNotFinite("The loss is " + mean + where, batch, random);
      }
      keeper.add(backend, logits.value(), batch.labels(), mean);
      keeper.addTokens(batch.sequences().tokens());
      tape.backward(pass.objective(loss));
      double norm = GradientClipping.globalNorm(backend, parameters);
      if (!Double.isFinite(norm)) {
        throw gradientNotFinite("The norm of the gradients is " + norm + where);
      }
      settings.clipping().apply(backend, parameters, norm);
      updates.step(backend, factor());
      averages.update(backend);
      workspace.reset();
    }

    private double factor() {
      double factor = settings.schedule().factor(steps, allSteps);
      if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Expected a factor of 0 or more from the schedule, got "
                + factor
                + " at step "
                + steps
                + " of "
                + allSteps);
      }
      steps++;
      return factor;
    }

    /** Runs the batch again to name the first layer whose output is not finite. */
    private TrainingException lossNotFinite(String what, Batch batch, RandomStream random) {
      List<String> culprits = new ArrayList<>();
      Pass again = Pass.training(backend, new Workspace(model.type()), new Tape(), random);
      model.logits(
          again,
          batch.sequences(),
          (name, output) -> {
            if (!isFinite(output)) {
              culprits.add(name);
            }
          });
      String layer =
          culprits.isEmpty()
              ? ": every layer's output is finite, so the loss itself overflowed"
              : ": the first layer whose output is not finite is " + culprits.get(0);
      return new TrainingException(what + layer + ADVICE);
    }

    /** Names the parameter nearest the loss whose gradient is not finite. */
    private TrainingException gradientNotFinite(String what) {
      String culprit = "none alone, but all together";
      for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
        Parameter parameter = entry.getValue();
        if (parameter.isDifferentiable() && !isFinite(parameter.gradient())) {
          culprit = entry.getKey();
        }
      }
      return new TrainingException(
          what
              + ": the gradient nearest the loss that is not finite is that of "
              + culprit
              + ADVICE);
    }

    private static boolean isFinite(Tensor tensor) {
      for (int i = 0; i < tensor.size(); i++) {
        if (!Double.isFinite(tensor.get(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
