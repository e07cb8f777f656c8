/**
 * Pretrained word vectors: {@link org.rnn4j.text.vector.WordVectors} reads those of a vocabulary's
 * words from a file of GloVe, word2vec or fastText, tells how much of the texts they cover, and
 * gives a network's embedding its first table.
 */
@NullMarked
package org.rnn4j.text.vector;

import org.jspecify.annotations.NullMarked;
