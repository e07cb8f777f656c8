/**
 * Training: the loop over epochs and batches, what it reports while it runs, and what it leaves.
 */
@NullMarked
package org.rnn4j.train;

import org.jspecify.annotations.NullMarked;
