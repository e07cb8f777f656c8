/** Tests of texts with the weights of their words. */
@NullMarked
package org.rnn4j.examples.explain;

import org.jspecify.annotations.NullMarked;
