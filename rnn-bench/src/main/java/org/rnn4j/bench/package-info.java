/**
 * JMH benchmarks of the kernels and of what is built on them; {@code rnn-bench/run} starts them.
 */
@NullMarked
package org.rnn4j.bench;

import org.jspecify.annotations.NullMarked;
