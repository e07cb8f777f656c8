/** What the tests of several packages share: random values, batches of awkward lengths, digests. */
@NullMarked
package org.rnn4j.testing;

import org.jspecify.annotations.NullMarked;
