/** The worker process that stands for rnn4j in a comparison, and what it times. */
@NullMarked
package org.rnn4j.bench.compare.worker;

import org.jspecify.annotations.NullMarked;
