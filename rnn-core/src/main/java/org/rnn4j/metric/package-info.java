/** Numbers that say how good predictions are. */
@NullMarked
package org.rnn4j.metric;

import org.jspecify.annotations.NullMarked;
