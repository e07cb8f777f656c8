package org.rnn4j.layer;

import java.util.Collection;

/** A layer that holds layers. */
interface Composite extends StagedLayer {
  /** The layers that it holds. */
  Collection<Layer> inner();
}
