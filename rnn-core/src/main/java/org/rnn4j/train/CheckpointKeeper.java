package org.rnn4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.io.CheckpointFile;
import org.rnn4j.io.ModelFileException;
import org.rnn4j.io.WriterLock;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.Tensor;

/** Saves a training to its checkpoint, and has it go on from there. */
final class CheckpointKeeper {
  private static final String FINGERPRINT = "rnn4j.training";

  private final Checkpoints checkpoints;
  private final Map<String, Parameter> parameters;
  private final Fingerprint fingerprint;

  CheckpointKeeper(
      Checkpoints checkpoints, Map<String, Parameter> parameters, Fingerprint fingerprint) {
    this.checkpoints = checkpoints;
    this.parameters = parameters;
    this.fingerprint = fingerprint;
  }

  /** Runs a training while no other writes the checkpoint. */
  History alone(Supplier<History> training) {
    WriterLock lock = lock();
    try {
      return training.get();
    } finally {
      lock.close();
    }
  }

  private WriterLock lock() {
    Path file = checkpoints.file();
    try {
      return WriterLock.take(file)
          .orElseThrow(
              () ->
                  CheckpointException.of(
                      file,
                      "is in use: another training, of this program or another, writes it; wait"
                          + " for its end or give another file"));
    } catch (IOException e) {
      throw new CheckpointException("The checkpoint " + file + " cannot be locked: " + e, e);
    }
  }

  /** Whether a checkpoint is due after the batches from one number to another of an epoch. */
  boolean isDue(int before, int after) {
    return checkpoints.isDue(before, after);
  }

  /** Writes the checkpoint. */
  void save(TrainingState state, TrainingStep step, @Nullable ScoreKeeper keeper) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach((name, own) -> tensors.put("weights/" + name, own.value()));
    tensors.putAll(step.state());
    tensors.putAll(state.save(step.steps(), keeper));
    try {
      CheckpointFile.save(checkpoints.file(), tensors, Map.of(FINGERPRINT, fingerprint.toJson()));
    } catch (ModelFileException e) {
      throw new CheckpointException("The checkpoint " + e.getMessage(), e);
    }
  }

  /** Goes on from the checkpoint where there is one. */
  void restore(TrainingState state, TrainingStep step) {
    if (Files.notExists(checkpoints.file())) {
      return;
    }
    CheckpointFile file;
    try {
      file = CheckpointFile.load(checkpoints.file());
    } catch (ModelFileException e) {
      throw new CheckpointException(
          "The checkpoint " + e.getMessage() + "; to start anew delete it", e);
    }
    Map<String, Object> training = training(file.metadata().get(FINGERPRINT));
    requireNone(fingerprint.differences(training));
    CheckpointTensors saved = new CheckpointTensors(checkpoints.file(), file.tensors());
    parameters.forEach((name, own) -> saved.takeInto("weights/" + name, own.value()));
    step.state().forEach(saved::takeInto);
    long steps = state.restore(saved);
    requireNone(fingerprint.differencesOfSteps(training, steps));
    saved.commit();
    step.restoreSteps(steps);
  }

  /** What a checkpoint says of its training. */
  private Map<String, Object> training(@Nullable String json) {
    try {
      return json == null ? Map.of() : Json.parseObject(json);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          "The checkpoint " + checkpoints.file() + " does not say which training it is of", e);
    }
  }

  private void requireNone(String differences) {
    if (!differences.isEmpty()) {
      throw CheckpointException.of(
          checkpoints.file(),
          "is of another training"
              + differences
              + "; to start anew delete it or give another file");
    }
  }
}
