package org.rnn4j.optim;

import java.util.Collection;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;

/**
 * How weights follow from gradients: an immutable description, of which each training starts a run
 * of its own.
 */
public interface Optimizer {
  /** Starts a run over parameters, frozen ones passed over. */
  Run start(Collection<Parameter> parameters);

  /** The state of one training. */
  interface Run {
    /**
     * Takes one step from the gradients that the parameters hold; the gradients are left as they
     * are.
     *
     * @param factor what the learning rate is multiplied by at this step, as a {@link Schedule}
     *     says
     */
    void step(Backend backend, double factor);

    /**
     * Ends the run: afterwards every parameter's tensor holds what all steps have made of it. Until
     * then an optimiser may put off updates of rows that no gradient reaches, see {@link
     * Parameter#defer}.
     */
    default void finish() {}

    /** Takes one step at the full learning rate. */
    default void step(Backend backend) {
      step(backend, 1);
    }
  }
}
