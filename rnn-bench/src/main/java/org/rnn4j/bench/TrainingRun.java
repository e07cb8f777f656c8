package org.rnn4j.bench;

import java.util.Collection;
import java.util.List;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.Loss;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.sequence.Batch;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;

/**
 * One long training, step by step with the calls that {@link org.rnn4j.train.Trainer} makes, but
 * for the metrics. Rows of the embedding that a step does not use are put off and made up for when
 * they are next read, as there.
 *
 * <p>The learning rate is next to nothing and the limit of the norm too small for any gradient:
 * however long it runs, every step clips, and none finds its texts learned.
 */
final class TrainingRun implements AutoCloseable {
  private static final int BATCHES = 256;
  private static final double LEARNING_RATE = 1e-7;
  private static final double NORM = 1e-3;

  private final Loss loss = BinaryCrossEntropy.binaryCrossEntropy();
  private final GradientClipping clipping = GradientClipping.byGlobalNorm(NORM);
  private final RandomStream random = new RandomStream(1);
  private final Workers workers;
  private final Backend backend;
  private final Sequential model;
  private final Collection<Parameter> parameters;
  private final Workspace workspace;
  private final Optimizer.Run updates;
  private final List<List<Example>> batches;
  private int steps;

  /** Starts a training with the kernels of this JVM. */
  TrainingRun(Network network, int threads) {
    workers = new Workers(threads);
    backend = new FastBackend(KernelSelection.kernels(), workers);
    model = network.build();
    parameters = model.parameters().values();
    workspace = new Workspace(model.type());
    updates = Adam.withDefaults().learningRate(LEARNING_RATE).start(model.parameters());
    batches = network.batches(BATCHES);
  }

  /** Packs a batch and learns from it; gives the loss. */
  double step() {
    Batch batch = Batch.of(batches.get(steps % BATCHES));
    parameters.forEach(Parameter::clearGradient);
    Tape tape = new Tape();
    Pass pass = Pass.training(backend, workspace, tape, random.derive(steps));
    Variable logits = model.logits(pass, batch.sequences());
    Variable mean = loss.apply(pass, logits, batch.labels());
    tape.backward(mean);
    double norm = GradientClipping.globalNorm(backend, parameters);
    if (!(norm > NORM)) {
      throw new IllegalStateException("Expected gradients that are clipped, got a norm of " + norm);
    }
    clipping.apply(backend, parameters, norm);
    updates.step(backend);
    workspace.reset();
    steps++;
    return mean.value().get(0);
  }

  /** Ends the training and its threads. */
  @Override
  public void close() {
    updates.finish();
    workers.close();
  }
}
