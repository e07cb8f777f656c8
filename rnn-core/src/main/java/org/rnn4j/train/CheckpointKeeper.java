package org.rnn4j.train;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.io.CheckpointFile;
import org.rnn4j.io.ModelFileException;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.Tensor;

/** Saves a training to its checkpoint, and has it go on from there. */
final class CheckpointKeeper {
  private static final String FINGERPRINT = "rnn4j.training";

  private final Checkpoints checkpoints;
  private final Map<String, Parameter> parameters;
  private final Map<String, String> fingerprint;

  CheckpointKeeper(
      Checkpoints checkpoints, Map<String, Parameter> parameters, Map<String, String> fingerprint) {
    this.checkpoints = checkpoints;
    this.parameters = parameters;
    this.fingerprint = fingerprint;
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
      CheckpointFile.save(
          checkpoints.file(), tensors, Map.of(FINGERPRINT, Json.write(fingerprint)));
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
    requireSameTraining(file.metadata().get(FINGERPRINT));
    CheckpointTensors saved = new CheckpointTensors(checkpoints.file(), file.tensors());
    parameters.forEach((name, own) -> saved.takeInto("weights/" + name, own.value()));
    step.state().forEach(saved::takeInto);
    long steps = state.restore(saved);
    saved.commit();
    step.restoreSteps(steps);
  }

  private void requireSameTraining(@Nullable String json) {
    Map<String, Object> saved;
    try {
      saved = json == null ? Map.of() : Json.parseObject(json);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          "The checkpoint " + checkpoints.file() + " does not say which training it is of", e);
    }
    StringBuilder differences = new StringBuilder();
    fingerprint.forEach(
        (name, own) -> {
          for (String difference : Differences.between(name, own, saved.get(name))) {
            differences.append("; ").append(difference);
          }
        });
    if (differences.length() > 0) {
      throw CheckpointException.of(
          checkpoints.file(),
          "is of another training"
              + differences
              + "; to start anew delete it or give another file");
    }
  }
}
