package org.rnn4j.optim;

import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Backend;
import org.rnn4j.tensor.Tensor;

/**
 * How weights follow from gradients: an immutable description, of which each training starts a run
 * of its own.
 */
public interface Optimizer {
  /**
   * Starts a run over parameters, frozen ones passed over.
   *
   * @param parameters by full name, such as {@code gru_2.input_weights}
   */
  Run start(Map<String, Parameter> parameters);

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
     * Parameter#defer}, and makes up for them with the backend of the last step: to be called
     * before that one's threads end.
     */
    default void finish() {}

    /**
     * Everything that the next step depends on beside weights and gradients, by name and up to
     * date. The tensors are the run's own: who writes the state of another run into them goes on
     * from there.
     */
    Map<String, Tensor> state();

    /** Takes one step at the full learning rate. */
    default void step(Backend backend) {
      step(backend, 1);
    }
  }
}
