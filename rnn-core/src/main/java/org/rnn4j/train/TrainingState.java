package org.rnn4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.metric.Metric;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * Where a training stands between two steps: the epochs done, the batches of the one that is under
 * way, and what is watched.
 */
final class TrainingState {
  private static final int POSITION = 3;
  private static final int SUMS = 3;
  private static final int WATCH = 3;

  private final TrainingSettings settings;
  private final List<Epoch> epochs = new ArrayList<>();
  private final @Nullable Watch stopping;
  private final @Nullable Watch plateau;
  private final @Nullable BestWeights best;
  private double rate = 1;
  private int batch;
  private double seconds;

  /** What the running epoch of a checkpoint had given so far: loss and weights, tokens. */
  private double[] sums = new double[SUMS];

  private Tensor running;

  TrainingState(TrainingSettings settings) {
    this.settings = settings;
    EarlyStopping early = settings.stopping();
    ReduceOnPlateau reduce = settings.plateau();
    stopping = early == null ? null : new Watch(early.monitor(), early.minDelta());
    best =
        early != null && early.restoresBest()
            ? new BestWeights(settings.model().parameters())
            : null;
    plateau = reduce == null ? null : new Watch(reduce.monitor(), reduce.minDelta());
    running = noExamples();
  }

  private Tensor noExamples() {
    return Tensor.zeros(settings.model().type(), 0, settings.model().outputs());
  }

  /** The number of the epoch that is under way or comes next. */
  int epoch() {
    return epochs.size() + 1;
  }

  /** How many batches of the epoch were learned. */
  int batch() {
    return batch;
  }

  /** Wall time of the epoch before the training was last started. */
  double seconds() {
    return seconds;
  }

  /** What the learning rate is multiplied by for its plateaus. */
  double rate() {
    return rate;
  }

  /** How the training ended with the epochs done; null while it has not. */
  History.@Nullable Ending ending() {
    EarlyStopping early = settings.stopping();
    if (epochs.size() == settings.epochs()) {
      return History.Ending.COMPLETED;
    }
    boolean isHopeless = stopping != null && early != null && stopping.waited() >= early.patience();
    return isHopeless ? History.Ending.STOPPED_EARLY : null;
  }

  /** Notes that batches were learned. */
  void learned(int batches, double secondsOfEpoch, ScoreKeeper keeper) {
    batch = batches;
    seconds = secondsOfEpoch;
    sums = keeper.sums();
  }

  /**
   * Notes that an epoch ended, with the weights in place that it gave.
   *
   * @return whether it was the best by what early stopping watches
   */
  boolean ended(Epoch epoch) {
    epochs.add(epoch);
    batch = 0;
    seconds = 0;
    sums = new double[SUMS];
    running = noExamples();
    watchRate(epoch);
    boolean improved = stopping != null && stopping.improves(epoch);
    if (improved && best != null) {
      best.keep();
    }
    return improved;
  }

  private void watchRate(Epoch epoch) {
    ReduceOnPlateau reduce = settings.plateau();
    if (plateau != null && reduce != null && !plateau.improves(epoch)) {
      if (plateau.waited() >= reduce.patience()) {
        rate = Math.max(rate * reduce.factor(), reduce.least());
        plateau.waitAnew();
      }
    }
  }

  /** Puts the best weights in place, where they were kept. */
  void restoreBest() {
    if (best != null) {
      best.restore();
    }
  }

  /** The epochs so far. */
  History history(History.Ending how) {
    return new History(epochs, stopping == null ? 0 : stopping.bestEpoch(), how);
  }

  /** Makes up the scores of the epoch under way from a checkpoint. */
  void restore(ScoreKeeper keeper, List<int[]> labels) {
    if (batch > 0) {
      keeper.restore(running, labels, sums);
    }
  }

  /**
   * What a checkpoint holds of it, by name.
   *
   * @param keeper of the epoch under way
   */
  Map<String, Tensor> save(long steps, @Nullable ScoreKeeper keeper) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("training/position", row(batch, steps, seconds));
    state.put("training/sums", row(sums));
    state.put("training/epochs", epochTable());
    state.put("training/rate", row(rate));
    state.put(
        "training/running", keeper == null ? noExamples() : keeper.probabilities(noExamples()));
    if (stopping != null) {
      state.put("training/early_stopping", row(stopping.state()));
    }
    if (plateau != null) {
      state.put("training/plateau", row(plateau.state()));
    }
    if (best != null) {
      best.copies().forEach((name, copy) -> state.put("best/" + name, copy));
    }
    return state;
  }

  private static Tensor row(double... values) {
    return Tensor.of(DType.FLOAT64, Shape.of(values.length), values);
  }

  /**
   * Goes on from a checkpoint, all of which has been read when this returns.
   *
   * @return the steps taken
   */
  long restore(CheckpointTensors saved) {
    double[] position = saved.take("training/position", POSITION);
    sums = saved.take("training/sums", SUMS);
    List<Epoch> before = epochs(saved.takeRows("training/epochs", DType.FLOAT64, epochColumns()));
    double savedRate = saved.take("training/rate", 1)[0];
    running =
        saved.takeRows("training/running", settings.model().type(), settings.model().outputs());
    restore(saved, "training/early_stopping", stopping);
    restore(saved, "training/plateau", plateau);
    if (best != null) {
      best.copies().forEach((name, copy) -> saved.takeInto("best/" + name, copy));
    }
    epochs.addAll(before);
    rate = savedRate;
    batch = (int) position[0];
    seconds = position[2];
    return (long) position[1];
  }

  private static void restore(CheckpointTensors saved, String name, @Nullable Watch watch) {
    if (watch != null) {
      double[] state = saved.take(name, WATCH);
      watch.restore(state[0], state[1], state[2]);
    }
  }

  // A row of the table of epochs: tokens, seconds, seconds of the validation, then of training and
  // validation each the examples, 0 for none, the loss and the metrics.

  private int epochColumns() {
    return 3 + 2 * (2 + settings.metrics().size());
  }

  private Tensor epochTable() {
    int columns = epochColumns();
    Tensor table = Tensor.zeros(DType.FLOAT64, epochs.size(), columns);
    for (int i = 0; i < epochs.size(); i++) {
      Epoch epoch = epochs.get(i);
      table.set(i, 0, epoch.tokens());
      table.set(i, 1, epoch.seconds());
      table.set(i, 2, epoch.validationSeconds());
      set(table, i, 3, epoch.training());
      if (epoch.validation() != null) {
        set(table, i, 3 + (columns - 3) / 2, epoch.validation());
      }
    }
    return table;
  }

  private static void set(Tensor table, int row, int column, Scores scores) {
    table.set(row, column, scores.examples());
    table.set(row, column + 1, scores.loss());
    int next = column + 2;
    for (double value : scores.metrics().values()) {
      table.set(row, next++, value);
    }
  }

  private List<Epoch> epochs(Tensor table) {
    List<Epoch> all = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      Scores validation = scores(table, i, 3 + (table.columns() - 3) / 2);
      all.add(
          new Epoch(
              i + 1,
              scores(table, i, 3),
              validation.examples() == 0 ? null : validation,
              (long) table.get(i, 0),
              table.get(i, 1),
              table.get(i, 2)));
    }
    return all;
  }

  private Scores scores(Tensor table, int row, int column) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    int next = column + 2;
    for (Metric metric : settings.metrics()) {
      metrics.put(metric.name(), table.get(row, next++));
    }
    return new Scores((int) table.get(row, column), table.get(row, column + 1), metrics);
  }
}
