package org.rnn4j.train;

import java.util.List;

/**
 * The epochs of a training.
 *
 * @param epochs in order
 */
public record History(List<Epoch> epochs) {
  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch. */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }
}
