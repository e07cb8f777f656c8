package org.rnn4j.optim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.RowGradient;
import org.rnn4j.backend.AdamState;
import org.rnn4j.backend.AdamSteps;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.RowSet;
import org.rnn4j.backend.RowUpdates;

/**
 * One parameter under Adam. Where a step's gradient is confined to some rows, only they are
 * updated. The others would have moved too, as moments fade: what they missed is made up for, step
 * by step and so to the same bits, when they are next read.
 */
final class AdamParameter {
  private final Parameter parameter;
  private final AdamState state;
  private final AdamSteps steps = new AdamSteps();
  private @Nullable Missed missed;

  AdamParameter(Parameter parameter, double beta1, double beta2) {
    this.parameter = parameter;
    this.state = AdamState.start(parameter.value(), beta1, beta2);
  }

  void step(Backend backend, double stepSize, double epsilon) {
    RowGradient byRows = parameter.rowGradient();
    if (byRows != null && backend instanceof RowUpdates updates) {
      Missed own = missed == null ? new Missed(updates) : missed;
      missed = own;
      parameter.defer(own);
      own.settle(byRows.rows()); // they were settled when they were read, but for a pass of another
      updates.adam(state, byRows.values(), byRows.rows(), stepSize, epsilon);
      steps.add(stepSize, epsilon);
      own.took(byRows.rows());
    } else {
      finish();
      parameter.value(); // what another run has put off comes first
      backend.adam(
          state.weights(),
          parameter.gradient(),
          state.firstMoments(),
          state.secondMoments(),
          state.beta1(),
          state.beta2(),
          stepSize,
          epsilon);
    }
    state.weights().changed();
  }

  /** Carries out what was put off, and puts nothing off any more. */
  void finish() {
    if (missed != null) {
      missed.settleAll();
      parameter.release(missed);
      missed = null;
    }
  }

  /** The steps that rows have missed. */
  private final class Missed implements Parameter.DeferredUpdates {
    private final RowUpdates updates;
    private final RowSet all;
    private final int[] taken; // of the steps since the last time that no row missed any

    Missed(RowUpdates updates) {
      this.updates = updates;
      int rows = state.weights().rows();
      all = new RowSet(new int[rows], rows);
      Arrays.setAll(all.rows(), row -> row);
      taken = new int[rows];
    }

    void took(RowSet rows) {
      for (int i = 0; i < rows.count(); i++) {
        taken[rows.row(i)] = steps.count();
      }
    }

    @Override
    public void settle(RowSet rows) {
      updates.adamIdle(state, rows, taken, steps);
    }

    @Override
    public void settleAll() {
      if (steps.count() > 0) {
        updates.adamIdle(state, all, taken, steps);
        steps.clear();
        Arrays.fill(taken, 0);
        state.weights().changed();
      }
    }
  }
}
