/**
 * The same network, trained on the same texts by rnn4j and by Keras: {@code rnn-bench/accuracy}.
 * Keras builds its network from the model file, trains it in a process of its own, an epoch after
 * each of ours, and predicts the same validation texts.
 */
@NullMarked
package org.rnn4j.bench.accuracy;

import org.jspecify.annotations.NullMarked;
