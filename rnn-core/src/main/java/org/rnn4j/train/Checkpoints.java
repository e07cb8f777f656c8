package org.rnn4j.train;

import java.nio.file.Path;

/**
 * Where a training leaves its state, so that it can go on after it was interrupted. One file is
 * replaced again and again, whole or not at all: at the end of every epoch, when the training is
 * stopped or ends, and every so many batches if wanted.
 *
 * <p>A training that finds the file goes on from it. Killed at any moment and started again with
 * the same network, settings and examples, it ends with the same weights, bit for bit, as one that
 * never stopped; on any machine, with any number of threads. Where the file is that of a training
 * that has ended, its result is given at once. A file of another training is an error that names
 * what differs. More epochs than before may be asked for where the training would have been the
 * same so far: where its {@linkplain org.rnn4j.optim.Schedule schedule} has not depended on their
 * number, as a straight line or a cosine does.
 *
 * <p>While a training runs, the file is its own: a second one that is given it is refused, be it of
 * another process. For that an empty file {@code .name.lock} stands beside it; see {@link
 * org.rnn4j.io.WriterLock}.
 *
 * <pre>{@code
 * History history = Trainer.of(model)
 *     .checkpoints(Checkpoints.at(Path.of("training.checkpoint")).everyBatches(500))
 *     .stopWhen(interrupted::get)
 *     .fit(examples);
 * if (history.ending() == History.Ending.INTERRUPTED) {
 *   System.err.println("Start again to go on.");
 * }
 * }</pre>
 *
 * <p>A checkpoint holds the weights, the optimiser's state, averages and best weights, about three
 * to five times the size of the model, and the probabilities given so far in the epoch, from which
 * its metrics are made up again. Whoever has saved the finished model may delete both files.
 */
public final class Checkpoints {
  private final Path file;
  private final int batches;

  private Checkpoints(Path file, int batches) {
    this.file = file;
    this.batches = batches;
  }

  /**
   * Checkpoints at the end of every epoch.
   *
   * @param file the file that is made, replaced and gone on from; its folder must exist
   */
  public static Checkpoints at(Path file) {
    return new Checkpoints(file, Integer.MAX_VALUE);
  }

  /**
   * The same, and within an epoch each time that so many batches were learned.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public Checkpoints everyBatches(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "Expected checkpoints every 1 or more batches, got " + batches);
    }
    return new Checkpoints(file, batches);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Whether one is due after the batches from one number to another of an epoch. */
  boolean isDue(int before, int after) {
    return after / batches > before / batches;
  }
}
