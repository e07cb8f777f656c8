package org.rnn4j.layer;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.FastBackend;

/** A layer that {@link Predictor} can run on one text without taking memory. */
interface StagedLayer extends Layer {
  /** The layer's work on one text, for one thread; null where a layer inside cannot say its own. */
  @Nullable TextStage stage(FastBackend backend);
}
