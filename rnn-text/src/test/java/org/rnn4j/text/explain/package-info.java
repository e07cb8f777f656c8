/** Tests of classifiers from text to label. */
@NullMarked
package org.rnn4j.text.explain;

import org.jspecify.annotations.NullMarked;
