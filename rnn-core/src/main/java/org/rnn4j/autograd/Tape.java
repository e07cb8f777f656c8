package org.rnn4j.autograd;

import java.util.ArrayList;
import java.util.List;

/**
 * The record of one forward pass: for each operation, in order, how to send the gradient of its
 * result to its inputs. A tape is for one pass and one thread.
 */
public final class Tape {
  private final List<Runnable> backwards = new ArrayList<>();
  private boolean finished;

  /** Remembers an operation. */
  void record(Runnable backward) {
    backwards.add(backward);
  }

  /** The number of operations recorded. */
  public int size() {
    return backwards.size();
  }

  /**
   * Sends gradients from a scalar loss to everything it was computed from: each {@link
   * Variable#gradient()} is added to. May be called once.
   *
   * @throws IllegalArgumentException if the loss is not a scalar, or depends on nothing
   *     differentiable
   * @throws IllegalStateException if it is called again
   */
  public void backward(Variable loss) {
    if (loss.value().size() != 1) {
      throw new IllegalArgumentException(
          "Expected a scalar loss, got a value of shape " + loss.value().shape());
    }
    if (!loss.isDifferentiable()) {
      throw new IllegalArgumentException(
          "Expected a loss that depends on a parameter or a differentiable input, got a constant");
    }
    if (finished) {
      throw new IllegalStateException(
          "Expected one backward a tape, got a second; each pass needs a tape of its own");
    }
    finished = true;
    loss.gradient().fill(1);
    for (int i = backwards.size() - 1; i >= 0; i--) {
      backwards.get(i).run();
    }
    backwards.clear();
  }
}
