package org.rnn4j.optim;

import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.RowGradient;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.RowUpdates;

/**
 * One parameter under an optimiser: steps of all of it, or of the rows in use where a step's
 * gradient is confined to them.
 *
 * @see LazyRows
 */
final class UpdatedParameter {
  private final Parameter parameter;
  private final UpdateRule rule;
  private final double decay;
  private @Nullable LazyRows lazy;

  /**
   * A parameter.
   *
   * @param decay the rate of the decay of its weights, 0 for none
   */
  UpdatedParameter(Parameter parameter, UpdateRule rule, double decay) {
    this.parameter = parameter;
    this.rule = rule;
    this.decay = decay;
  }

  void step(Backend backend, StepSize step) {
    double keep = 1 - step.rate() * decay;
    RowGradient byRows = parameter.rowGradient();
    if (byRows != null && backend instanceof RowUpdates updates) {
      LazyRows own = lazy == null ? new LazyRows(updates, rule, decay > 0) : lazy;
      lazy = own;
      parameter.defer(own);
      own.step(updates, byRows, step, keep);
    } else {
      finish();
      parameter.value(); // what another run has put off comes first
      if (decay > 0) {
        backend.scale(rule.weights(), keep);
      }
      rule.whole(backend, parameter.gradient(), step);
    }
    rule.weights().changed();
  }

  /** Carries out what was put off, and puts nothing off any more. */
  void finish() {
    if (lazy != null) {
      lazy.settleAll();
      parameter.release(lazy);
      lazy = null;
    }
  }

  /** The rule, with a state that is up to date. */
  UpdateRule settled() {
    parameter.value();
    return rule;
  }
}
