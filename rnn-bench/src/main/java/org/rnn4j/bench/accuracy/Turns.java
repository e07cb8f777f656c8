package org.rnn4j.bench.accuracy;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rnn4j.bench.accuracy.KerasTwin.Seconds;
import org.rnn4j.bench.accuracy.Outcome.Turn;
import org.rnn4j.bench.compare.PeerException;
import org.rnn4j.layer.Sequential;
import org.rnn4j.metric.Predictions;
import org.rnn4j.sequence.Example;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.TrainingListener;

/**
 * Lets Keras learn for an epoch after each of ours, while ours waits: a machine that has other work
 * for a while has it for both.
 */
final class Turns implements TrainingListener {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final double TELL_SECONDS = 10;

  private final KerasTwin keras;
  private final Sequential model;
  private final List<Example> validation;
  private final Consumer<String> progress;
  private final List<Turn> all = new ArrayList<>();
  private @Nullable Predictions latest;
  private @Nullable PeerException failure;
  private double processorBefore;
  private double processorSeconds;
  private double told;

  Turns(KerasTwin keras, Sequential model, List<Example> validation, Consumer<String> progress) {
    this.keras = keras;
    this.model = model;
    this.validation = validation;
    this.progress = progress;
  }

  @Override
  public void started(Progress training) {
    beginEpoch();
  }

  private void beginEpoch() {
    told = 0;
    processorBefore = processorSeconds();
  }

  private static double processorSeconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  @Override
  public void batchEnded(Progress training) {
    processorSeconds = processorSeconds() - processorBefore;
    if (training.seconds() - told > TELL_SECONDS) {
      told = training.seconds();
      progress.accept("rnn4j: batch %d of %d".formatted(training.batch(), training.batches()));
    }
  }

  @Override
  public void epochEnded(Epoch epoch) {
    double accuracy = Objects.requireNonNull(epoch.validation()).metric("accuracy");
    Seconds ours = new Seconds(epoch.seconds(), processorSeconds);
    tell("rnn4j", epoch.number(), ours, accuracy);
    try {
      Seconds theirs = keras.epoch();
      latest = Judgement.predictions(model.headActivation(), keras.predict(validation), validation);
      tell("Keras", epoch.number(), theirs, latest.accuracy());
      all.add(new Turn(epoch.number(), ours, theirs, accuracy, latest.accuracy()));
    } catch (PeerException e) {
      failure = e;
    }
    beginEpoch();
  }

  private void tell(String who, int epoch, Seconds seconds, double accuracy) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: epoch %d in %.1f s (%.1f s of processors), accuracy %.2f %%",
            who,
            epoch,
            seconds.wall(),
            seconds.processor(),
            100 * accuracy));
  }

  /** Whether Keras could not go on. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Fails where Keras has. */
  void requireNoFailure() throws PeerException {
    if (failure != null) {
      throw failure;
    }
  }

  /** The epochs. */
  List<Turn> all() {
    return List.copyOf(all);
  }

  /** What Keras predicts after the last epoch. */
  Predictions keras() {
    return Objects.requireNonNull(latest, "an epoch");
  }
}
