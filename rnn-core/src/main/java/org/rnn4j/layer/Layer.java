package org.rnn4j.layer;

import java.util.List;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;

/**
 * A part of a network: activations in, activations out. A layer holds parameters and no other
 * state, so that any number of passes that do not train may run through it at the same time.
 */
public interface Layer {
  /** What the layer is, without its weights. */
  LayerSpec spec();

  /** The parameters in a fixed order, frozen ones included; empty for a layer without weights. */
  List<Parameter> parameters();

  /**
   * Computes the layer's output and records on the pass what its backward needs.
   *
   * @throws IllegalArgumentException if the input's form or width is not what the layer was built
   *     for
   */
  Activations forward(Pass pass, Activations input);
}
