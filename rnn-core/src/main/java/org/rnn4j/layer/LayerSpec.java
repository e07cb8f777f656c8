package org.rnn4j.layer;

import java.util.Map;

/**
 * What a layer is, apart from its weights: an immutable value that is checked when made and travels
 * in model files.
 */
public interface LayerSpec {
  /** The kind of layer, as model files call it, for example {@code gru}. */
  String type();

  /**
   * The settings as JSON values, in a fixed order; {@link LayerTypes} turns them back into a spec.
   */
  Map<String, Object> settings();

  /**
   * What the layer gives when it is given a signal.
   *
   * @throws IllegalArgumentException if the layer cannot read such a signal
   */
  Signal output(Signal input);

  /**
   * Builds the layer.
   *
   * @param input what the layer will be given; {@link #output} accepts it
   * @param weights where its parameters come from
   * @throws IllegalArgumentException if the parameters are given and are not those of the layer
   */
  Layer create(Signal input, Weights weights);
}
