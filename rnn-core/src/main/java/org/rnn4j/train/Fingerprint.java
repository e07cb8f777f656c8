package org.rnn4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
import org.rnn4j.metric.Metric;

/**
 * All that the weights of a training depend on, by name, so that a checkpoint of another training
 * is known for one. A schedule is told by its values, what is not of this library by what it says
 * of itself.
 *
 * <p>A training of more epochs may go on from a checkpoint where it is the same otherwise and has
 * taken the same steps so far: where the schedule said the same for each of them.
 */
final class Fingerprint {
  private static final String EPOCHS = "epochs";
  private static final String SCHEDULE = "schedule";

  /** A fraction as Java writes it, of some numbers with more digits before JDK 19. */
  private static final Pattern FRACTION = Pattern.compile("[0-9]+\\.[0-9]+(E-?[0-9]+)?");

  private final TrainingSettings settings;
  private final long stepsAnEpoch;
  private final Map<String, String> all = new LinkedHashMap<>();

  Fingerprint(TrainingSettings settings, TrainingData data) {
    this.settings = settings;
    this.stepsAnEpoch = settings.stepsAnEpoch(data.examples().size());
    all.put("network", Json.write(settings.model().configuration()));
    all.put("trainable parameters", trainable());
    all.put("training examples", data.fingerprint());
    all.put("validation examples", data.validationFingerprint());
    all.put("loss", described(settings.loss()));
    all.put("class weights", described(settings.classWeights()));
    all.put("optimizer", described(settings.optimizer()));
    all.put(SCHEDULE, scheduleValues(settings.epochs()));
    all.put("rate on a plateau", described(settings.plateau()));
    all.put("averaging", described(settings.averaging()));
    all.put("clipping", described(settings.clipping()));
    all.put("l2", described(settings.l2()));
    all.put("max norm", described(settings.maxNorm()));
    all.put("early stopping", described(settings.stopping()));
    all.put("metrics", settings.metrics().stream().map(Metric::name).toList().toString());
    all.put("batch size", Integer.toString(settings.batchSize()));
    all.put("batches a step", Integer.toString(settings.accumulation()));
    all.put(EPOCHS, Integer.toString(settings.epochs()));
    all.put("seed", Long.toString(settings.seed()));
  }

  /** As a checkpoint holds it. */
  String toJson() {
    return Json.write(all);
  }

  /**
   * What another training, of as many epochs or fewer, has otherwise; empty where nothing.
   *
   * @param other a checkpoint's
   */
  String differences(Map<String, Object> other) {
    int epochs = epochs(other);
    boolean isLonger = epochs > 0 && settings.epochs() > epochs;
    StringBuilder differences = new StringBuilder();
    all.forEach(
        (name, value) -> {
          String own = isLonger && name.equals(SCHEDULE) ? scheduleValues(epochs) : value;
          if (!(isLonger && name.equals(EPOCHS))) {
            for (String difference : Differences.between(name, own, other.get(name))) {
              differences.append("; ").append(difference);
            }
          }
        });
    return differences.toString();
  }

  /**
   * What a shorter training, the same otherwise, has done differently in its first steps; empty
   * where nothing.
   *
   * @param other a checkpoint's
   * @param steps how many it has taken
   */
  String differencesOfSteps(Map<String, Object> other, long steps) {
    int epochs = epochs(other);
    long here = stepsAnEpoch * settings.epochs();
    long there = stepsAnEpoch * epochs;
    for (long step = 0; step < steps && here != there; step++) {
      double own = settings.factor(step, here);
      double before = settings.factor(step, there);
      if (own != before) {
        return "; epochs: here %d, there %d, and the schedule depends on how many there are: step %d took %s of the learning rate, and takes %s of it in the longer training"
            .formatted(settings.epochs(), epochs, step + 1, before, own);
      }
    }
    return "";
  }

  /** The epochs of another training, or 0 where it does not tell. */
  private static int epochs(Map<String, Object> other) {
    try {
      return Integer.parseInt(String.valueOf(other.get(EPOCHS)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String trainable() {
    return settings.model().parameters().entrySet().stream()
        .filter(entry -> entry.getValue().isDifferentiable())
        .map(Map.Entry::getKey)
        .toList()
        .toString();
  }

  private String scheduleValues(int epochs) {
    long steps = stepsAnEpoch * epochs;
    StringBuilder values = new StringBuilder();
    for (int part = 0; part <= 8; part++) {
      values.append(settings.factor((steps - 1) * part / 8, steps)).append(' ');
    }
    return shortest(values.toString().strip());
  }

  /** The same with the fewest digits, so that a checkpoint is known on every JDK. */
  private static String shortest(String text) {
    return FRACTION
        .matcher(text)
        .replaceAll(fraction -> Json.write(Double.parseDouble(fraction.group())));
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
        : shortest(text);
  }
}
