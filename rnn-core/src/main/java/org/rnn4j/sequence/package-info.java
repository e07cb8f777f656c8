/**
 * Batches of sequences of unequal length without padding: the packed layout that every recurrent
 * layer walks, labelled examples, and the seeded batcher that cuts a data set into batches of
 * similar length.
 */
@NullMarked
package org.rnn4j.sequence;

import org.jspecify.annotations.NullMarked;
