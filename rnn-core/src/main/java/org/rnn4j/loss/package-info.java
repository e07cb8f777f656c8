/** Losses, computed from logits in their stable forms. */
@NullMarked
package org.rnn4j.loss;

import org.jspecify.annotations.NullMarked;
