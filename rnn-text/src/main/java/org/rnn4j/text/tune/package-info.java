/**
 * Search for the hyper-parameters of text classifiers: {@link org.rnn4j.text.tune.TextSearch} has
 * every configuration trained from the text on, vocabulary included, on the training part of each
 * fold.
 */
@NullMarked
package org.rnn4j.text.tune;

import org.jspecify.annotations.NullMarked;
