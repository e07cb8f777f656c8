package org.rnn4j.optim;

import java.util.Map;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Kernels;
import org.rnn4j.tensor.Tensor;

/**
 * How an optimiser changes one parameter, with what it keeps of earlier gradients. A step of a
 * whole tensor, steps of all its rows, and steps without a gradient that are made up for later give
 * the same bits.
 */
interface UpdateRule {
  /** The weights, changed in place. */
  Tensor weights();

  /** One step of the whole tensor. */
  void whole(Backend backend, Tensor gradients, StepSize step);

  /** One step of n elements from an offset. */
  void some(Kernels kernels, float[] gradients, int offset, int n, StepSize step);

  /** The steps {@code from} to {@code to}, exclusive, of n elements whose gradient was zero. */
  void idle(Kernels kernels, int offset, int n, StepLog steps, int from, int to);

  /** What is kept from step to step, by name. */
  Map<String, Tensor> state();
}
