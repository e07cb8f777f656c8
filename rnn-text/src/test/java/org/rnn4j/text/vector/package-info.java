/** Tests of pretrained word vectors. */
@NullMarked
package org.rnn4j.text.vector;

import org.jspecify.annotations.NullMarked;
