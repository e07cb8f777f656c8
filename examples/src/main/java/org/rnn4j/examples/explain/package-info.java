/**
 * Texts with the weights of their words, as {@code rnn-text} explains them: in a terminal, as HTML
 * and as a picture, each word on the {@link org.rnn4j.examples.draw.Shade} of its weight.
 */
@NullMarked
package org.rnn4j.examples.explain;

import org.jspecify.annotations.NullMarked;
