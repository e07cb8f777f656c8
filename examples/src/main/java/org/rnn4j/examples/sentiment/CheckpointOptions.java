package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rnn4j.train.Checkpoints;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that let a training be interrupted and go on. */
final class CheckpointOptions {
  private static final Pattern EVERY = Pattern.compile("(.+):every=(.*)");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE[:every=N]",
      description =
          "File that the state of the training is kept in, after every epoch, every N batches, and "
              + "when it is interrupted or ends.")
  private @Nullable String checkpoint;

  @Option(
      names = "--resume",
      description =
          "Go on from the checkpoint, also for more --epochs than before where the schedule allows;"
              + " the model becomes the same, byte by byte, as without an interruption.")
  private boolean resume;

  /**
   * Where to keep the state of the training; null for nowhere.
   *
   * @param model the file that the model will be written to
   * @throws ParameterException if there is nothing to go on from, or something that was not meant
   *     to be
   * @throws IOException if the file cannot be written
   */
  @Nullable Checkpoints checkpoints(Path model) throws IOException {
    if (checkpoint == null) {
      if (resume) {
        throw usage("--resume: expected --checkpoint FILE with it, got none");
      }
      return null;
    }
    Matcher every = EVERY.matcher(checkpoint);
    Path file = Path.of(every.matches() ? every.group(1) : checkpoint);
    Checkpoints checkpoints = Checkpoints.at(file);
    if (every.matches()) {
      checkpoints = checkpoints.everyBatches(batches(every.group(2)));
    }
    OutputFile.requireWritable(file);
    if (file.toAbsolutePath().normalize().equals(model.toAbsolutePath().normalize())) {
      throw usage("--checkpoint: expected another file than that of --out, got " + file);
    }
    if (resume && !Files.exists(file)) {
      throw usage("--resume: expected a checkpoint to go on from, found no file " + file);
    }
    if (!resume && Files.exists(file)) {
      throw usage(
          "--checkpoint: expected a new file, found "
              + file
              + "; --resume goes on from it, to start anew delete it");
    }
    return checkpoints;
  }

  private int batches(String text) {
    try {
      int batches = Integer.parseInt(text);
      if (batches >= 1) {
        return batches;
      }
    } catch (NumberFormatException e) {
      // The message below is the same.
    }
    throw usage("--checkpoint: expected every=N with N of 1 or more, got every=" + text);
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** The command that goes on, as it is typed into a shell. */
  String resumingCommand() {
    return resume ? TypedCommand.of(command) : TypedCommand.of(command, "--resume");
  }
}
