package org.rnn4j.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
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

  /**
   * All that the weights depend on, by name, so that a checkpoint of another training is known for
   * one. A schedule is told by its values, what is not of this library by what it says of itself.
   */
  Map<String, String> fingerprint(TrainingData data) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("network", Json.write(model.configuration()));
    all.put("trainable parameters", trainable());
    all.put("training examples", data.fingerprint());
    all.put("validation examples", data.validationFingerprint());
    all.put("loss", described(loss));
    all.put("class weights", described(classWeights));
    all.put("optimizer", described(optimizer));
    all.put("schedule", scheduleValues((long) stepsAnEpoch(data.examples().size()) * epochs));
    all.put("rate on a plateau", described(plateau));
    all.put("averaging", described(averaging));
    all.put("clipping", described(clipping));
    all.put("l2", described(l2));
    all.put("max norm", described(maxNorm));
    all.put("early stopping", described(stopping));
    all.put("metrics", metrics.stream().map(Metric::name).toList().toString());
    all.put("batch size", Integer.toString(batchSize));
    all.put("batches a step", Integer.toString(accumulation));
    all.put("epochs", Integer.toString(epochs));
    all.put("seed", Long.toString(seed));
    return all;
  }

  private String trainable() {
    return model.parameters().entrySet().stream()
        .filter(entry -> entry.getValue().isDifferentiable())
        .map(Map.Entry::getKey)
        .toList()
        .toString();
  }

  private String scheduleValues(long steps) {
    StringBuilder values = new StringBuilder();
    for (int part = 0; part <= 8; part++) {
      values.append(factor((steps - 1) * part / 8, steps)).append(' ');
    }
    return values.toString().strip();
  }

  /** What an object says of itself, without the number that no two runs have in common. */
  private static String described(@Nullable Object object) {
    if (object == null) {
      return "none";
    }
    String identity = object.getClass().getName() + "@" + Integer.toHexString(object.hashCode());
    String text = object.toString();
    // The name of a lambda's class is another in every run.
    return text.equals(identity)
        ? object.getClass().getName().replaceAll("\\$\\$Lambda.*", " lambda")
        : text;
  }
}
