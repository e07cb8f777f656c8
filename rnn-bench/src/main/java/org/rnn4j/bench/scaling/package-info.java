/**
 * How the time of a training step grows with its extents; {@code rnn-bench/scaling} starts it and
 * writes a table and a plot.
 */
@NullMarked
package org.rnn4j.bench.scaling;

import org.jspecify.annotations.NullMarked;
