/** From gradients to new weights: optimisers and the clipping of gradients. */
@NullMarked
package org.rnn4j.optim;

import org.jspecify.annotations.NullMarked;
