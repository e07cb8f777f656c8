package org.rnn4j.examples.sentiment;

import org.rnn4j.examples.terminal.ProgressBar;
import org.rnn4j.examples.terminal.Terminal;
import org.rnn4j.train.TrainingListener;

/** Shows a training's progress on a terminal, or in a log. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final ProgressBar bar;

  TrainingProgress(Terminal terminal) {
    bar = new ProgressBar(terminal);
  }

  @Override
  public void batchEnded(Progress progress) {
    // By batches and not by tokens: a training on empty texts alone ends as well.
    bar.update(
        new ProgressBar.State(
            progress.epoch(),
            progress.epochs(),
            (double) progress.batch() / progress.batches(),
            progress.tokens(),
            progress.seconds(),
            progress.running().loss(),
            Tables.accuracy(progress.running())));
  }

  @Override
  public void close() {
    bar.close();
  }
}
