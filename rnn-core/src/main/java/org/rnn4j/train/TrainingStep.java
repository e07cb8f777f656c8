package org.rnn4j.train;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
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
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * One step: forward and backward of a batch, or of several whose gradients add up, and the update.
 * Holds what is carried from step to step.
 */
final class TrainingStep {
  private final TrainingSettings settings;
  private final Sequential model;
  private final Collection<Parameter> parameters;
  private final Backend backend;
  private final Workspace workspace;
  private final NotFinite notFinite;
  private final Optimizer.Run updates;
  private final WeightAveraging.Run averages;
  private final long allSteps;
  private long steps;

  /**
   * A step.
   *
   * @param allSteps how many will be taken
   */
  TrainingStep(TrainingSettings settings, Backend backend, Workspace workspace, long allSteps) {
    this.settings = settings;
    this.model = settings.model();
    this.parameters = model.parameters().values();
    this.backend = backend;
    this.workspace = workspace;
    this.notFinite = new NotFinite(model, backend);
    this.updates = settings.optimizer().start(model.parameters());
    this.averages = settings.averaging().start(model.parameters());
    this.allSteps = allSteps;
  }

  /**
   * Part of a step.
   *
   * @param weights how much each text of the batch counts
   * @param masks what dropout draws from
   * @param where it stands, for messages
   */
  record Part(Batch batch, double[] weights, RandomStream masks, String where) {}

  /**
   * Learns from one or more batches as from one large one: the loss is the mean over all their
   * texts, each counting as its weight says; layers' penalties are the mean over all texts.
   *
   * @param rate what the learning rate is multiplied by, beside the schedule
   */
  void learn(List<Part> parts, double rate, ScoreKeeper keeper) {
    double factor = rate * settings.factor(steps, allSteps);
    parameters.forEach(Parameter::clearGradient);
    double total = parts.stream().mapToDouble(part -> DoubleStream.of(part.weights()).sum()).sum();
    int texts = parts.stream().mapToInt(part -> part.batch().size()).sum();
    double loss = 0;
    for (Part part : parts) {
      loss += backward(part, total, texts, keeper);
    }
    keeper.addLoss(loss, total);
    settings.l2().apply(backend, model.parameters());
    double norm = GradientClipping.globalNorm(backend, parameters);
    if (!Double.isFinite(norm)) {
      String where = parts.get(parts.size() - 1).where();
      throw notFinite.gradient("The norm of the gradients is " + norm + where);
    }
    settings.clipping().apply(backend, parameters, norm);
    updates.step(backend, factor);
    settings.maxNorm().apply(model.parameters());
    averages.update(backend);
    steps++;
  }

  /** Adds the gradients of a batch; its share of the loss. */
  private double backward(Part part, double total, int texts, ScoreKeeper keeper) {
    Batch batch = part.batch();
    Tape tape = new Tape();
    Pass pass = Pass.training(backend, workspace, tape, part.masks());
    Variable logits = model.logits(pass, batch.sequences());
    double[] shares = DoubleStream.of(part.weights()).map(weight -> weight / total).toArray();
    Variable loss = settings.loss().apply(pass, logits, batch.labels(), shares);
    double value = loss.value().get(0);
    if (!Double.isFinite(value)) {
      throw notFinite.loss("The loss is " + value + part.where(), batch, part.masks());
    }
    keeper.add(backend, logits.value(), batch.labels());
    keeper.addTokens(batch.sequences().tokens());
    tape.backward(pass.objective(loss, (double) batch.size() / texts));
    workspace.reset();
    return value;
  }

  /** Puts the averages in the place of the weights, and back. */
  void swapAverages() {
    averages.swap();
  }

  /** How many steps were taken. */
  long steps() {
    return steps;
  }

  /** Goes on from a number of steps. */
  void restoreSteps(long taken) {
    steps = taken;
  }

  /** What is carried from step to step beside the weights, by name; may be written to go on. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    updates.state().forEach((name, tensor) -> state.put("optimizer/" + name, tensor));
    averages.state().forEach((name, tensor) -> state.put("averaging/" + name, tensor));
    return state;
  }

  /** Ends the updates: nothing is put off any more. */
  void finish() {
    updates.finish();
  }
}
