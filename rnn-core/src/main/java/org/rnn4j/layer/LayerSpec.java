package org.rnn4j.layer;

import java.util.Map;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;

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
   * Builds the layer with fresh weights.
   *
   * @param input what the layer will be given; {@link #output} accepts it
   * @param type the type of the weights
   * @param random the stream that the weights are drawn from
   */
  Layer create(Signal input, DType type, RandomStream random);
}
