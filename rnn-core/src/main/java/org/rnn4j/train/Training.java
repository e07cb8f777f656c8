package org.rnn4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.train.TrainingListener.Progress;

/** One training: the loop over epochs and steps. */
final class Training {
  private final TrainingSettings settings;
  private final TrainingData data;
  private final Sequential model;
  private final Evaluation evaluation;
  private final NotFinite notFinite;
  private final Batcher batcher;
  private final RandomStream random;
  private final TrainingState state;
  private final TrainingStep step;
  private final @Nullable CheckpointKeeper checkpoints;
  private final long allTokens;

  Training(TrainingSettings settings, TrainingData data, Backend backend) {
    this.settings = settings;
    this.data = data;
    this.model = settings.model();
    Workspace workspace = new Workspace(model.type());
    this.evaluation = new Evaluation(settings, backend, workspace);
    this.notFinite = new NotFinite(model, backend);
    this.batcher = new Batcher(settings.batchSize());
    this.random = new RandomStream(settings.seed());
    this.state = new TrainingState(settings);
    long steps = (long) settings.stepsAnEpoch(data.examples().size()) * settings.epochs();
    this.step = new TrainingStep(settings, backend, workspace, steps);
    this.checkpoints =
        settings.checkpoints() == null
            ? null
            : new CheckpointKeeper(
                settings.checkpoints(), model.parameters(), new Fingerprint(settings, data));
    this.allTokens = data.examples().stream().mapToLong(example -> example.ids().length).sum();
  }

  /** Learns for all epochs, or for those that are left after a checkpoint. */
  History run() {
    try {
      return checkpoints == null ? learn() : checkpoints.alone(this::learn);
    } finally {
      step.finish();
    }
  }

  private History learn() {
    if (checkpoints != null) {
      checkpoints.restore(state, step);
    }
    begin();
    History.Ending ending = state.ending();
    while (ending == null) {
      ending = epoch();
    }
    step.swapAverages();
    if (ending != History.Ending.INTERRUPTED) {
      state.restoreBest();
    }
    History history = state.history(ending);
    settings.listeners().forEach(listener -> listener.ended(history));
    return history;
  }

  private void begin() {
    boolean isUnderWay = state.batch() > 0;
    int epoch = isUnderWay ? state.epoch() : state.epoch() - 1;
    Progress progress =
        new Progress(
            epoch, settings.epochs(), state.batch(), 0, 0, allTokens, 0, keeper().running());
    settings.listeners().forEach(listener -> listener.started(progress));
  }

  private ScoreKeeper keeper() {
    return new ScoreKeeper(model.headActivation(), settings.metrics(), checkpoints != null);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Runs an epoch, or what is left of it; how the training ended with it, null if it goes on. */
  private History.@Nullable Ending epoch() {
    int number = state.epoch();
    long start = System.nanoTime();
    double before = state.seconds();
    RandomStream own = random.derive(number);
    List<int[]> batches = batcher.shuffled(data.examples(), own.derive("shuffle"));
    ScoreKeeper keeper = keeper();
    state.restore(keeper, labels(batches.subList(0, state.batch())));
    while (state.batch() < batches.size()) {
      int from = state.batch();
      int to = (int) Math.min((long) from + settings.accumulation(), batches.size());
      step.learn(parts(batches, from, to, own.derive("batch")), state.rate(), keeper);
      double seconds = before + secondsSince(start);
      state.learned(to, seconds, keeper);
      Progress progress = progress(batches.size(), seconds, keeper);
      settings.listeners().forEach(listener -> listener.batchEnded(progress));
      if (to < batches.size() && isInterrupted(from, keeper)) {
        return History.Ending.INTERRUPTED;
      }
    }
    return ended(number, keeper, before + secondsSince(start));
  }

  private List<TrainingStep.Part> parts(List<int[]> batches, int from, int to, RandomStream masks) {
    List<TrainingStep.Part> parts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int[] indices = batches.get(i);
      parts.add(
          new TrainingStep.Part(
              Evaluation.batch(data.examples(), indices),
              data.weights(indices, settings.classWeights()),
              masks.derive(i),
              " in epoch " + state.epoch() + ", batch " + (i + 1) + " of " + batches.size()));
    }
    return parts;
  }

  private List<int[]> labels(List<int[]> batches) {
    List<Example> examples = data.examples();
    return batches.stream()
        .map(indices -> Arrays.stream(indices).map(i -> examples.get(i).label()).toArray())
        .toList();
  }

  private Progress progress(int batches, double seconds, ScoreKeeper keeper) {
    return new Progress(
        state.epoch(),
        settings.epochs(),
        state.batch(),
        batches,
        keeper.tokens(),
        allTokens,
        seconds,
        keeper.running());
  }

  /** Within an epoch, saves if it is time to, and says whether to stop. */
  private boolean isInterrupted(int before, ScoreKeeper keeper) {
    boolean stops = settings.stop().getAsBoolean();
    if (checkpoints != null && (stops || checkpoints.isDue(before, state.batch()))) {
      checkpoints.save(state, step, keeper);
    }
    return stops;
  }

  /** Ends an epoch: validates, tells and saves, before the next or the end. */
  private History.@Nullable Ending ended(int number, ScoreKeeper keeper, double seconds) {
    step.swapAverages();
    notFinite.requireFiniteWeights(number);
    long start = System.nanoTime();
    @Nullable Scores validated =
        data.validation().isEmpty() ? null : evaluation.scores(data.validation());
    Epoch epoch =
        new Epoch(
            number, keeper.scores(), validated, keeper.tokens(), seconds, secondsSince(start));
    boolean improved = state.ended(epoch);
    settings.listeners().forEach(listener -> listener.epochEnded(epoch));
    if (improved) {
      settings.listeners().forEach(listener -> listener.improved(epoch));
    }
    step.swapAverages();
    if (checkpoints != null) {
      checkpoints.save(state, step, null);
    }
    History.@Nullable Ending ending = state.ending();
    return ending == null && settings.stop().getAsBoolean() ? History.Ending.INTERRUPTED : ending;
  }
}
