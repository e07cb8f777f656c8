/**
 * The same networks in rnn4j and in other frameworks, side by side: {@code rnn-bench/compare}. The
 * {@link org.rnn4j.bench.compare.Row}s are defined here once and travel to worker processes, one
 * for each implementation, which stay idle while another is measured.
 */
@NullMarked
package org.rnn4j.bench.compare;

import org.jspecify.annotations.NullMarked;
