/** Tests of classifiers from text to label. */
@NullMarked
package org.rnn4j.text.classify;

import org.jspecify.annotations.NullMarked;
