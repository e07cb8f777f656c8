/** Tests of baselines. */
@NullMarked
package org.rnn4j.text.baseline;

import org.jspecify.annotations.NullMarked;
