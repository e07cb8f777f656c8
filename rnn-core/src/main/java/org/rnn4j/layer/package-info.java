/**
 * Layers and the chain of them that makes a network. A layer is written once, on tensors, for both
 * data types; it is described by a {@link org.rnn4j.layer.LayerSpec}, which travels in model files
 * and from which an equal layer is built.
 */
@NullMarked
package org.rnn4j.layer;

import org.jspecify.annotations.NullMarked;
