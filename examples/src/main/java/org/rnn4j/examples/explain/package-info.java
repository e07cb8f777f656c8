/**
 * Texts with the weights of their words, as {@code rnn-text} explains them: in a terminal and as
 * HTML, on a scale of colours that can be told apart by people with any kind of colour vision.
 */
@NullMarked
package org.rnn4j.examples.explain;

import org.jspecify.annotations.NullMarked;
