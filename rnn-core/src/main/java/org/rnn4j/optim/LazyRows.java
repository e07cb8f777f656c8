package org.rnn4j.optim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.RowGradient;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.RowSet;
import org.rnn4j.backend.RowUpdates;
import org.rnn4j.tensor.Tensor;

/**
 * A table of which each step updates the rows in use. The others would have moved too, as moments
 * fade and weights decay, and so would their average: what they missed is made up for, step by step
 * and so to the same bits, when they are next read. Threads may read at the same time.
 */
final class LazyRows implements Parameter.DeferredUpdates {
  private RowUpdates updates; // the last step's: an earlier one's threads may have ended
  private final UpdateRule rule;
  private final Tensor weights;
  private final int width;
  private final RowSet all;

  // Of the steps since the last time that no row missed any:
  private final int[] taken;
  private final StepLog steps = new StepLog();
  private final @Nullable FloatLog kept; // what decay leaves of the weights; null without decay
  private final FloatLog shares = new FloatLog(); // of the weights in their average

  private @Nullable Tensor average;
  private RowSet last = new RowSet(new int[0], 0);
  private boolean readSinceStep;

  LazyRows(RowUpdates updates, UpdateRule rule, boolean decays) {
    this.updates = updates;
    this.rule = rule;
    this.weights = rule.weights();
    this.width = weights.columns();
    this.kept = decays ? new FloatLog() : null;
    int rows = weights.rows();
    all = new RowSet(new int[rows], rows);
    Arrays.setAll(all.rows(), row -> row);
    taken = new int[rows];
  }

  /**
   * Takes a step of the rows in use.
   *
   * @param by what works on the rows, in this step and until the next
   * @param keep what decay leaves of the weights
   */
  synchronized void step(RowUpdates by, RowGradient gradient, StepSize step, double keep) {
    updates = by;
    RowSet rows = gradient.rows();
    settle(rows); // they were settled when they were read, but for a pass of another
    float[] gradients = gradient.values().floats();
    updates.each(
        rows,
        width,
        (kernels, row) -> {
          if (kept != null) {
            kernels.scale(weights.floats(), row * width, width, (float) keep);
          }
          rule.some(kernels, gradients, row * width, width, step);
        });
    steps.add(step);
    if (kept != null) {
      kept.add(keep);
    }
    for (int i = 0; i < rows.count(); i++) {
      taken[rows.row(i)] = steps.count();
    }
    last = rows;
    readSinceStep = false;
  }

  /**
   * Takes the weights after the last step into an average. The rows that the step did not use
   * follow when they are settled; where they were already, or another step came between, the whole
   * table is taken in at once.
   */
  synchronized void follow(Backend backend, Tensor average, double share) {
    boolean all = readSinceStep || shares.count() != steps.count() - 1;
    if (all || (this.average != average && shares.count() > 0)) {
      settleAll();
      backend.blend(average, weights, share);
    } else {
      updates.each(
          last,
          width,
          (kernels, row) ->
              kernels.blend(average.floats(), weights.floats(), row * width, width, (float) share));
      shares.add(share);
    }
    this.average = average;
  }

  @Override
  public synchronized void settle(RowSet rows) {
    updates.each(rows, width, this::replay);
    readSinceStep |= rows.count() > 0;
  }

  @Override
  public synchronized void settleAll() {
    if (steps.count() > 0) {
      updates.each(all, width, this::replay);
      steps.clear();
      shares.clear();
      if (kept != null) {
        kept.clear();
      }
      Arrays.fill(taken, 0);
      weights.changed();
    }
    readSinceStep = true;
  }

  /** Takes the steps that a row has missed. */
  private void replay(Kernels kernels, int row) {
    int from = taken[row];
    int to = steps.count();
    int offset = row * width;
    taken[row] = to;
    if (kept == null && shares.count() <= from) {
      if (from < to) {
        rule.idle(kernels, offset, width, steps, from, to);
      }
      return;
    }
    for (int step = from; step < to; step++) {
      if (kept != null) {
        kernels.scale(weights.floats(), offset, width, kept.get(step));
      }
      rule.idle(kernels, offset, width, steps, step, step + 1);
      if (average != null && step < shares.count()) {
        kernels.blend(average.floats(), weights.floats(), offset, width, shares.get(step));
      }
    }
  }
}
