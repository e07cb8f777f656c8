package org.rnn4j.train;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.loss.Loss;
import org.rnn4j.metric.Metric;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.MaxNorm;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;

/** Everything that a training is told, as it stands when it begins. */
record TrainingSettings(
    Sequential model,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    @Nullable ReduceOnPlateau plateau,
    WeightAveraging averaging,
    GradientClipping clipping,
    L2 l2,
    MaxNorm maxNorm,
    ClassWeights classWeights,
    @Nullable EarlyStopping stopping,
    @Nullable Checkpoints checkpoints,
    BooleanSupplier stop,
    List<Metric> metrics,
    int batchSize,
    int accumulation,
    int epochs,
    long seed,
    List<TrainingListener> listeners) {

  /** The batches of an epoch that one step learns from; the last step may have fewer. */
  int stepsAnEpoch(int examples) {
    int batches = new Batcher(batchSize).batches(examples);
    return (int) (((long) batches + accumulation - 1) / accumulation);
  }

  /** Fails on what cannot be trained, before any work is done. */
  void check(TrainingData data) {
    boolean hasValidation = !data.validation().isEmpty();
    if (stopping != null) {
      stopping.monitor().check("early stopping", metrics, hasValidation);
    }
    if (plateau != null) {
      plateau.monitor().check("ReduceOnPlateau", metrics, hasValidation);
    }
    check("training", data.examples());
    if (hasValidation) {
      check("validation", data.validation());
    }
    classWeights.check(model.classes());
    l2.check(model.parameters());
    maxNorm.check(model.parameters());
  }

  /** Fails where a metric will not be defined for examples. */
  void check(String what, List<Example> examples) {
    int[] counts = new int[model.classes()];
    examples.forEach(example -> counts[example.label()]++);
    metrics.forEach(metric -> metric.check(what, counts));
  }

  /** What the schedule says at a step. */
  double factor(long step, long steps) {
    double factor = schedule.factor(step, steps);
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Expected a factor of 0 or more from the schedule, got "
              + factor
              + " at step "
              + step
              + " of "
              + steps);
    }
    return factor;
  }
}
